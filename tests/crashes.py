"""Kill -9 under load, restart, go on: what was recorded, and how often.

Each request ends guidance that was followed to its end, so it records one finished exercise; some
do it with "that hurts", and some are the yes to "erase everything" instead. A request without an
answer is sent again until it has one; some that were answered are sent again, too. At the end the
store must hold every finished exercise exactly once, every pain, and nothing of who is forgotten.
"""

import http.client
import json
import queue
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from skill.alexa.identity import key_of
from skill.coach.memory import Memory
from skill.coach.state import ConversationPhase, Guidance, Offer, State, Step
from skill.speaker.device_requests import DeviceSession, Household
from skill.store import Store, open_store
from speech.wording import Line
from tests.alexa.verification.authority import SIGNER, rsa_key, signed_headers
from tests.servers import free_port, http_request, kill, start, wait_for_answer
from tests.signed_requests import EXERCISES, PEOPLE, make_world, person, settings

CLIENTS = 4
MOST_REPEATED = 50
"""Answered requests that are sent again at the end."""

ROUNDS = 5
"""Enough for a session of any exercise."""
SINCE_SECONDS = 900
"""How long ago the guidance began: long enough to be over."""


class Outcome(Struct):
    """What the store held in the end."""

    sent: int
    """Different requests, all of which were answered in the end."""
    again: int
    """Requests that were sent more than once."""
    lost: int
    """Finished exercises that the store does not hold."""
    twice: int
    """Finished exercises that it counts more than once."""
    not_withdrawn: int
    """People whose pain it does not hold, or whom it has not forgotten."""


class Server:
    """The whole skill in a process, which can be killed and started again."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.port = free_port()
        words = [str(self.port), str(folder), str(workers), "8"]
        self._command = [sys.executable, "-m", "tests.whole_skill", *words]
        self._errors = folder / "errors"
        self.start()

    def start(self) -> None:
        self.process = start(self._command, self._errors)
        wait_for_answer(self.port, http_request(b"{}"), self.process)

    def restart(self) -> None:
        """Kill it and all its workers at once, and start it again."""
        kill(self.process)
        self.start()


def is_pain(number: int) -> bool:
    """Whether a request reports pain."""
    return number % 10 == 3


def is_forgetting(number: int) -> bool:
    """Whether a request has everything erased."""
    return number % 10 == 7


def body(number: int) -> bytes:
    """The body of what one of the people says last."""
    if is_forgetting(number):
        state = State(phase=ConversationPhase.OFFERING, offer=Offer("forget"))
        return _said("AMAZON.YesIntent", state, number)
    return _said(
        "ReportPainIntent" if is_pain(number) else "AMAZON.StopIntent", finishing(number), number
    )


def _said(intent: str, state: State, number: int) -> bytes:
    session = DeviceSession(f"session-{number}", state.to_json(), is_new=False)
    request = {"type": "IntentRequest", "intent": {"name": intent}}
    household = Household(user=person(number))
    now = datetime.now(UTC)
    return json.dumps(household.envelope(session, request, number=number, at=now)).encode()


def finishing(number: int) -> State:
    """The state after an exercise was finished."""
    now = datetime.now(UTC)
    guidance = Guidance(
        (Step(EXERCISES[number % len(EXERCISES)], ROUNDS),),
        until_round=ROUNDS,
        tail=(Line("ask-anything-else"),),
        # Work is told apart by when it began, to the millisecond.
        started=round(now.timestamp()) - SINCE_SECONDS - number / 1000,
    )
    return State(phase=ConversationPhase.GUIDING, guidance=guidance)


class Client(threading.Thread):
    """Sends what is in the queue, each request until it is answered."""

    def __init__(
        self, port: int, waiting: "queue.Queue[bytes]", answered: "queue.Queue[bytes]"
    ) -> None:
        super().__init__(daemon=True)
        self._port = port
        self._waiting = waiting
        self._answered = answered
        self.again = 0
        self.wrong: list[int] = []

    def run(self) -> None:
        while True:
            try:
                body = self._waiting.get_nowait()
            except queue.Empty:
                return
            while not self._is_answered(body):
                self.again += 1
                time.sleep(0.05)
            self._answered.put(body)

    def _is_answered(self, body: bytes) -> bool:
        headers = dict(signed_headers(body, rsa_key(SIGNER)))
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=15)) as connection:
            try:
                connection.request("POST", "/alexa", body, headers)
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                return False
        if answer.status not in (200, 503):
            self.wrong.append(answer.status)
        return answer.status != 503


def run(folder: Path, *, requests: int, workers: int, kills: Iterable[int]) -> Outcome:
    """Load, kill and restart; RuntimeError if an answer has a wrong status.

    Each of `kills` is how many are answered before the server is killed once more.
    """
    make_world(folder)
    waiting: queue.Queue[bytes] = queue.Queue()
    answered: queue.Queue[bytes] = queue.Queue()
    for number in range(requests):
        waiting.put(body(number))
    server = Server(folder, workers)
    bodies: list[bytes] = []
    try:
        clients = [Client(server.port, waiting, answered) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        for count in kills:
            bodies += [answered.get() for _ in range(count)]
            server.restart()
        for client in clients:
            client.join()
        repeated = _send_again(server.port, bodies[:MOST_REPEATED])
    finally:
        kill(server.process)
    if wrong := [status for client in [*clients, repeated] for status in client.wrong]:
        raise RuntimeError(f"answered with {wrong}")
    again = sum(client.again for client in clients) + min(len(bodies), MOST_REPEATED)
    return _counted(folder, requests, again)


def _send_again(port: int, answered: list[bytes]) -> Client:
    repeated: queue.Queue[bytes] = queue.Queue()
    for body in answered:
        repeated.put(body)
    client = Client(port, repeated, queue.Queue())
    client.start()
    client.join()
    return client


def _counted(folder: Path, requests: int, again: int) -> Outcome:
    store = open_store(settings(folder).store_url)
    people = [key_of(person(number)) for number in range(PEOPLE)]
    recorded = sum(not is_forgetting(number) for number in range(requests))
    logged = sum(len(store.history(somebody)) for somebody in people)
    counted = sum(sum(store.recall(somebody).times.values()) for somebody in people)
    lost = max(0, recorded - min(logged, counted))
    twice = max(0, max(logged, counted) - recorded)
    return Outcome(requests, again, lost, twice, _not_withdrawn(store, requests))


def _not_withdrawn(store: Store, requests: int) -> int:
    found = 0
    for number in range(requests):
        memory = store.recall(key_of(person(number)))
        found += is_pain(number) and not memory.voided
        found += is_forgetting(number) and memory != Memory()
    return found
