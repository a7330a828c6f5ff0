"""Noise reduction: a Wiener filter, which learns the sound of the room and takes it out."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FRAME = 512
HOP = FRAME // 2
LEARNING_FRAMES = 20
"""Frames, a third of a second, among which the room is looked for."""
QUIETEST_FRAMES = 10
"""Frames that are taken for the room alone: speech may have begun already."""
LEAST_GAIN = 0.12
"""What is left of the room; none at all would sound like nothing the decoders know."""
SMOOTHING = 0.92
"""How much a frame's estimate leans on the frame before."""
DITHER = 14.0
"""Size of the noise that is added: perfect silence confuses the decoders."""

Signal = NDArray[np.float64]

# Its square adds up to one over frames that overlap by half.
_WINDOW = np.sqrt(np.hanning(FRAME + 1)[:FRAME])


class WienerFilter:
    """Wiener filter for audio that comes chunk by chunk; it lags behind by a third of a second."""

    def __init__(self, seed: int = 0) -> None:
        self._dither = np.random.default_rng(seed)
        self._waiting: Signal = np.zeros(0)
        self._tail: Signal = np.zeros(HOP)
        self._room: Signal | None = None
        self._before: Signal = np.zeros(HOP + 1)

    def push(self, samples: Sequence[int] | array[int]) -> array[int]:
        """Filter a chunk of 16-bit samples: all that can be cleaned by now, which may be none."""
        more = np.asarray(samples, dtype=np.float64)
        self._waiting = np.concatenate((self._waiting, more))
        if self._room is None:
            if len(self._waiting) < FRAME + LEARNING_FRAMES * HOP:
                return array("h")
            self._learn()
        return self._clean()

    def finish(self) -> array[int]:
        """Flush the filter: the rest of the cleaned samples."""
        missing = max(FRAME + LEARNING_FRAMES * HOP - len(self._waiting), 0)
        if self._room is None and missing:
            edge = self._waiting[-HOP:] if len(self._waiting) >= HOP else np.zeros(HOP)
            self._waiting = np.concatenate((self._waiting, np.resize(edge, missing)))
        return self.push(array("h", [0] * FRAME))

    def _spectra(self) -> NDArray[np.complex128]:
        count = (len(self._waiting) - FRAME) // HOP + 1
        frames = np.lib.stride_tricks.sliding_window_view(self._waiting, FRAME)[::HOP][:count]
        return np.asarray(np.fft.rfft(frames * _WINDOW, axis=1), dtype=np.complex128)

    def _learn(self) -> None:
        power = np.abs(self._spectra()[:LEARNING_FRAMES]) ** 2
        quietest = np.argsort(power.sum(axis=1))[:QUIETEST_FRAMES]
        self._room = power[quietest].mean(axis=0) + 1e3

    def _clean(self) -> array[int]:
        if self._room is None or len(self._waiting) < FRAME:
            return array("h")
        spectra = self._spectra()
        cleaned = np.concatenate((self._tail, np.zeros(len(spectra) * HOP)))
        for number, spectrum in enumerate(spectra):
            gain = self._gain(np.abs(spectrum) ** 2 / self._room)
            frame = np.fft.irfft(spectrum * gain) * _WINDOW
            cleaned[number * HOP : number * HOP + FRAME] += frame
        self._waiting = self._waiting[len(spectra) * HOP :]
        ready, self._tail = cleaned[:-HOP], cleaned[-HOP:]
        noisy = ready + self._dither.normal(0.0, DITHER, len(ready))
        return array("h", np.clip(noisy, -32_768, 32_767).astype(np.int16).tobytes())

    def _gain(self, above_room: Signal) -> Signal:
        """How much of each frequency is kept, by how far it stands above the room."""
        likely = SMOOTHING * self._before + (1 - SMOOTHING) * np.maximum(above_room - 1, 0)
        gain = np.maximum(likely / (1 + likely), LEAST_GAIN)
        self._before = gain**2 * above_room
        return np.asarray(gain)


def cleaned(samples: Sequence[int] | array[int], seed: int = 0) -> array[int]:
    """Noise reduction of a whole utterance; `seed` chooses the noise that is added."""
    cleaner = WienerFilter(seed)
    return cleaner.push(samples) + cleaner.finish()
