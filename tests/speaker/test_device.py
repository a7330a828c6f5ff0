"""The rules of a device's session, as Alexa's devices keep them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from skill.cli.local_speaker import local_skill
from skill.settings import Settings
from skill.speaker.device import CueKind, Device, DeviceCue, HearResult
from skill.speaker.device_requests import LOCAL_SKILL, Household
from skill.speaker.nlu.recognizer import IntentRecognizer
from speech.duration import estimate_duration

NOW = datetime(2025, 1, 6, 8, tzinfo=UTC)
QUESTION, AGAIN = "Would you like a stretch now?", "Say yes or no."
ASKS = estimate_duration(QUESTION)
REPEATS = estimate_duration(AGAIN)
STATE = {"v": 1, "deep": [1, {"a": None}], "said": "“naïve”"}

Json = dict[str, Any]


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def speech(words: str) -> Json:
    return {"type": "SSML", "ssml": f"<speak>{words}</speak>"}


def asks(words: str = QUESTION, reprompt: str = AGAIN, state: object = STATE) -> Json:
    response: Json = {"outputSpeech": speech(words), "shouldEndSession": False}
    if reprompt:
        response["reprompt"] = {"outputSpeech": speech(reprompt)}
    return {"version": "1.0", "sessionAttributes": state, "response": response}


def closes(words: str = "Take care.", **more: object) -> Json:
    return {"version": "1.0", "response": {"outputSpeech": speech(words), **more}}


NOTHING: Json = {"version": "1.0", "response": {}}


class Scripted:
    """A skill that gives the answers it was told to give; it keeps what it was sent."""

    def __init__(self, *answers: Json | bytes) -> None:
        self._answers: Iterator[Json | bytes] = iter(answers)
        self.sent: list[Json] = []

    def __call__(self, body: bytes) -> bytes:
        self.sent.append(json.loads(body))
        answer = next(self._answers, NOTHING)
        return answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    @property
    def requests(self) -> list[Json]:
        return [envelope["request"] for envelope in self.sent]


@pytest.fixture(scope="module")
def recognizer() -> IntentRecognizer:
    return IntentRecognizer.for_locale("en-US")


@pytest.fixture
def device(skill: Scripted, recognizer: IntentRecognizer) -> Device:
    return Device(skill, recognizer)


@pytest.fixture
def skill(request: pytest.FixtureRequest) -> Scripted:
    """The answers are the test's; by default it asks for ever."""
    return Scripted(*getattr(request, "param", [asks()] * 9))


def answering(*answers: Json | bytes) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("skill", [answers], indirect=True, ids=["skill"])


def doing(cues: tuple[DeviceCue, ...]) -> list[tuple[str, float]]:
    return [(cue.text or cue.kind.value, round(cue.seconds, 3)) for cue in cues]


def test_before_anything_is_said_it_rests(device: Device) -> None:
    assert not device.is_open
    assert device.ends_at is None
    assert device.now_doing(NOW) is None
    assert not device.advance(NOW)


def test_it_speaks_then_listens_for_eight_seconds_twice(device: Device) -> None:
    assert device.hear("Alexa, open back coach", NOW) == HearResult("LaunchRequest")
    assert doing(device.cues) == [
        (QUESTION, round(ASKS, 3)),
        ("listening", 8.0),
        (AGAIN, round(REPEATS, 3)),
        ("listening", 8.0),
    ]
    assert device.cues[0].start == NOW
    assert all(after.start == before.end for before, after in pairwise(device.cues))
    assert device.first_listening() == device.cues[0].end


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        (0.0, CueKind.SPEAKING),
        (ASKS - 0.01, CueKind.SPEAKING),
        (ASKS + 0.01, CueKind.LISTENING),
        (ASKS + 7.99, CueKind.LISTENING),
        (ASKS + 8.01, CueKind.SPEAKING),
        (ASKS + 8.01 + REPEATS, CueKind.LISTENING),
        (ASKS + 16.1 + REPEATS, None),
    ],
)
def test_it_knows_what_it_does_at_any_moment(
    moment: float, kind: CueKind | None, device: Device
) -> None:
    device.hear("Alexa, open back coach", NOW)
    cue = device.now_doing(NOW + seconds(moment))
    assert (cue and cue.kind) is kind


