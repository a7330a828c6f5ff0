"""What goes back and forth within a session: speech, cards, and the state of the talk."""

import json
from datetime import timedelta

import pytest

from skill.coach.state import ConversationPhase, read_state
from tests.alexa.conftest import EXERCISES, WORDS, Alexa, Answer, matched, says

LARGEST_RESPONSE = 120 * 1024


def talk(alexa: Alexa) -> list[Answer]:
    """A session through every phase, answer by answer."""
    answers = [alexa.launch(), alexa.say("ListExercisesIntent"), alexa.start("knees-to-chest")]
    answers += [alexa.say("No") for _ in range(5)]
    alexa.clock.wait(60)
    answers.append(alexa.say("Pause"))
    alexa.clock.wait(20)
    answers.append(alexa.say("Resume"))
    alexa.clock.wait(300)
    answers.append(alexa.say("ProgressIntent"))
    answers.append(alexa.say("StartRoutineIntent", duration="PT5M", posture=None))
    answers.append(alexa.say("Yes"))
    alexa.clock.wait(10)
    answers.append(alexa.say("Stop"))
    return answers


def test_the_state_of_a_talk_survives_json(alexa: Alexa) -> None:
    phases = set()
    for answer in talk(alexa)[:-1]:
        assert answer.is_open
        plain = json.loads(json.dumps(answer.attributes))
        assert len(plain.pop("who")) == 64
        state = read_state(plain)
        assert state is not None
        assert json.loads(json.dumps(state.to_json())) == plain
        phases.add(state.phase)
    assert phases == set(ConversationPhase)


def test_the_state_is_small(alexa: Alexa) -> None:
    assert max(len(json.dumps(answer.attributes)) for answer in talk(alexa)) < 4096


def test_a_closed_session_carries_nothing_along(alexa: Alexa) -> None:
    last = talk(alexa)[-1]
    assert not last.is_open
    assert last.attributes == {}


def test_whole_responses_are_small(alexa: Alexa) -> None:
    assert max(len(json.dumps(answer.envelope)) for answer in talk(alexa)) < LARGEST_RESPONSE


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_card_carries_the_steps_when_an_exercise_starts(exercise: str, alexa: Alexa) -> None:
    assert "card" not in alexa.start(exercise).response
    assert alexa.be_guided(exercise).response["card"] == {
        "type": "Simple",
        "title": WORDS(f"{exercise}-title"),
        "content": WORDS(f"{exercise}-steps"),
    }
    alexa.clock.wait(30)
    assert "card" not in alexa.say("Pause").response


def test_the_card_of_a_routine_has_the_steps_of_what_comes_now(alexa: Alexa) -> None:
    alexa.say("StartRoutineIntent", duration=None, posture=matched("on the floor", "lying"))
    while alexa.screening:
        alexa.say("No")
    card = alexa.say("Yes").response["card"]
    assert card["type"] == "Simple"
    assert WORDS("knees-to-chest-steps") in card["content"]
    assert WORDS("seated-rotation-steps") not in card["content"]


def test_no_card_before_anybody_is_cleared(alexa: Alexa) -> None:
    for answer in (alexa.launch(), alexa.start("bridge"), alexa.say("No")):
        assert "card" not in answer.response


@pytest.mark.parametrize(
    "reason", ["USER_INITIATED", "EXCEEDED_MAX_REPROMPTS", "ERROR", None], ids=str
)
def test_at_the_end_nothing_is_said(reason: str | None, alexa: Alexa) -> None:
    alexa.be_guided()
    ended = alexa.ask({"type": "SessionEndedRequest", "reason": reason})
    assert ended.response == {}


@pytest.mark.parametrize("ending", ["Stop", "Cancel", "NavigateHome", "end"])
def test_the_place_is_kept_however_the_session_ends(ending: str, alexa: Alexa) -> None:
    alexa.be_guided("bridge")
    alexa.clock.wait(110)
    if ending == "end":
        alexa.end()
    else:
        alexa.say(ending)
    alexa.clock.wait(3600)
    opened = alexa.launch()
    assert says(opened, "ask-carry-on")
    assert alexa.attributes["guidance"]["round"] > 1


def test_a_skill_event_without_a_session_is_taken(alexa: Alexa) -> None:
    event = {"type": "AlexaSkillEvent.SkillDisabled"}
    alexa.start("bridge")
    body = {key: part for key, part in alexa.sent.items() if key != "session"}
    long_ago = (alexa.clock.now - timedelta(minutes=59)).strftime("%Y-%m-%dT%H:%M:%SZ")
    body["request"] = {**event, "requestId": "event", "timestamp": long_ago}
    response = alexa.post(body)
    assert response.status_code == 200
    assert response.get_json()["response"] == {}
