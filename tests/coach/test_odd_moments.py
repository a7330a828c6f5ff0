"""Moments that a quiet mind forgets: midnight, another device, a lost session, an old version."""

from datetime import datetime

import pytest

from skill.coach.conversation import recover
from skill.coach.effects import PainReported
from skill.coach.events import Event, Intent
from skill.coach.memory import Memory
from skill.coach.state import BrokenState, read_state
from skill.content import Content
from speech.script import Hold
from tests.coach.sessions import Talk, cleared
from tests.coach.witness import rounds_in


@pytest.fixture
def late(morning: datetime) -> datetime:
    return morning.replace(hour=23, minute=55)


def holds(talk: Talk) -> int:
    return sum(isinstance(cue, Hold) for cue in talk.reply.script.cues)


def test_steps_are_not_repeated_on_a_new_day(content: Content, late: datetime) -> None:
    talk = Talk(content, late, cleared(late))
    assert content.words("bridge-steps") in talk.say(Event(Intent.DESCRIBE, exercise="bridge"))
    assert content.words("bridge-steps") not in talk.say(Intent.REPEAT, after=600)


def test_a_routine_skipped_on_after_midnight_asks_first(content: Content, late: datetime) -> None:
    talk = Talk(content, late, cleared(late))
    talk.say(Intent.START_ROUTINE)
    talk.say(Intent.YES)
    assert content.words("question-since-last-time") in talk.say(Intent.NEXT, after=600)
    talk.say(Intent.NO)
    assert holds(talk)


def test_starting_over_does_not_pass_the_days_ceiling(content: Content, morning: datetime) -> None:
    talk = Talk(content, morning, cleared(morning))
    talk.say(Event(Intent.START_EXERCISE, exercise="bridge", repetitions=30))
    talk.say(Intent.READY)
    talk.say(Intent.READY)
    talk.say(Intent.START_OVER, after=30)
    for _ in range(9):
        done = talk.memory.on(talk.now.date().isoformat()).rounds.get("bridge", 0)
        assert done + rounds_in(talk.reply.script).get("bridge", 0) <= 30
        if not (talk.state and talk.state.offer and talk.state.offer.kind == "go-on"):
            break
        talk.say(Intent.READY)


def test_a_full_set_that_grows_too_old_while_it_is_asked(
    content: Content, morning: datetime
) -> None:
    talk = Talk(content, morning, cleared(morning, days_ago=30 - 30 / 86_400))
    talk.say(Event(Intent.START_EXERCISE, exercise="bridge"), after=0)
    talk.say(Intent.NO, after=45)
    assert not holds(talk)
    assert talk.state is not None
    assert talk.state.screening is not None
    assert talk.state.screening.kind == "full"


def test_pain_on_another_device_stops_this_one(content: Content, morning: datetime) -> None:
    here = Talk(content, morning)
    here.say(Event(Intent.START_EXERCISE, exercise="bridge"))
    for _ in range(5):
        here.say(Intent.NO)
    there = Talk(content, here.now, here.memory)
    there.say(Intent.PAIN, after=5)
    here.memory = there.memory
    here.say(Intent.RESUME, after=30)
    assert not holds(here)


def test_an_exercise_of_a_newer_model_is_not_known(content: Content, morning: datetime) -> None:
    talk = Talk(content, morning, cleared(morning))
    talk.say(Event(Intent.START_EXERCISE, exercise="bridge"))
    said = talk.say(Event(Intent.DESCRIBE, exercise="plank"), after=30)
    assert content.words("unknown-exercise") in said


def test_work_of_a_lost_session_counts_on_its_own_day(content: Content, morning: datetime) -> None:
    talk = Talk(content, morning, cleared(morning))
    talk.say(Event(Intent.START_EXERCISE, exercise="bridge"))
    yesterday = talk.now.date().isoformat()
    talk.state = None
    talk.wait(days=1)
    talk.say(Intent.LAUNCH)
    assert talk.memory.on(yesterday).sessions == {"bridge": 1}
    assert talk.memory.on(talk.now.date().isoformat()).sessions == {}


UNKNOWN = {
    "exercise": {
        "v": 1,
        "phase": "paused",
        "guidance": {"plan": [{"exercise": "plank", "rounds": 5}], "until_round": 5},
    },
    "pace": {"v": 1, "pace": "zoom"},
    "offer": {
        "v": 1,
        "phase": "offering",
        "offer": {"kind": "start", "plan": [{"exercise": "plank", "rounds": 5}]},
    },
}


@pytest.mark.parametrize("state", UNKNOWN.values(), ids=UNKNOWN)
def test_a_state_with_unknown_names_is_broken(state: dict[str, object], content: Content) -> None:
    with pytest.raises(BrokenState, match="unknown"):
        read_state(state, content.exercises)


def test_pain_is_heard_even_where_the_state_is_broken(content: Content, morning: datetime) -> None:
    turn = recover(content, Event(Intent.PAIN), cleared(morning), morning)
    assert any(isinstance(effect, PainReported) for effect in turn.effects)
    assert turn.reply is not None
    assert content.words("pain-advice") in turn.reply.script.text
    fresh = recover(content, Event(Intent.RESUME), Memory(), morning)
    assert fresh.reply is not None
    assert content.words("fresh-start") in fresh.reply.script.text


def test_how_long_is_told_of_what_is_offered(content: Content, morning: datetime) -> None:
    talk = Talk(content, morning, cleared(morning))
    talk.say(Intent.START_ROUTINE)
    assert "about fifteen minutes" in talk.say(Intent.HOW_LONG_LEFT)
    talk.say(Intent.YES)
    talk.say(Intent.HOW_LONG_LEFT, after=400)
    said = talk.say(Intent.HOW_LONG_LEFT)
    assert "minutes to go" in said
    assert talk.state is not None
    assert talk.state.offer is not None, "and the offer stands"
    talk.say(Intent.READY)
    assert holds(talk)


def test_how_long_is_told_of_a_suggestion(content: Content, morning: datetime) -> None:
    talk = Talk(content, morning, cleared(morning))
    talk.say(Intent.SUGGEST)
    said = talk.say(Intent.HOW_LONG_LEFT)
    assert "It takes about" in said
    assert content.words("ask-start-next", exercise="@knees-to-chest-name") in said


@pytest.mark.parametrize("before", ["bridge", "knees-to-chest", "pelvic-tilt", "cat-arch"])
def test_what_is_offered_takes_as_long_as_its_title_says(
    before: str, content: Content, morning: datetime
) -> None:
    talk = Talk(content, morning, cleared(morning))
    talk.say(Event(Intent.START_EXERCISE, exercise=before))
    told = talk.say(Intent.HOW_LONG_LEFT, after=300)
    length = told.removeprefix("It takes ").partition(".")[0]
    assert f", {length} in all." in talk.say(Intent.YES)
