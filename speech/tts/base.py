"""Text to speech: the interface of every engine."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Protocol


class TextToSpeechUnavailable(RuntimeError):
    """No sound can be made: the library, its data or the voice is missing, or it was closed."""


class TextToSpeech(Protocol):
    """Whatever can say a sentence."""

    @property
    def sample_rate(self) -> int:
        """Samples a second."""

    def say(self, text: str, rate: float = 1.0) -> array[int]:
        """`text` as mono 16-bit samples without silence around it; `rate` 2.0 is twice as fast."""


def seconds(samples: Sequence[int], sample_rate: int) -> float:
    """How long `samples` sound, in seconds."""
    return len(samples) / sample_rate