def test_if_nobody_answers_the_session_ends_and_the_skill_is_told(
    device: Device, skill: Scripted
) -> None:
    device.hear("Alexa, open back coach", NOW)
    over = device.ends_at
    assert over is not None
    assert not device.advance(over - seconds(0.001))
    was_open = device.is_open
    assert device.advance(over + seconds(3600))
    assert (was_open, device.is_open) == (True, False)
    ended = skill.sent[-1]
    assert ended["request"]["type"] == "SessionEndedRequest"
    assert ended["request"]["reason"] == "EXCEEDED_MAX_REPROMPTS"
    assert ended["session"]["attributes"] == STATE
    assert ended["session"]["sessionId"] == skill.sent[0]["session"]["sessionId"]
    told = datetime.fromisoformat(ended["request"]["timestamp"])
    assert abs(told - over) <= seconds(0.001)
    assert not device.advance(over + seconds(7200))
    assert len(skill.sent) == 2


@answering(asks(reprompt=""))
def test_with_no_reprompt_it_listens_once(device: Device) -> None:
    device.hear("Alexa, open back coach", NOW)
    assert [kind for kind, _ in doing(device.cues)] == [QUESTION, "listening"]


@answering({"version": "1.0", "response": {"shouldEndSession": False}})
def test_with_nothing_to_say_it_listens_at_once(device: Device) -> None:
    device.hear("Alexa, open back coach", NOW)
    assert device.first_listening() == NOW


def test_words_interrupt_what_is_played(device: Device, skill: Scripted) -> None:
    device.hear("Alexa, open back coach", NOW)
    later = NOW + seconds(ASKS / 2)
    assert device.hear("Alexa, yes", later) == HearResult("AMAZON.YesIntent")
    assert device.cues[0].start == later
    assert [request["type"] for request in skill.requests] == ["LaunchRequest", "IntentRequest"]
    assert datetime.fromisoformat(skill.requests[1]["timestamp"]) == later.replace(
        microsecond=later.microsecond // 1000 * 1000
    )


def test_the_state_goes_back_and_forth_as_it_is(device: Device, skill: Scripted) -> None:
    device.hear("Alexa, open back coach", NOW)
    device.hear("yes", NOW + seconds(5))
    first, second = (envelope["session"] for envelope in skill.sent)
    assert (first["new"], second["new"]) == (True, False)
    assert first["sessionId"] == second["sessionId"]
    assert (first["attributes"], second["attributes"]) == ({}, STATE)


@answering(asks(), asks(state=None), asks())
def test_a_state_that_is_left_out_is_gone(device: Device, skill: Scripted) -> None:
    for moment in range(3):
        device.hear("Alexa, open back coach", NOW + seconds(moment))
    assert [envelope["session"]["attributes"] for envelope in skill.sent] == [{}, STATE, {}]


@answering(asks(), closes(shouldEndSession=True), asks())
def test_a_closed_answer_ends_the_session(device: Device, skill: Scripted) -> None:
    device.hear("Alexa, open back coach", NOW)
    device.hear("no", NOW + seconds(5))
    assert not device.is_open
    assert [text for text, _ in doing(device.cues)] == ["Take care."]
    assert not device.advance(NOW + seconds(600))
    device.hear("Alexa, open back coach", NOW + seconds(700))
    before, _, after = (envelope["session"] for envelope in skill.sent)
    assert before["sessionId"] != after["sessionId"]
    assert after["new"]
    assert after["attributes"] == {}


@answering(closes())
def test_an_answer_that_says_nothing_of_the_session_ends_it(device: Device) -> None:
    device.hear("Alexa, open back coach", NOW)
    assert not device.is_open
    assert device.first_listening() is None


