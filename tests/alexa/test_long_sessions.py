"""Sessions that a screen keeps for hours: what somebody did on the mat does not last so long."""

import pytest

from tests.alexa.conftest import Alexa, Clock, says

IN_ROUND_THREE = 80.0
"""Seconds from the first word of the bridge, in full words."""
MINUTES, HOURS = 60.0, 3600.0
LIE_DOWN = "posture-lying"


def paused(alexa: Alexa, clock: Clock) -> None:
    alexa.be_guided("bridge")
    clock.wait(IN_ROUND_THREE)
    assert says(alexa.say("Pause"), "ask-resume")


def test_a_pause_of_a_minute_goes_on_where_it_was(alexa: Alexa, clock: Clock) -> None:
    paused(alexa, clock)
    clock.wait(90)
    resumed = alexa.say("Resume")
    assert "<break" in resumed.ssml
    assert not says(resumed, LIE_DOWN), "they lie there still"


@pytest.mark.parametrize("minutes", [5, 30, 11 * 60])
@pytest.mark.parametrize("word", ["Resume", "Yes", "Repeat", "ReadyIntent", "StartOver"])
def test_after_a_longer_one_they_are_told_to_lie_down(
    minutes: float, word: str, alexa: Alexa, clock: Clock
) -> None:
    paused(alexa, clock)
    clock.wait(minutes * MINUTES)
    resumed = alexa.say(word)
    assert "<break" in resumed.ssml
    assert says(resumed, LIE_DOWN)


@pytest.mark.parametrize("word", ["Resume", "Yes", "Next", "HowLongLeftIntent", "Launch"])
def test_after_half_a_day_it_is_as_in_a_new_session(word: str, alexa: Alexa, clock: Clock) -> None:
    paused(alexa, clock)
    clock.wait(14 * HOURS)
    anew = alexa.another()
    answers = [
        device.launch() if word == "Launch" else device.say(word) for device in (alexa, anew)
    ]
    assert "feet" not in answers[0].words
    assert answers[0].words == answers[1].words


def test_what_was_guided_half_a_day_ago_is_settled_as_in_a_new_session(
    alexa: Alexa, clock: Clock
) -> None:
    alexa.be_guided("bridge")
    clock.wait(14 * HOURS)
    assert "bridge once" in alexa.say("ProgressIntent").words


@pytest.mark.parametrize("wait", [20 * MINUTES, 14 * HOURS])
@pytest.mark.parametrize("asked_between", [True, False])
def test_the_next_stretch_much_later_begins_on_the_feet(
    asked_between: bool, wait: float, alexa: Alexa, clock: Clock
) -> None:
    alexa.be_guided("bridge")
    clock.wait(5 * MINUTES)
    if asked_between:
        alexa.say("ProgressIntent")
    clock.wait(wait)
    following = alexa.start("pelvic-tilt")
    while alexa.screening:
        # Guidance of whose end nobody heard asks one question first: it may have been pain.
        following = alexa.say("No")
    assert "<break" in following.ssml
    assert says(following, LIE_DOWN)


def test_pain_is_heard_however_late(alexa: Alexa, clock: Clock) -> None:
    paused(alexa, clock)
    clock.wait(14 * HOURS)
    assert not alexa.say("ReportPainIntent").is_open
    alexa.start("bridge")
    assert alexa.screening == "full"


def test_a_no_half_a_day_later_answers_no_safety_question(alexa: Alexa, clock: Clock) -> None:
    alexa.start("bridge")
    for _ in range(3):
        clock.wait(20)
        alexa.say("No")
    clock.wait(14 * HOURS)
    again = alexa.say("No")
    assert says(again, "question-number", number=1)
    for _ in range(4):
        clock.wait(20)
        assert alexa.say("No").is_open
        assert alexa.screening
    clock.wait(20)
    assert "<break" in alexa.say("No").ssml, "five noes in a row, and guided"


def test_a_question_waits_a_few_minutes(alexa: Alexa, clock: Clock) -> None:
    alexa.start("bridge")
    clock.wait(10 * MINUTES)
    assert says(alexa.say("No"), "question-number", number=2)


def test_a_yes_counts_however_late(alexa: Alexa, clock: Clock) -> None:
    alexa.start("bridge")
    clock.wait(14 * HOURS)
    assert not alexa.say("Yes").is_open
