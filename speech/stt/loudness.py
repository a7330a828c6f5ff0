"""Loudness and signal-to-noise ratio of speech, measured in 16-bit samples."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise

from msgspec import Struct

from speech.stt.base import SAMPLE_RATE


class Loudness(Struct, frozen=True):
    """Loudness of an utterance: how its speech stands out of the room."""

    decibels: float
    """Signal-to-noise ratio: of its loudest twentieth above the quietest fifth."""
    seconds: float
    """From its first loud moment to its last."""
    dip: float
    """Decibels by which it falls between two louder moments: a single syllable hardly does."""


def loudness(samples: Sequence[int]) -> Loudness:
    """Loudness of the speech in some audio, against the rest of it."""
    sizes = _sizes(samples)
    if not sizes:
        return Loudness(0.0, 0.0, 0.0)
    ranked = sorted(sizes)
    quiet, peak = ranked[len(sizes) // 5], ranked[-1 - len(sizes) // 20]
    decibels = 20 * math.log10((peak + 1) / (quiet + 1))
    least = max(1.6 * quiet, 0.1 * ranked[-1], 1.0)
    loud = [at for at, size in enumerate(sizes) if size > least]
    if not loud:
        return Loudness(decibels, 0.0, 0.0)
    spoken = sizes[loud[0] : loud[-1] + 1]
    return Loudness(decibels, len(spoken) / 100, _dip(spoken))


def _sizes(samples: Sequence[int]) -> list[float]:
    """The mean size of each hundredth of a second."""
    step = SAMPLE_RATE // 100
    return [
        sum(map(abs, samples[at : at + step : 4])) / (step / 4)
        for at in range(0, len(samples) - step + 1, step)
    ]


def _dip(sizes: Sequence[float]) -> float:
    """Decibels by which the deepest valley lies below the lower of the peaks around it."""
    # A low voice has as much as a hundredth of a second between two of its pulses.
    smooth = [20 * math.log10(a + b + 1) for a, b in pairwise(sizes)]
    before = accumulate(smooth, max)
    after = [*accumulate(reversed(smooth), max)][::-1]
    sides = zip(before, after, smooth, strict=True)
    return max((min(left, right) - size for left, right, size in sides), default=0.0)