@answering(asks(), NOTHING)
def test_an_empty_answer_is_silence(device: Device) -> None:
    device.hear("Alexa, open back coach", NOW)
    assert device.hear("yes", NOW + seconds(1)) == HearResult("AMAZON.YesIntent")
    assert device.cues == ()
    assert device.ends_at is None


@pytest.mark.parametrize("words", ["yes", "Alexa, yes", "alexa yes", "ALEXA: Yes!", "  yes  "])
def test_the_wake_word_is_optional(words: str, device: Device) -> None:
    device.hear("Alexa, open back coach", NOW)
    assert device.hear(words, NOW + seconds(5)) == HearResult("AMAZON.YesIntent")


ONE_SHOTS = [
    ("Alexa, open back coach", "LaunchRequest"),
    ("launch back coach", "LaunchRequest"),
    ("Alexa, start back coach", "LaunchRequest"),
    ("Alexa, ask back coach to start the bridge", "StartExerciseIntent"),
    ("ask back coach is it safe to crack my back", "IsItSafeIntent"),
    ("Alexa, tell back coach that hurts", "ReportPainIntent"),
    ("Alexa, start knees to chest", "StartExerciseIntent"),
    ("my legs are numb", "ReportEmergencyIntent"),
]


@pytest.mark.parametrize(("words", "expected"), ONE_SHOTS)
def test_a_wish_opens_a_session_of_its_own(
    words: str, expected: str, device: Device, skill: Scripted
) -> None:
    assert device.hear(words, NOW) == HearResult(expected)
    assert device.is_open
    (envelope,) = skill.sent
    assert envelope["session"]["new"]
    request = envelope["request"]
    assert expected == (request["intent"]["name"] if "intent" in request else request["type"])


@pytest.mark.parametrize(
    "words",
    ["yes", "Alexa, stop", "cancel", "help", "pause", "Alexa, what time is it", "blah", "?"],
)
def test_outside_a_session_alexas_own_words_are_not_for_the_skill(
    words: str, device: Device, skill: Scripted
) -> None:
    assert device.hear(words, NOW) == HearResult("", "device-nothing-open")
    assert not skill.sent
    assert not device.is_open


def test_after_the_time_is_up_words_find_nothing_open(device: Device, skill: Scripted) -> None:
    device.hear("Alexa, open back coach", NOW)
    assert device.hear("yes", NOW + seconds(120)) == HearResult("", "device-nothing-open")
    assert [request["type"] for request in skill.requests] == [
        "LaunchRequest",
        "SessionEndedRequest",
    ]


def test_the_skill_gets_a_whole_request(recognizer: IntentRecognizer) -> None:
    skill = Scripted(asks(), asks())
    household = Household("the-user", "the-device", "the-skill", "en-US")
    device = Device(skill, recognizer, household)
    device.hear("Alexa, ask back coach to do three bridges", NOW + seconds(0.25))
    device.hear("do a headstand", NOW + seconds(9))
    first, second = skill.sent
    assert first["version"] == "1.0"
    system = first["context"]["System"]
    for application in (first["session"]["application"], system["application"]):
        assert application == {"applicationId": "the-skill"}
    assert first["session"]["user"] == system["user"] == {"userId": "the-user"}
    assert system["device"] == {"deviceId": "the-device", "supportedInterfaces": {}}
    request = first["request"]
    assert request["timestamp"] == "2025-01-06T08:00:00.250Z"
    assert request["locale"] == "en-US"
    assert request["requestId"] != second["request"]["requestId"]
    assert request["intent"]["slots"]["repetitions"]["value"] == "3"
    found = request["intent"]["slots"]["exercise"]["resolutions"]["resolutionsPerAuthority"][0]
    assert found["status"]["code"] == "ER_SUCCESS_MATCH"
    assert found["values"][0]["value"]["id"] == "bridge"
    strange = second["request"]["intent"]["slots"]["exercise"]
    (outcome,) = strange["resolutions"]["resolutionsPerAuthority"]
    assert strange["value"] == "headstand"
    assert outcome["status"]["code"] == "ER_SUCCESS_NO_MATCH"
    assert "values" not in outcome


