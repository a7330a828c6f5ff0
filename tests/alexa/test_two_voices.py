"""Two people at one device: what one has answered or done is never the other's."""

from pathlib import Path

import pytest
from flask import Flask

from skill.alexa.identity import key_of
from skill.coach.memory import Memory
from skill.store.sqlite import SqliteStore
from tests.alexa.conftest import HOUSEHOLD, Alexa, Answer, Clock, Json, matched, says

ANNE, BOB = "amzn1.ask.person.ANNE", "amzn1.ask.person.BOB"
IN_ROUND_THREE = 80.0
"""Seconds from the first word of the bridge, in full words."""


@pytest.fixture
def room(app: Flask, clock: Clock) -> Alexa:
    """A device; the speaker is set before each word."""
    return Alexa(app, clock, person=ANNE)


@pytest.fixture
def store(app: Flask, tmp_path: Path) -> SqliteStore:
    """The memory of the same service, read from outside."""
    return SqliteStore(tmp_path / "memory.sqlite3")


def remembered(store: SqliteStore, person: str) -> Memory:
    return store.recall(key_of(person))


def by(person: str | None, room: Alexa, name: str) -> Answer:
    """The same device hears somebody."""
    room.person = person
    room.clock.wait(5)
    return room.say(name)


@pytest.mark.parametrize("answered", [1, 2, 3, 4])
def test_nobody_is_cleared_on_anothers_answers(
    room: Alexa, store: SqliteStore, answered: int
) -> None:
    room.start("bridge")
    for _ in range(answered):
        by(ANNE, room, "No")
    first = by(BOB, room, "No")
    assert says(first, "question-number", number=1)
    assert remembered(store, BOB).cleared is None
    for _ in range(4):
        assert room.screening
        by(BOB, room, "No")
    assert room.screening
    assert "<break" in by(BOB, room, "No").ssml, "his own five, and he is guided"
    assert remembered(store, BOB).fully_cleared
    assert remembered(store, ANNE).fully_cleared is None


@pytest.mark.parametrize("doubt", ["Yes", "UnsureIntent"])
def test_a_yes_or_a_doubt_of_anybody_stops(room: Alexa, doubt: str) -> None:
    room.start("bridge")
    by(ANNE, room, "No")
    assert not by(BOB, room, doubt).is_open


def test_what_one_did_is_not_the_others(room: Alexa, store: SqliteStore, clock: Clock) -> None:
    room.be_guided("bridge")
    clock.wait(IN_ROUND_THREE)
    by(BOB, room, "Stop")
    assert remembered(store, BOB).days == ()
    (day,) = remembered(store, ANNE).days
    assert 0 < day.rounds["bridge"] < 5
    clock.wait(3600)
    again = room.another(person=ANNE)
    assert says(again.launch(), "ask-carry-on"), "she may carry on where he stopped it"
    (day,) = remembered(store, ANNE).days
    assert day.sessions == {}


def test_pain_that_another_tells_of_stops_both(
    room: Alexa, store: SqliteStore, clock: Clock
) -> None:
    room.be_guided("bridge")
    clock.wait(IN_ROUND_THREE)
    told = by(BOB, room, "ReportPainIntent")
    assert says(told, "bridge-ease"), "the person on the mat is told how to ease out"
    assert not told.is_open
    assert remembered(store, ANNE).voided
    assert remembered(store, BOB).voided


def test_whoever_takes_over_answers_for_themselves(
    room: Alexa, store: SqliteStore, clock: Clock
) -> None:
    room.be_guided("bridge")
    clock.wait(IN_ROUND_THREE)
    assert "<break" not in by(BOB, room, "Repeat").ssml
    assert room.screening == "full"
    for _ in range(4):
        by(BOB, room, "No")
    guided = by(BOB, room, "No")
    assert "<break" in guided.ssml
    assert says(guided, "posture-lying"), "he is not on the mat yet"
    assert remembered(store, ANNE).days, "her rounds are hers"
    assert remembered(store, BOB).days == ()


NOBODY = None
"""A voice that Alexa does not recognise."""


def test_five_noes_of_nobody_known_clear_nobody_else(room: Alexa, store: SqliteStore) -> None:
    room.start("bridge")
    first = by(NOBODY, room, "No")
    assert says(first, "question-number", number=1), "the household is asked from the first"
    for _ in range(5):
        last = by(NOBODY, room, "No")
    assert "<break" in last.ssml
    assert remembered(store, HOUSEHOLD).fully_cleared
    assert remembered(store, ANNE).cleared is None


def test_a_clearance_that_is_built_in_turns_is_nobodys(room: Alexa, store: SqliteStore) -> None:
    room.start("bridge")
    for number in range(10):
        by(ANNE if number % 2 else NOBODY, room, "No")
    assert room.screening == "full"
    assert remembered(store, ANNE).cleared is None
    assert remembered(store, HOUSEHOLD).cleared is None


