"""Speech to text: the interface of every engine, which is fed an utterance chunk by chunk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

SAMPLE_RATE = 16_000
"""Samples a second, of 16-bit mono audio."""


class SpeechToTextUnavailable(RuntimeError):
    """Speech to text is missing its library or its model."""


class Transcript(Struct, frozen=True):
    """Transcript: what was recognized of an utterance."""

    words: str
    """The likeliest words; empty where there were none."""
    is_clear: bool
    """Whether they may be relied on. Words that are not clear are only a guess."""
    confidence: float = 0.0
    """How likely the words are against any other sounds, on the engine's own scale."""


class Utterance(Protocol):
    """Utterance: a stretch of speech that is being recognized."""

    def feed(self, samples: Sequence[int]) -> None:
        """Audio input: more of the utterance, as 16-bit samples at SAMPLE_RATE."""

    def finish(self) -> Transcript:
        """End of the utterance: what was recognized of all of it."""


class SpeechToText(Protocol):
    """Speech-to-text engine: anything that can recognize an utterance."""

    def start_utterance(self, *, to_yes_no_question: bool) -> Utterance:
        """Start of an utterance; to a yes-no question, only what may answer one is recognized."""


def transcribe(
    engine: SpeechToText, samples: Sequence[int], *, to_yes_no_question: bool
) -> Transcript:
    """Transcribe a whole utterance, given as 16-bit samples at SAMPLE_RATE."""
    utterance = engine.start_utterance(to_yes_no_question=to_yes_no_question)
    utterance.feed(samples)
    return utterance.finish()
