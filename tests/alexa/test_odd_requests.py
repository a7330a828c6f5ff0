"""Odd, but no fault of the request: the person always hears a sentence that helps."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from skill.alexa.identity import key_of
from skill.coach.memory import Memory
from skill.store.sqlite import SqliteStore
from skill.web import create_app
from tests.alexa.conftest import (
    EXERCISES,
    HOUSEHOLD,
    LAUNCH,
    SAID,
    VOICE,
    WORDS,
    Alexa,
    Answer,
    Clock,
    Json,
    envelope,
    intent,
    matched,
    says,
    settings_in,
    unmatched,
)

Lines = Callable[[], list[str]]
WHICH = "ask-which"

ODD = {
    "an intent of no model": (intent("SingASongIntent"), "missed-1"),
    "a built-in that is not ours": (intent("AMAZON.ScrollUpIntent"), "missed-1"),
    "an unknown stretch": (
        intent("StartExerciseIntent", exercise=unmatched("headstand")),
        "unknown-exercise",
    ),
    "a stretch that was not resolved in time": (
        intent("StartExerciseIntent", exercise=unmatched("bridge", "ER_ERROR_TIMEOUT")),
        WHICH,
    ),
    "a stretch with no resolution": (intent("StartExerciseIntent", exercise="bridge"), WHICH),
    "a stretch that was not named": (intent("StartExerciseIntent", exercise=None), WHICH),
    "no slots": (intent("StartExerciseIntent"), WHICH),
    "slots null": (
        {"type": "IntentRequest", "intent": {"name": "StartExerciseIntent", "slots": None}},
        WHICH,
    ),
    "a slot of somebody else's": (intent("StartExerciseIntent", colour="blue"), WHICH),
    "an unknown posture": (
        intent("StartRoutineIntent", posture=unmatched("upside down")),
        "unknown-posture",
    ),
    "an unknown pace": (intent("ChangePaceIntent", pace=unmatched("wild")), "missed-1"),
    "a pace that was not named": (intent("ChangePaceIntent"), "missed-1"),
    "an unknown stretch to describe": (
        intent("DescribeExerciseIntent", exercise=unmatched("headstand")),
        "unknown-exercise",
    ),
    "an unknown stretch to ask about": (
        intent("HowOftenIntent", exercise=unmatched("headstand")),
        "answer-how-often",
    ),
}


@pytest.mark.parametrize(("asked", "expected"), ODD.values(), ids=ODD)
def test_odd_words_get_a_spoken_answer(asked: Json, expected: str, alexa: Alexa) -> None:
    answer = alexa.ask(asked)
    assert says(answer, expected)
    assert answer.is_open


@pytest.mark.parametrize(
    ("number", "rounds"),
    [
        ("3", 3),
        *((odd, 5) for odd in ("?", "", "0", "-3", "2.5", "two", "NaN", "9" * 5000, "1e9")),
    ],
    ids=lambda value: str(value)[:8],
)
def test_an_odd_number_is_the_usual_number(number: str, rounds: int, alexa: Alexa) -> None:
    bridge = matched("bridge", "bridge")
    alexa.say("StartExerciseIntent", exercise=bridge, repetitions=number)
    assert alexa.attributes["wanted"]["plan"][0]["rounds"] == rounds


def test_a_hundred_thousand_are_the_most_of_a_day_and_only_on_a_yes(alexa: Alexa) -> None:
    bridge = matched("bridge", "bridge")
    told = alexa.say("StartExerciseIntent", exercise=bridge, repetitions="100000")
    assert says(told, "ask-so-many", rounds=30)
    alexa.say("Yes")
    assert alexa.attributes["wanted"]["plan"][0]["rounds"] == 30


@pytest.mark.parametrize(
    ("length", "fits_all"),
    [
        ("PT2M", False),
        ("PT5M", False),
        ("PT1H30M", True),
        ("P1W", True),
        *((odd, True) for odd in ("?", "", "PT0S", "-PT5M", "P1Y", "P99999999999D", "ten", "PT")),
    ],
)
def test_an_odd_duration_is_no_limit(length: str, fits_all: bool, alexa: Alexa) -> None:
    alexa.say("StartRoutineIntent", duration=length, posture=None)
    assert (len(alexa.attributes["wanted"]["plan"]) == len(EXERCISES)) is fits_all


@pytest.mark.parametrize("locale", ["de-DE", "en-NZ", "xx", "", None])
def test_any_locale_is_answered(locale: str | None, alexa: Alexa) -> None:
    assert says(alexa.ask({**LAUNCH, "locale": locale}), "welcome-first")


def test_the_day_ends_at_midnight_where_people_of_the_locale_live(tmp_path: Path) -> None:
    clock = Clock(datetime(2025, 1, 6, 23, 0, tzinfo=UTC))  # six in the evening in New York
    alexa = Alexa(create_app(settings_in(tmp_path, zone=None), clock=clock), clock)
    alexa.be_guided()
    alexa.say("Stop")
    clock.wait(4 * 3600)  # ten in the evening there
    alexa.start("bridge")
    assert alexa.screening is None
    alexa.say("Stop")
    clock.wait(3 * 3600)
    alexa.start("bridge")
    assert alexa.screening == "short"


def test_a_recognised_voice_has_a_memory_of_its_own(alexa: Alexa) -> None:
    anne = alexa.another(person=VOICE)
    assert says(anne.be_guided(), "cleared")
    anne.say("Stop")
    anne.start("bridge")
    assert anne.screening is None
    alexa.start("bridge")
    assert alexa.screening == "full"


def test_nobody_in_particular_is_asked_every_time(alexa: Alexa) -> None:
    alexa.be_guided()
    request = envelope(intent("StartExerciseIntent", exercise=matched("b", "bridge")))
    del request["session"]["user"], request["context"]["System"]["user"]
    answer = Answer(alexa.post(request).get_json())
    assert answer.attributes["screening"]["kind"] == "full"
    assert "index" not in answer.attributes["screening"]


@pytest.mark.parametrize(
    "attributes",
    [
        {"v": 2},
        {"v": 1, "phase": "dancing"},
        {"v": 1, "phase": "guiding"},
        {"v": 1, "phase": "asking", "screening": {"kind": "full", "index": 4}},
        {"v": 1, "turn": "three"},
        {"v": 1, "later": True},
        {"state": [1, 2, 3]},
        {"v": {"a": {"b": [None]}}},
        {"\0": None},
        {"deep": json.loads("[" * 100 + "]" * 100)},
    ],
    ids=lambda attributes: json.dumps(attributes)[:40],
)
def test_a_state_that_cannot_be_read_is_started_afresh(
    attributes: Json, alexa: Alexa, lines: Lines
) -> None:
    alexa.is_new, alexa.attributes = False, attributes
    answer = alexa.say("Yes")
    assert says(answer, "fresh-start")
    assert answer.is_open
    assert lines() == ["WARNING a conversation was started again: BrokenState"]
    alexa.start("bridge")
    assert alexa.screening == "full"


BRIDGE = {"plan": [{"exercise": "bridge", "rounds": 5}], "until_round": 5}
HANDSTAND = {**BRIDGE, "plan": [{"exercise": "handstand", "rounds": 5}]}


@pytest.mark.parametrize(
    "kept",
    [
        {"phase": "guiding", "guidance": {**HANDSTAND, "started": 1.7e9}},
        {"phase": "paused", "guidance": HANDSTAND},
        {"phase": "offering", "offer": {"kind": "start", "plan": HANDSTAND["plan"]}},
        {"phase": "asking", "screening": {"kind": "full"}, "wanted": HANDSTAND},
        {"phase": "asking", "screening": {"kind": "full", "index": 5}, "wanted": BRIDGE},
        {"phase": "paused", "guidance": {**BRIDGE, "pace": "wild"}},
    ],
    ids=lambda kept: str(kept["phase"]),
)
@pytest.mark.parametrize("said", ["Yes", "Pause", "Resume", "Next", "ReportPainIntent"])
def test_what_is_no_more_is_refused_where_the_state_is_read(
    kept: Json, said: str, alexa: Alexa, lines: Lines
) -> None:
    alexa.is_new, alexa.attributes = False, {"v": 1, **kept}
    answer = alexa.say(said)
    assert says(answer, "pain-idle" if said == "ReportPainIntent" else "fresh-start")
    assert lines() == ["WARNING a conversation was started again: BrokenState"]


def test_the_sentence_that_is_missing_is_named_in_the_log(alexa: Alexa, lines: Lines) -> None:
    said = [["a-sentence-of-old", {"time": SAID}]]
    alexa.is_new, alexa.attributes = False, {"v": 1, "said": said}
    assert says(alexa.say("Repeat"), "fresh-start")
    assert lines() == ["WARNING a conversation was started again: MissingWords a-sentence-of-old"]


def test_a_fault_of_ours_is_told_as_one(
    alexa: Alexa, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def respond(*_: object, **__: object) -> None:
        raise KeyError(SAID)

    monkeypatch.setattr("skill.coach.session.respond", respond)
    answer = alexa.say("Yes")
    assert says(answer, "trouble")
    assert not answer.is_open
    (line,) = lines()
    assert line.startswith("ERROR request failed: KeyError at respond:")
    assert SAID not in line


def test_a_state_that_cannot_be_read_does_not_disturb_the_end(alexa: Alexa) -> None:
    alexa.is_new, alexa.attributes = False, {"v": 2}
    assert alexa.end().response == {}


def test_what_a_new_session_brings_along_does_not_count(alexa: Alexa) -> None:
    alexa.attributes = {"v": 2}
    assert says(alexa.launch(), "welcome-first")


class Quarrelsome(SqliteStore):
    """A store with a defect of its own, whose words would give somebody away."""

    def recall(self, person: str) -> Memory:
        raise RuntimeError(f"{person} said {SAID}")


@pytest.fixture
def defective(tmp_path: Path, clock: Clock) -> Alexa:
    store = Quarrelsome(tmp_path / "memory.sqlite3")
    return Alexa(create_app(settings_in(tmp_path), clock=clock, store=store), clock)


@pytest.mark.parametrize(
    "asked",
    [LAUNCH, intent("AMAZON.YesIntent"), intent("StartExerciseIntent", exercise=SAID)],
    ids=["launch", "yes", "start"],
)
def test_a_defect_is_told_to_the_person_and_to_the_operator(
    asked: Json, defective: Alexa, lines: Lines
) -> None:
    answer = defective.ask(asked)
    assert answer.words == WORDS("trouble")
    assert answer.response["shouldEndSession"] is True
    (line,) = lines()
    assert re.fullmatch(r"ERROR request failed: RuntimeError at recall:\d+", line)


def test_a_defect_at_the_end_of_a_session_says_nothing(defective: Alexa, lines: Lines) -> None:
    assert defective.end().response == {}
    assert len(lines()) == 1


@pytest.mark.parametrize("time", ["9" * 100_000 + ":00", "08:" + "0" * 100_000])
def test_a_time_that_is_none_is_asked_for(time: str, alexa: Alexa) -> None:
    assert says(alexa.say("RemindMeIntent", time=time), "ask-reminder-time")


@pytest.mark.parametrize("who", ["", "x" * 64, "../../etc", "0" * 63, "0" * 65, 7, None, ["0"]])
def test_a_speaker_of_no_known_form_is_nobody(who: object, alexa: Alexa) -> None:
    assert says(alexa.launch(), "welcome-first")
    alexa.attributes["who"] = who
    assert alexa.say("Help").is_open
    assert alexa.attributes["who"] == key_of(HOUSEHOLD)
