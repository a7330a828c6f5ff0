"""What a coach knows: the facts, the words, and how to ask about safety."""

from dataclasses import dataclass, field
from typing import Literal

from skill.exercises import Exercise, Exercises, Safety
from speech.duration import SpeechDuration, estimate_duration
from speech.script import Script
from speech.timeline import DRIFT
from speech.wording import Wording

ScreeningStyle = Literal["questions", "statement"]


@dataclass(frozen=True)
class Content:
    """Everything that stays the same from one conversation to the next."""

    exercises: Exercises
    safety: Safety
    words: Wording
    screening: ScreeningStyle = "questions"
    """Five questions one by one, or one list with one question."""
    delay: float = 0.0
    """Seconds of a request's round trip in which the device is not yet, or no longer, heard."""
    spoken: SpeechDuration = estimate_duration
    """How long words take: an estimate, or where the sound is made here, its real length."""
    drift: float = DRIFT
    """How far real speech may be from that, as a share; 0 where the sound is made here."""
    scripts: dict[tuple[bytes, bool], Script] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Scripts that were compiled before, by their recipe, with a title and without one."""

    def exercise(self, exercise: str) -> Exercise:
        """The exercise with this id; KeyError where there is none."""
        return self.exercises[exercise]
