"""Sound to words: an ear hears speech chunk by chunk, and knows when it did not make it out."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

SAMPLE_RATE = 16_000
"""Samples a second, of 16-bit mono sound."""


class EarUnavailable(RuntimeError):
    """Nothing can be heard: the recogniser or its model is missing."""


class Hearing(Struct, frozen=True):
    """What was made out."""

    words: str
    """The likeliest words; empty where there were none."""
    is_clear: bool
    """Whether they may be relied on. Words that are not clear are only a guess."""


class Listening(Protocol):
    """One utterance being heard."""

    def feed(self, samples: Sequence[int]) -> None:
        """More sound, as 16-bit samples."""

    def finish(self) -> Hearing:
        """What was made out of all of it."""


class Ear(Protocol):
    """Whatever can hear."""

    def listen(self, *, to_a_question: bool) -> Listening:
        """Begin to hear an utterance; to a safety question, only what may answer one."""


def hear(ear: Ear, samples: Sequence[int], *, to_a_question: bool) -> Hearing:
    """What an ear makes of a whole utterance."""
    listening = ear.listen(to_a_question=to_a_question)
    listening.feed(samples)
    return listening.finish()


def spoken_part(samples: array[int]) -> float:
    """Seconds from the first loud moment to the last; 0.0 where nothing stands out.

    Loud is what stands out of the quietest fifth of the sound, and is not far below its peak.
    """
    step = SAMPLE_RATE // 100
    sizes = [
        sum(abs(sample) for sample in samples[at : at + step : 4])
        for at in range(0, len(samples) - step + 1, step)
    ]
    if not sizes:
        return 0.0
    quiet = sorted(sizes)[len(sizes) // 5]
    peak = max(sizes)
    if peak < 2 * quiet:
        return 0.0
    least = max(1.6 * quiet, 0.1 * peak)
    loud = [at for at, size in enumerate(sizes) if size > least]
    return (loud[-1] - loud[0] + 1) / 100 if loud else 0.0