STARTING = {
    "a stretch": ("StartExerciseIntent", {"exercise": matched("bridge", "bridge")}),
    "a routine": ("StartRoutineIntent", {}),
    "going on": ("Resume", {}),
    "going on by a yes": ("Yes", {}),
    "the next": ("Next", {}),
    "from the start": ("StartOver", {}),
    "how it goes": ("DescribeExerciseIntent", {"exercise": matched("bridge", "bridge")}),
    "faster": ("ChangePaceIntent", {"pace": matched("faster", "faster")}),
}


@pytest.mark.parametrize(("name", "slots"), STARTING.values(), ids=STARTING)
@pytest.mark.parametrize("paused", [True, False])
def test_nobody_known_is_guided_on_anothers_clearance(
    name: str, slots: dict[str, Json], paused: bool, room: Alexa, store: SqliteStore
) -> None:
    room.be_guided("bridge")
    room.clock.wait(IN_ROUND_THREE)
    if paused:
        by(ANNE, room, "Pause")
    room.person = NOBODY
    answer = room.say(name, **slots)
    assert "feet" not in answer.words, "no instruction"
    assert room.attributes["phase"] != "guiding"
    assert remembered(store, ANNE).fully_cleared, "her own stands"


@pytest.mark.parametrize("name", ["ProgressIntent", "Repeat", "Yes", "Launch"])
def test_nobody_known_hears_her_day(name: str, room: Alexa, clock: Clock) -> None:
    room.be_guided("cat-arch")
    clock.wait(600)
    assert "cat arch once" in by(ANNE, room, "ProgressIntent").words
    room.person = NOBODY
    answer = room.launch() if name == "Launch" else room.say(name)
    assert "once" not in answer.words
    if name in ("ProgressIntent", "Yes"):
        assert says(answer, "progress-none"), "the household has done nothing"


def test_nobody_known_does_not_erase_her(room: Alexa, store: SqliteStore, clock: Clock) -> None:
    room.be_guided("bridge")
    clock.wait(600)
    assert says(by(ANNE, room, "ForgetMeIntent"), "ask-forget")
    assert says(by(NOBODY, room, "Yes"), "ask-forget"), "the household is asked for itself"
    assert says(by(NOBODY, room, "Yes"), "forgotten")
    assert remembered(store, ANNE).times == {"bridge": 1}


def test_nor_does_a_yes_of_hers_erase_the_household(room: Alexa, store: SqliteStore) -> None:
    room.person = NOBODY
    room.be_guided("bridge")
    room.say("Stop")
    by(NOBODY, room, "ForgetMeIntent")
    assert says(by(ANNE, room, "Yes"), "ask-forget")
    assert remembered(store, HOUSEHOLD).fully_cleared


def test_what_stops_or_slows_is_anybodys(room: Alexa, store: SqliteStore, clock: Clock) -> None:
    room.be_guided("bridge")
    clock.wait(IN_ROUND_THREE)
    assert says(by(NOBODY, room, "Pause"), "ask-resume")
    assert "<break" in by(ANNE, room, "Resume").ssml, "it is still her session"
    clock.wait(20)
    room.person = NOBODY
    assert "<break" in room.say("ChangePaceIntent", pace=matched("slower", "slower")).ssml
    clock.wait(20)
    assert "<break" in by(NOBODY, room, "Repeat").ssml, "the round that she is in"
    clock.wait(20)
    assert says(by(NOBODY, room, "Help"), "help-guiding")
    stopped = by(NOBODY, room, "Stop")
    assert not stopped.is_open
    assert remembered(store, ANNE).underway, "the place is hers"
    assert remembered(store, HOUSEHOLD) == Memory()


def test_pain_of_nobody_known_counts_for_both(
    room: Alexa, store: SqliteStore, clock: Clock
) -> None:
    room.be_guided("bridge")
    clock.wait(IN_ROUND_THREE)
    assert says(by(NOBODY, room, "ReportPainIntent"), "bridge-ease")
    assert remembered(store, ANNE).voided
    assert remembered(store, HOUSEHOLD).voided


def test_a_doubt_of_nobody_known_takes_her_clearance(room: Alexa, store: SqliteStore) -> None:
    room.be_guided("bridge")
    room.clock.wait(IN_ROUND_THREE)
    assert not by(NOBODY, room, "UnsureIntent").is_open
    assert remembered(store, ANNE).cleared is None


def test_an_offer_to_do_more_is_hers(room: Alexa, store: SqliteStore) -> None:
    """A yes of somebody else asks for their own dose, not for hers."""
    room.say("StartExerciseIntent", exercise=matched("bridge", "bridge"), repetitions="30")
    assert room.attributes["offer"]["kind"] == "anyway"
    by(NOBODY, room, "Yes")
    assert room.attributes["wanted"]["plan"][0]["rounds"] == 5