def test_a_timestamp_is_utc_wherever_the_device_stands(
    device: Device, skill: Scripted, morning: datetime
) -> None:
    device.hear("Alexa, open back coach", morning)
    assert skill.requests[0]["timestamp"].endswith("Z")
    assert datetime.fromisoformat(skill.requests[0]["timestamp"]) == morning


def test_switched_off_it_ends_the_session_as_its_user(device: Device, skill: Scripted) -> None:
    device.switch_off(NOW)
    assert not skill.sent
    device.hear("Alexa, open back coach", NOW)
    device.switch_off(NOW + seconds(3))
    assert skill.requests[-1]["reason"] == "USER_INITIATED"
    assert skill.sent[-1]["session"]["attributes"] == STATE
    assert not device.is_open
    assert device.now_doing(NOW + seconds(3)) is None
    device.switch_off(NOW + seconds(4))
    assert len(skill.sent) == 2


FAULTS: dict[str, Json | bytes] = {
    "no answer": b"",
    "no JSON": b"Internal Server Error",
    "bad bytes": b"\xff\xfe",
    "null": b"null",
    "an array": b"[]",
    "a refusal": {"error": "request is for another skill"},
    "plain text": {"response": {"outputSpeech": {"type": "PlainText", "text": "Hello"}}},
    "speech of no kind": {"response": {"outputSpeech": 5}},
    "broken SSML": closes("You & I"),
    "an unclosed tag": closes("<p>Rest."),
    "an unknown tag": closes("<dance/>"),
    "a break of no length": closes('<break time="long"/>'),
    "a broken reprompt": asks(reprompt="1 < 2"),
    "a reprompt of no kind": {
        "response": {"shouldEndSession": False, "reprompt": {"outputSpeech": {}}}
    },
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("in_session", [True, False], ids=["in a session", "at once"])
def test_a_fault_of_the_skill_ends_the_session_and_the_device_says_so(
    fault: Json | bytes, in_session: bool, recognizer: IntentRecognizer
) -> None:
    skill = Scripted(*([asks()] if in_session else []), fault, asks())
    device = Device(skill, recognizer)
    if in_session:
        device.hear("Alexa, open back coach", NOW)
    heard = device.hear("Alexa, start the bridge", NOW + seconds(2))
    assert heard == HearResult("StartExerciseIntent", "device-problem")
    assert not device.is_open
    assert device.cues == ()
    assert device.hear("Alexa, open back coach", NOW + seconds(9)) == HearResult("LaunchRequest")
    assert skill.sent[-1]["session"]["new"]


def test_it_talks_to_the_real_skill(tmp_path: Path, recognizer: IntentRecognizer) -> None:
    moment = NOW
    settings = Settings(
        skill_id=LOCAL_SKILL, verify_requests=False, store=f"sqlite://{tmp_path / 'm'}", zone=UTC
    )
    device = Device(local_skill(settings, lambda: moment), recognizer)
    device.hear("Alexa, start knees to chest", moment)
    for _ in range(5):
        listening = device.first_listening()
        assert listening is not None
        moment = listening + seconds(1)
        device.hear("no", moment)
    holds = [cue.seconds for cue in device.cues if cue.kind is CueKind.SILENT]
    assert holds.count(5.0) == 4
    moment += seconds(70)
    assert device.hear("Alexa, pause", moment) == HearResult("AMAZON.PauseIntent")
    quiet = [cue.seconds for cue in device.cues if cue.kind is CueKind.SILENT]
    assert sum(quiet) >= 60
    sent, answered = device.last_exchange
    assert sent["session"]["attributes"]["phase"] == "guiding"
    assert answered["sessionAttributes"]["phase"] == "paused"
    assert device.hear("stop", moment + seconds(5)) == HearResult("AMAZON.StopIntent")
    assert not device.is_open
