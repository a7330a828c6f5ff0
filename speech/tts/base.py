"""Text to speech: the interface of every engine."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Protocol


class TextToSpeechUnavailable(RuntimeError):
    """Text to speech is missing its library, data or voice, or was closed."""


class TextToSpeech(Protocol):
    """Text-to-speech engine: anything that can say a sentence."""

    @property
    def sample_rate(self) -> int:
        """Sample rate: samples a second."""

    def synthesize(self, text: str, rate: float = 1.0) -> array[int]:
        """Speech synthesis: a text as mono 16-bit samples, without silence around it.

        Args:
            text: plain words.
            rate: the speech rate; 2.0 is twice as fast.
        """


def seconds(samples: Sequence[int], sample_rate: int) -> float:
    """Audio duration: how long samples sound, in seconds."""
    return len(samples) / sample_rate
