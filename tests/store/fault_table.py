"""Fault table: what somebody hears, what health says, and what is there after a fault.

Each cell is a talk with two servers on one store: one is hurt in the middle of something, the other
is asked to guide, during the fault and after it, and so is one that is started when it is over.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from skill.alexa.api_client import AlexaApiClient
from skill.alexa.identity import key_of
from skill.store import Store, open_store
from skill.web import create_app
from tests.alexa.conftest import HOUSEHOLD, TOKEN, Alexa, Answer, Clock, says, settings_in
from tests.alexa.reminders_api import AlexaServices, serving
from tests.store.faults import Fault, corrupt, truncated

ANNE = key_of(HOUSEHOLD)
EIGHT = {"time": "eight in the morning"}
EVENTS = ("round done", "pain", "doubt", "forget", "reminder")

HEARD = (
    *("cannot-remember", "not-forgotten-yet", "tell-me-again", "forgotten"),
    *("reminder-set", "reminder-failed", "pain-stop", "pain-rest", "advice-doubt", "goodbye"),
)
"""Sentences that tell the cells apart."""


class Place(NamedTuple):
    """A store that can be hurt."""

    folder: Path
    open: Callable[[], Store]
    hurt: Callable[[], AbstractContextManager[None]]
    is_restarted: bool = False
    """Whether the servers are started again once the fault is over."""


class Cell(NamedTuple):
    """What came of one event in one fault."""

    heard: tuple[str, ...]
    """Keys of sentences."""
    health: int
    """Status of /healthz during the fault."""
    afterwards: tuple[str, ...]
    """What the store holds in the end."""
    unasked: tuple[str, ...]
    """Who guided without a question though they should have asked."""


def sqlite_place(folder: Path, fault: Fault) -> Place:
    """A file in a folder, and a fault of it."""
    file = folder / "memory.sqlite3"
    is_restarted = fault in (corrupt, truncated)
    return Place(folder, lambda: open_store(f"sqlite://{file}"), lambda: fault(file), is_restarted)


def run(place: Place, event: str) -> Cell:
    """Have an event in a fault of a store."""
    with serving(TOKEN) as services:
        return _run(place, event, services)


def _run(place: Place, event: str, services: AlexaServices) -> Cell:
    clock, stores = Clock(), list[Store]()

    def server() -> Alexa:
        stores.append(place.open())
        client = AlexaApiClient(only_https=False)
        settings = settings_in(place.folder)
        app = create_app(settings, clock=clock, store=stores[-1], services=client)
        alexa = Alexa(app, clock)
        alexa.api_endpoint = services.address
        return alexa

    alexa, other = server(), server()
    practise(alexa)
    prepare(alexa, event)
    unasked = []
    with place.hurt():
        heard = heard_in(let_it_happen(alexa, event))
        health = alexa.client.get("/healthz").status_code
        if guides(other):
            unasked.append("the other, in the fault")
        if place.is_restarted:
            for store in stores:
                store.close()
    if guides(other):
        unasked.append("the other, after it")
    if guides(alexa):
        unasked.append("the same, after it")
    if guides(server()):
        unasked.append("one that is started again")
    left = afterwards(stores[-1])
    for store in stores:
        store.close()
    at_alexa = ("a reminder at Alexa",) if services.reminders else ()
    return Cell(heard, health, (*left, *at_alexa), tuple(unasked))


def practise(alexa: Alexa) -> None:
    """Be cleared, and do the bridge to its end."""
    alexa.be_guided("bridge")
    alexa.clock.wait(400)
    alexa.say("Stop")


def prepare(alexa: Alexa, event: str) -> None:
    """Bring somebody to where an event can happen."""
    if event == "forget":
        alexa.say("ForgetMeIntent")
    elif event == "reminder":
        alexa.say("RemindMeIntent", time="08:00")
    else:
        assert guides(alexa, "cat-arch"), "cleared today"
        alexa.clock.wait(400 if event == "round done" else 30)


_SAID = {"round done": "Stop", "pain": "ReportPainIntent", "doubt": "UnsureIntent"}


def let_it_happen(alexa: Alexa, event: str) -> Answer:
    """Say what makes the event."""
    if event in ("forget", "reminder"):
        return alexa.say("Yes")
    return alexa.say(_SAID[event])


def guides(alexa: Alexa, exercise: str = "knees-to-chest") -> bool:
    """Whether a start in a new session is answered with guidance, and no question."""
    alexa.is_new, alexa.attributes = True, {}
    answer = alexa.start(exercise)
    return "<break" in answer.ssml and alexa.screening is None


def heard_in(answer: Answer) -> tuple[str, ...]:
    """Keys of the telling sentences of an answer."""
    facts = {"reminder-set": EIGHT}
    return tuple(key for key in HEARD if says(answer, key, **facts.get(key, {})))


def afterwards(store: Store) -> tuple[str, ...]:
    """What a store holds of somebody."""
    memory = store.recall(ANNE)
    found = {
        "the bridge": memory.times.get("bridge") == 1,
        "the round": memory.times.get("cat-arch") == 1,
        "cleared": memory.cleared is not None and memory.cleared > 0,
        "stop": memory.voided,
        "a reminder": bool(memory.reminders),
    }
    return tuple(name for name, is_there in found.items() if is_there)
