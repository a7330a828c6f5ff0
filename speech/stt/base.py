"""Sound to words: an ear hears speech chunk by chunk, and knows when it did not make it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

SAMPLE_RATE = 16_000
"""Samples a second, of 16-bit mono sound."""


class SpeechToTextUnavailable(RuntimeError):
    """Nothing can be heard: the recogniser or its model is missing."""


class Transcript(Struct, frozen=True):
    """What was made out."""

    words: str
    """The likeliest words; empty where there were none."""
    is_clear: bool
    """Whether they may be relied on. Words that are not clear are only a guess."""
    likeness: float = 0.0
    """How likely they are against what else was heard; for figures only."""


class Utterance(Protocol):
    """One utterance being heard."""

    def feed(self, samples: Sequence[int]) -> None:
        """More sound, as 16-bit samples."""

    def finish(self) -> Transcript:
        """What was made out of all of it."""


class SpeechToText(Protocol):
    """Whatever can hear."""

    def listen(self, *, to_a_question: bool) -> Utterance:
        """Begin to hear an utterance; to a safety question, only what may answer one."""


def transcribe(ear: SpeechToText, samples: Sequence[int], *, to_a_question: bool) -> Transcript:
    """What an ear makes of a whole utterance."""
    listening = ear.listen(to_a_question=to_a_question)
    listening.feed(samples)
    return listening.finish()
