"""A request that comes twice: the same answer, and the same memory as if it had come once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from skill.alexa.api_client import AlexaApiClient
from skill.alexa.identity import key_of
from skill.coach.effects import RoundsDone
from skill.coach.memory import RECORDED_KEPT, Memory, remember
from skill.store.sqlite import SqliteStore
from skill.web import create_app
from tests.alexa.conftest import HOUSEHOLD, TOKEN, Alexa, Clock, says, settings_in
from tests.alexa.reminders_api import AlexaServices, serving

PERSON = key_of(HOUSEHOLD)
IN_ROUND_THREE = 80.0


@pytest.fixture
def services() -> Iterator[AlexaServices]:
    with serving(TOKEN) as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """The memory of the same service, read from outside."""
    return SqliteStore(tmp_path / "memory.sqlite3")


@pytest.fixture
def echo(tmp_path: Path, clock: Clock, services: AlexaServices, store: SqliteStore) -> Alexa:
    client = AlexaApiClient(only_https=False)
    app = create_app(settings_in(tmp_path), clock=clock, store=store, services=client)
    device = Alexa(app, clock)
    device.api_endpoint = services.address
    return device


def launch(echo: Alexa) -> None:
    echo.launch()


def start(echo: Alexa) -> None:
    echo.start("bridge")


def cleared(echo: Alexa) -> None:
    echo.be_guided("bridge")


def interrupted(echo: Alexa) -> None:
    """Two rounds are recorded."""
    cleared(echo)
    echo.clock.wait(IN_ROUND_THREE)
    echo.say("HowLongLeftIntent")


def paused(echo: Alexa) -> None:
    cleared(echo)
    echo.clock.wait(IN_ROUND_THREE)
    echo.say("Pause")


def resumed(echo: Alexa) -> None:
    paused(echo)
    echo.clock.wait(30)
    echo.say("Resume")


def finished(echo: Alexa) -> None:
    """A whole session is recorded, and counted: once today."""
    cleared(echo)
    echo.clock.wait(600)
    echo.say("ProgressIntent")


def another(echo: Alexa) -> None:
    """A session is recorded, and the next stretch begins."""
    cleared(echo)
    echo.clock.wait(600)
    echo.say("Yes")


def ended(echo: Alexa) -> None:
    cleared(echo)
    echo.clock.wait(IN_ROUND_THREE)
    echo.end()


def in_pain(echo: Alexa) -> None:
    cleared(echo)
    echo.clock.wait(IN_ROUND_THREE)
    echo.say("ReportPainIntent")


def slower(echo: Alexa) -> None:
    cleared(echo)
    echo.clock.wait(IN_ROUND_THREE)
    echo.say("ChangePaceIntent", pace={"value": "slower"})


def not_sure(echo: Alexa) -> None:
    echo.start("bridge")
    echo.say("UnsureIntent")


def reminded(echo: Alexa) -> None:
    echo.say("RemindMeIntent", time="08:00")
    echo.say("Yes")


def reminded_again(echo: Alexa) -> None:
    reminded(echo)
    echo.say("RemindMeIntent", time="18:30")
    echo.say("Yes")


def not_reminded(echo: Alexa) -> None:
    reminded(echo)
    echo.say("CancelRemindersIntent")


def forgotten(echo: Alexa) -> None:
    finished(echo)
    reminded(echo)
    echo.say("ForgetMeIntent")
    echo.say("Yes")


TALKS = [
    *(launch, start, cleared, interrupted, paused, resumed, finished, another, ended, in_pain),
    *(slower, not_sure, reminded, reminded_again, forgotten),
]


def same_request(echo: Alexa) -> bytes:
    return echo.post(echo.sent).get_data()


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.__name__)
def test_its_last_request_comes_again(
    talk: Callable[[Alexa], None], echo: Alexa, services: AlexaServices, store: SqliteStore
) -> None:
    answers: list[bytes] = []
    once = echo.post

    def kept(body: object) -> object:
        response = once(body)  # type: ignore[arg-type] # as it came
        answers.append(response.get_data())
        return response

    echo.post = kept  # type: ignore[method-assign,assignment]
    talk(echo)
    memory, set_now = store.recall(PERSON), dict(services.reminders)
    history = store.history(PERSON)
    first = answers[-1]
    assert [same_request(echo) for _ in range(3)] == [first] * 3
    assert (store.recall(PERSON), store.history(PERSON)) == (memory, history)
    assert services.reminders == set_now


def test_reminders_that_are_cancelled_twice_are_none(
    echo: Alexa, services: AlexaServices, store: SqliteStore
) -> None:
    not_reminded(echo)
    same_request(echo)
    assert services.reminders == {}
    assert store.recall(PERSON).reminders == ()


def test_a_reminder_at_a_time_that_has_one_is_that_one(
    echo: Alexa, services: AlexaServices, store: SqliteStore
) -> None:
    reminded(echo)
    (kept,) = store.recall(PERSON).reminders
    echo.say("RemindMeIntent", time="08:00")
    assert says(echo.say("Yes"), "reminder-set", time="eight in the morning")
    assert list(services.reminders) == [kept.token]
    assert store.recall(PERSON).reminders == (kept,)


def test_as_many_ids_are_kept_as_one_request_can_record_and_more() -> None:
    works = [
        RoundsDone(str(n), "bridge", 1, whole=True, at=float(n), day="2025-01-06")
        for n in range(100)
    ]
    memory = Memory()
    for work in works:
        memory = remember(memory, work)
    assert memory.recorded == tuple(str(n) for n in range(100 - RECORDED_KEPT, 100))
    for work in works[-RECORDED_KEPT:]:
        assert remember(memory, work) == memory
    assert memory.times == {"bridge": 100}
