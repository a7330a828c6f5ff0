"""Two people at one device: what one has answered or done is never the other's."""

from pathlib import Path

import pytest
from flask import Flask

from skill.alexa.identity import key_of
from skill.coach.memory import Memory
from skill.store.sqlite import SqliteStore
from tests.alexa.conftest import Alexa, Answer, Clock, says

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


def by(person: str, room: Alexa, name: str) -> Answer:
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


def test_a_voice_that_is_not_recognised_once_is_the_one_from_before(
    room: Alexa, store: SqliteStore
) -> None:
    room.start("bridge")
    for number in range(5):
        room.person = ANNE if number % 2 else None
        room.clock.wait(5)
        room.say("No")
    assert remembered(store, ANNE).fully_cleared
