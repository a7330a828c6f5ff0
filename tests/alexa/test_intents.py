"""The names of the interaction model, and what the coach takes them to mean."""

from collections.abc import Callable

import pytest
from flask import Flask

import interaction_models
from skill.alexa.intents import INTENTS
from skill.coach.events import Intent
from skill.web import create_app
from tests.alexa.conftest import (
    MORNING,
    Alexa,
    Answer,
    Clock,
    Json,
    intent,
    matched,
    settings_in,
)

# A public contract: phrases and routines that people have set up name these.
NAMES = {
    "StartExerciseIntent": "start-exercise",
    "StartRoutineIntent": "start-routine",
    "ListExercisesIntent": "list",
    "DescribeExerciseIntent": "describe",
    "SuggestIntent": "suggest",
    "IsItSafeIntent": "is-it-safe",
    "WhenToAvoidIntent": "when-to-avoid",
    "WhenToSeeDoctorIntent": "when-to-see-doctor",
    "HowOftenIntent": "how-often",
    "WhyItCracksIntent": "why-it-cracks",
    "ChronicPainIntent": "chronic-pain",
    "ReportPainIntent": "pain",
    "ReportEmergencyIntent": "emergency",
    "HowLongLeftIntent": "how-long-left",
    "ChangePaceIntent": "change-pace",
    "ProgressIntent": "progress",
    "CancelRemindersIntent": "cancel-reminders",
    "AMAZON.YesIntent": "yes",
    "AMAZON.NoIntent": "no",
    "AMAZON.PauseIntent": "pause",
    "AMAZON.ResumeIntent": "resume",
    "AMAZON.NextIntent": "next",
    "AMAZON.PreviousIntent": "previous",
    "AMAZON.RepeatIntent": "repeat",
    "AMAZON.StartOverIntent": "start-over",
    "AMAZON.StopIntent": "stop",
    "AMAZON.CancelIntent": "stop",
    "AMAZON.NavigateHomeIntent": "stop",
    "AMAZON.HelpIntent": "help",
    "AMAZON.FallbackIntent": "fallback",
    "ReadyIntent": "ready",
    "UnsureIntent": "unsure",
    "RemindMeIntent": "remind-me",
    "ForgetMeIntent": "forget-me",
}

SLOTS: dict[str, Json] = {
    "StartExerciseIntent": {"exercise": matched("the bridge", "bridge"), "repetitions": "3"},
    "StartRoutineIntent": {"duration": "PT10M", "posture": matched("chair", "seated")},
    "DescribeExerciseIntent": {"exercise": matched("the cat one", "cat-arch")},
    "HowOftenIntent": {"exercise": matched("twist", "seated-rotation")},
    "ChangePaceIntent": {"pace": matched("slow down", "slower")},
    "RemindMeIntent": {"time": "08:00"},
}


Reach = Callable[[Alexa], None]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Clock]:
    """One for all: every test is a person of its own, on the same morning."""
    clock = Clock()
    return create_app(settings_in(tmp_path_factory.mktemp("intents")), clock=clock), clock


@pytest.fixture
def alexa(server: tuple[Flask, Clock], request: pytest.FixtureRequest) -> Alexa:
    app, clock = server
    clock.now = MORNING
    return Alexa(app, clock, person=request.node.name)


def test_every_name_means_what_it_always_did() -> None:
    assert {name: meant.value for name, meant in INTENTS.items()} == NAMES


@pytest.mark.parametrize("locale", interaction_models.locales())
def test_every_intent_of_the_shipped_model_has_a_meaning(locale: str) -> None:
    assert {declared.name for declared in interaction_models.load(locale).intents} == set(INTENTS)


def test_every_meaning_can_be_said() -> None:
    told_by_the_device = {
        Intent.LAUNCH,
        Intent.SESSION_ENDED,
        Intent.PERMITTED,
        Intent.NOT_PERMITTED,
        Intent.ACTION_DONE,
    }
    assert set(Intent) - set(INTENTS.values()) == told_by_the_device


def reach_new(alexa: Alexa) -> None:
    """Nothing was said yet."""


def reach_launched(alexa: Alexa) -> None:
    alexa.launch()


def reach_asking(alexa: Alexa) -> None:
    alexa.start("bridge")


def reach_guiding(alexa: Alexa) -> None:
    alexa.be_guided("seated-rotation")
    alexa.clock.wait(45)


def reach_paused(alexa: Alexa) -> None:
    reach_guiding(alexa)
    alexa.say("Pause")


def reach_done(alexa: Alexa) -> None:
    alexa.be_guided("knees-to-chest")
    alexa.clock.wait(600)


PHASES = (reach_new, reach_launched, reach_asking, reach_guiding, reach_paused, reach_done)


def assert_alexa_takes(answer: Answer) -> None:
    """Speech within the limits; a prompt if, and only if, the session stays open."""
    response = answer.response
    assert set(response) <= {"outputSpeech", "reprompt", "card", "shouldEndSession"}
    assert response["outputSpeech"]["type"] == "SSML"
    assert answer.words
    assert len(answer.ssml) < 8000
    assert isinstance(response["shouldEndSession"], bool)
    assert ("reprompt" in response) is answer.is_open
    if answer.is_open:
        assert response["reprompt"]["outputSpeech"]["type"] == "SSML"
        assert len(response["reprompt"]["outputSpeech"]["ssml"]) < 8000
    if "card" in response:
        assert set(response["card"]) == {"type", "title", "content"}
        assert len(response["card"]["title"] + response["card"]["content"]) < 8000


@pytest.mark.parametrize("reach", PHASES, ids=lambda reach: reach.__name__)
@pytest.mark.parametrize("name", NAMES)
def test_every_intent_is_answered_at_any_time(
    name: str, reach: Reach, alexa: Alexa, caplog: pytest.LogCaptureFixture
) -> None:
    reach(alexa)
    answer = alexa.ask(intent(name, **SLOTS.get(name, {})))
    assert_alexa_takes(answer)
    assert not caplog.records


@pytest.mark.parametrize("name", ["StopIntent", "CancelIntent", "NavigateHomeIntent"])
@pytest.mark.parametrize("reach", PHASES, ids=lambda reach: reach.__name__)
def test_stop_always_ends_the_session(name: str, reach: Reach, alexa: Alexa) -> None:
    reach(alexa)
    assert not alexa.say(f"AMAZON.{name}").is_open


@pytest.mark.parametrize("reach", PHASES, ids=lambda reach: reach.__name__)
def test_help_always_keeps_it_open(reach: Reach, alexa: Alexa) -> None:
    reach(alexa)
    assert alexa.say("Help").is_open
