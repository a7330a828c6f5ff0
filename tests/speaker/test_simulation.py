"""The transcript of a talk on a simulated clock: time, who, words, silences."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from skill.cli.local_speaker import talk_fast
from skill.speaker.device import Device
from skill.speaker.nlu.recognizer import IntentRecognizer
from skill.speaker.simulation import SimulatedClock, transcript
from speech.duration import estimate_duration
from speech.wording import Wording

START = datetime(2025, 1, 6, 8, tzinfo=UTC)
LONG = "One sentence follows the other, until the line is full and what is left goes on below it."


@pytest.fixture(scope="module")
def recognizer() -> IntentRecognizer:
    return IntentRecognizer.for_locale("en-US")


def answer(ssml: str, reprompt: str = "") -> dict[str, Any]:
    response: dict[str, Any] = {
        "outputSpeech": {"type": "SSML", "ssml": f"<speak>{ssml}</speak>"},
        "shouldEndSession": not reprompt,
    }
    if reprompt:
        again = {"type": "SSML", "ssml": f"<speak>{reprompt}</speak>"}
        response["reprompt"] = {"outputSpeech": again}
    return {"version": "1.0", "response": response}


HOLD = answer('And hold.<break time="10s"/><break time="2500ms"/>And rest. Again?', "Say yes.")
CLOSE = answer("Bye.")


HELD = estimate_duration("And hold.")
RESTED = HELD + 12.5 + estimate_duration("And rest. Again?")
ASKED = RESTED + 8 + estimate_duration("Say yes.")


def at(seconds: float) -> str:
    """The beginning of a line."""
    return f"0:00:{seconds:04.1f}"


def told(said: str, recognizer: IntentRecognizer, *answers: dict[str, Any]) -> list[str]:
    """The lines of a talk with a skill that gives these answers to what a person says."""
    given: Iterator[dict[str, Any]] = iter(answers)

    def skill(body: bytes) -> bytes:
        is_over = b"SessionEndedRequest" in body
        return json.dumps({"response": {}} if is_over else next(given)).encode()

    device, clock = Device(skill, recognizer), SimulatedClock(START)
    words = Wording.for_language("en")
    lines = "\n".join(transcript(dedent(said).splitlines(), device, clock, words))
    return lines.splitlines()


def test_an_answer_is_given_once_the_device_listens(recognizer: IntentRecognizer) -> None:
    assert told("Alexa, open back coach\nno", recognizer, HOLD, CLOSE) == [
        f"{at(0)}    You Alexa, open back coach",
        f"{at(0)}  Coach And hold.",
        f"{at(HELD)}        [12.5 s]",
        f"{at(HELD + 12.5)}  Coach And rest. Again?",
        f"{at(RESTED + 1)}    You no",
        f"{at(RESTED + 1)}  Coach Bye.",
    ]


def test_nobody_answers(recognizer: IntentRecognizer) -> None:
    assert told("Alexa, open back coach", recognizer, HOLD) == [
        f"{at(0)}    You Alexa, open back coach",
        f"{at(0)}  Coach And hold.",
        f"{at(HELD)}        [12.5 s]",
        f"{at(HELD + 12.5)}  Coach And rest. Again?",
        f"{at(RESTED)}        [8 s, listening]",
        f"{at(RESTED + 8)}  Coach Say yes.",
        f"{at(ASKED)}        [8 s, listening]",
        f"{at(ASKED + 8)} Device Nobody answered, so the session is over.",
    ]


@pytest.mark.parametrize(
    ("when", "seconds", "cut"),
    [
        ("+0.5s", 0.5, "Coach And hold. —"),
        ("+5s", 5.0, f"[{5 - HELD:.3g} s] (interrupted)"),
        ("+14s", 14.0, "Coach And rest. Again? —"),
    ],
)
def test_a_word_in_between_interrupts(
    when: str, seconds: float, cut: str, recognizer: IntentRecognizer
) -> None:
    lines = told(f"Alexa, open back coach\n{when} no", recognizer, HOLD, CLOSE)
    *_, interrupted, said, closed = lines
    assert interrupted.endswith(cut)
    assert said == f"0:00:{seconds:04.1f}    You no"
    assert closed == f"0:00:{seconds:04.1f}  Coach Bye."


@pytest.mark.parametrize(
    ("when", "stamp"),
    [("+2m", "0:02:00.0"), ("+1.5h", "1:30:00.0"), ("+2d", "48:00:00.0"), ("+90s", "0:01:30.0")],
)
def test_time_may_pass_in_any_unit(when: str, stamp: str, recognizer: IntentRecognizer) -> None:
    lines = told(f"Alexa, open back coach\n{when} Alexa, open back coach", recognizer, HOLD, HOLD)
    assert f"{stamp:>9}    You Alexa, open back coach" in lines
    assert sum("Nobody answered" in line for line in lines) == 2


def test_headings_and_empty_lines(recognizer: IntentRecognizer) -> None:
    said = """

        # The first day
        Alexa, open back coach

        #again
        """
    assert told(said, recognizer, CLOSE) == [
        "",
        "# The first day",
        "0:00:00.0    You Alexa, open back coach",
        "0:00:00.0  Coach Bye.",
        "",
        "#again",
    ]


def test_what_nobody_hears(recognizer: IntentRecognizer) -> None:
    lines = told("yes\nAlexa, open back coach", recognizer, {"response": {"outputSpeech": 1}})
    assert lines == [
        "0:00:00.0    You yes",
        "0:00:00.0 Device Nothing is open. Say: Alexa, open back coach.",
        "0:00:00.0    You Alexa, open back coach",
        "0:00:00.0 Device There was a problem with the skill's response.",
    ]


def test_long_speech_is_wrapped(recognizer: IntentRecognizer) -> None:
    lines = told("Alexa, open back coach", recognizer, answer(f"{LONG} {LONG}"))
    spoken = lines[1:]
    assert max(map(len, lines)) <= 100
    assert all(line.startswith(" " * 17) for line in spoken[1:])
    assert " ".join(line[17:] for line in spoken) == f"{LONG} {LONG}"


def test_nothing_said_is_nothing_told(recognizer: IntentRecognizer) -> None:
    assert told("", recognizer) == []


def test_the_clock_never_goes_back() -> None:
    clock = SimulatedClock(START)
    clock.at(START + timedelta(seconds=5))
    clock.at(START)
    assert clock() == START + timedelta(seconds=5)


def test_the_same_talk_is_told_the_same_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BACK_COACH_STORE", raising=False)
    said = ["Alexa, start the bridge", "no", "no", "what?", "no", "no", "no", "+60s pause", "stop"]
    first, second = (list(talk_fast(said, START, "en-US")) for _ in range(2))
    assert first == second
    assert len(first) > 20


def test_it_remembers_from_one_talk_to_the_next_only_if_told_where(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("BACK_COACH_STORE", raising=False)
    cleared = ["Alexa, start the bridge", *["no"] * 5, "stop"]
    again = ["Alexa, start the bridge"]

    def asked() -> bool:
        list(talk_fast(cleared, START, "en-US"))
        lines = list(talk_fast(again, START + timedelta(hours=2), "en-US"))
        return "safety questions" in " ".join(" ".join(lines).split())

    assert asked()
    monkeypatch.setenv("BACK_COACH_STORE", f"sqlite://{tmp_path / 'kept.sqlite3'}")
    assert not asked()
