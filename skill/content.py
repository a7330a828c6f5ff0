"""Content of one language: exercises, safety questions and words, composed once."""

from dataclasses import dataclass, field
from typing import Literal, Self

from skill.exercises import Exercise, Exercises, Safety, load_facts
from speech.duration import SpeechDuration, estimate_duration
from speech.script import Script
from speech.timeline import DRIFT
from speech.wording import Wording

ScreeningStyle = Literal["questions", "statement"]


@dataclass(frozen=True)
class Content:
    """Content: everything that stays the same from one conversation to the next."""

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

    @classmethod
    def for_language(
        cls,
        language: str,
        *,
        screening: ScreeningStyle = "questions",
        delay: float = 0.0,
        spoken: SpeechDuration | None = None,
    ) -> Self:
        """The shipped content of a language such as `en`.

        Args:
            language: whose words.
            screening: how the safety questions are asked.
            delay: seconds of a request's round trip in which the device is not heard.
            spoken: real lengths, where the sound is made here; by default they are estimated.

        Raises:
            BrokenData: a data file has a fault.
            FileNotFoundError: there are no words of this language.
        """
        exercises, safety = load_facts()
        words = Wording.for_language(language)
        if spoken is None:
            return cls(exercises, safety, words, screening, delay)
        return cls(exercises, safety, words, screening, delay, spoken, drift=0.0)

    def exercise(self, exercise: str) -> Exercise:
        """The exercise with this id; KeyError where there is none."""
        return self.exercises[exercise]
