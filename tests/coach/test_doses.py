"""The witness's own copy of every dose, beside what the coach says and does of its own accord."""

from datetime import datetime

import pytest

from skill.coach.events import Event, Intent
from skill.coach.guidance.checkpoint import Checkpoint
from skill.content import Content
from speech.script import Hold, Script
from tests.coach.sessions import Talk, cleared, guided
from tests.coach.witness import DOSES, LIMITED, Witness, rounds_in, too_many_rounds, wrong_holds

STRANGE = "heel-slides"
TIMES = {1: "once", 2: "twice"}


def test_the_witness_knows_what_is_shipped_and_nothing_else(content: Content) -> None:
    assert list(DOSES) == list(content.exercises.ids)


def test_an_exercise_that_the_witness_does_not_know_fails_by_its_name(content: Content) -> None:
    with pytest.raises(AssertionError, match=STRANGE):
        Witness(content.words, [*content.exercises.ids, STRANGE])
    heard = Script((Checkpoint(0, STRANGE, 1), Hold(5.0)))
    for judge in (rounds_in, wrong_holds, too_many_rounds):
        with pytest.raises(AssertionError, match=STRANGE):
            judge(heard)


@pytest.mark.parametrize("exercise", DOSES)
def test_a_session_has_the_usual_rounds_and_never_more_than_the_most(
    exercise: str, content: Content, morning: datetime
) -> None:
    dose = DOSES[exercise]
    for asked, given in ((None, dose.rounds), (dose.most, dose.most), (dose.most + 1, dose.most)):
        agreed = exercise in LIMITED and asked is not None
        heard = guided(content, morning, exercise, repetitions=asked, is_new=False, agreed=agreed)
        rounds = sum(rounds_in(reply.script)[exercise] for reply in heard)
        assert rounds == pytest.approx(given)
        assert [too_many_rounds(reply.script) for reply in heard] == [[] for _ in heard]
        assert [wrong_holds(reply.script) for reply in heard] == [[] for _ in heard]


@pytest.mark.parametrize("exercise", DOSES)
def test_it_is_enough_after_the_sessions_of_a_day(
    exercise: str, content: Content, morning: datetime
) -> None:
    talk, start = (
        Talk(content, morning, cleared(morning)),
        Event(Intent.START_EXERCISE, exercise=exercise),
    )
    for session in range(1, DOSES[exercise].sessions + 1):
        said = talk.say(start)
        while talk.state and talk.state.offer and talk.state.offer.kind == "go-on":
            said = talk.say(Intent.READY)
        is_last = session == DOSES[exercise].sessions
        assert ("that's enough of it for today" in said) is is_last
    assert "that's enough. Too often can do harm." in talk.say(start)


@pytest.mark.parametrize("exercise", DOSES)
def test_how_often_is_answered_with_the_dose(
    exercise: str, content: Content, morning: datetime
) -> None:
    dose, number = DOSES[exercise], content.words.number
    said = Talk(content, morning).say(Event(Intent.HOW_OFTEN, exercise=exercise))
    times = f"{TIMES[dose.sessions]} a day, with {number(dose.rounds)} rounds each time."
    assert times in said
    assert ("rounds a day" in said) is (dose.ceiling is not None)
    if dose.ceiling:
        assert f"up to {number(dose.ceiling)} rounds a day" in said


@pytest.mark.parametrize("exercise", DOSES)
def test_breaths_are_counted_where_the_source_counts_them(
    exercise: str, content: Content, morning: datetime
) -> None:
    said = " ".join(reply.script.text for reply in guided(content, morning, exercise))
    breaths = DOSES[exercise].breaths
    assert ("breaths" in said) is (breaths is not None)
    if breaths:
        assert f"for {content.words.number(breaths)} slow breaths" in said


@pytest.mark.parametrize("exercise", sorted(LIMITED))
def test_the_ceiling_of_a_day_is_the_end(
    exercise: str, content: Content, morning: datetime
) -> None:
    talk, ceiling = Talk(content, morning, cleared(morning)), DOSES[exercise].ceiling
    assert ceiling is not None
    talk.say(Event(Intent.START_EXERCISE, exercise=exercise, repetitions=ceiling))
    talk.say(Intent.YES)
    while talk.state and talk.state.offer and talk.state.offer.kind == "go-on":
        talk.say(Intent.READY)
    said = talk.say(Event(Intent.START_EXERCISE, exercise=exercise))
    assert f"You've done {content.words.number(ceiling)} rounds" in said
