"""Golden talks: requests as devices send them, and the whole response to each.

`python -m tests.golden.recorded` records them again; read the difference before it is committed.
"""

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from skill.web import create_app
from tests.alexa.conftest import (
    LAUNCH,
    MORNING,
    VOICE,
    Alexa,
    Clock,
    envelope,
    intent,
    matched,
    settings_in,
    unmatched,
)

FOLDER = Path(__file__).parent / "talks"
Json = dict[str, Any]


def _start(exercise: str, repetitions: str | None = None) -> Json:
    named = matched(exercise, exercise)
    return intent("StartExerciseIntent", exercise=named, repetitions=repetitions)


def _say(name: str, **slots: Json | str | None) -> Json:
    return intent(name if name.endswith("Intent") else f"AMAZON.{name}Intent", **slots)


NOES = [(8, _say("No"))] * 5
ENDED: Json = {"type": "SessionEndedRequest", "reason": "USER_INITIATED"}

TALKS: dict[str, list[tuple[float, Json]]] = {
    "first_time": [
        (0, LAUNCH),
        (5, _say("ListExercisesIntent")),
        (5, _start("knees-to-chest")),
        *NOES,
        (60, _say("Pause")),
        (20, _say("Resume")),
        (300, _say("ProgressIntent")),
        (5, _say("Stop")),
    ],
    "in_the_middle": [
        (0, _start("bridge")),
        *NOES,
        (70, _say("HowLongLeftIntent")),
        (40, _say("ChangePaceIntent", pace=matched("slow down", "slower"))),
        (50, _say("Repeat")),
        (30, _say("IsItSafeIntent")),
        (30, _say("DescribeExerciseIntent", exercise=None)),
        (30, _say("Fallback")),
        (10, _say("StartOver")),
        (30, _say("Next")),
        (5, _say("Yes")),
        (40, _say("Help")),
        (20, _say("Resume")),
        (20, ENDED),
        (900, LAUNCH),
        (4, _say("Yes")),
        (25, _say("ReportPainIntent")),
        (3600, LAUNCH),
        (4, _start("bridge")),
        (4, _say("Yes")),
    ],
    "a_routine": [
        (0, _say("StartRoutineIntent", duration="PT10M", posture=None)),
        *NOES,
        (5, _say("Yes")),
        (100, _say("HowLongLeftIntent")),
        (200, _say("ReadyIntent")),
        (30, _say("Previous")),
        (400, _say("UnsureIntent")),
    ],
    "questions": [
        (0, LAUNCH),
        (4, _say("WhyItCracksIntent")),
        (4, _say("HowOftenIntent", exercise=matched("the bridge", "bridge"))),
        (4, _say("ChronicPainIntent")),
        (4, _say("WhenToAvoidIntent")),
        (4, _say("WhenToSeeDoctorIntent")),
        (4, _say("DescribeExerciseIntent", exercise=unmatched("the headstand"))),
        (4, _say("SuggestIntent")),
        (4, _say("Yes")),
        (4, _say("Fallback")),
        (4, _say("No")),
        (4, _say("Previous")),
        (4, _say("Yes")),
        (4, _say("ReportEmergencyIntent")),
    ],
    "the_next_day": [
        (0, _start("cat-arch")),
        *NOES,
        (120, _say("No")),
        (86_400, LAUNCH),
        (4, _say("Yes")),
        (4, _say("No")),
        (140, _say("Yes")),
        (200, _say("RemindMeIntent", time="08:00")),
        (4, _say("No")),
        (4, _say("ForgetMeIntent")),
        (4, _say("Yes")),
    ],
}
"""What is said in each talk, so many seconds after what was said before."""


def played(name: str, folder: Path) -> Iterator[tuple[Json, Json]]:
    """Each request of a talk, and the response to it, from a skill whose memory is in a folder."""
    clock = Clock(MORNING)
    person = VOICE if name == "the_next_day" else None
    alexa = Alexa(create_app(settings_in(folder), clock=clock), clock, person)
    attributes: Json = {}
    numbers, is_new = itertools.count(), True
    for seconds, request in TALKS[name]:
        clock.now += timedelta(seconds=seconds)
        sent = envelope(
            request, clock.now, f"{name}-{next(numbers)}", attributes, is_new=is_new, person=person
        )
        answer: Json = alexa.post(sent).get_json()
        yield sent, answer
        is_new = answer["response"].get("shouldEndSession") is not False
        attributes = {} if is_new else answer.get("sessionAttributes") or {}


def lines(name: str) -> list[str]:
    """A talk as lines of JSON, a request and its response each."""
    with TemporaryDirectory() as folder:
        return [
            json.dumps({"request": sent, "response": answer}, ensure_ascii=False)
            for sent, answer in played(name, Path(folder))
        ]


def record(show: Callable[[str], object] = print) -> None:
    """Write every talk to its file."""
    FOLDER.mkdir(exist_ok=True)
    for name in TALKS:
        (FOLDER / f"{name}.jsonl").write_text("\n".join(lines(name)) + "\n", "utf-8")
        show(name)


if __name__ == "__main__":
    record()
