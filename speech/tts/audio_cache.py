"""Audio cache: each text is synthesized once, so that its length is always the same."""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections import OrderedDict
from threading import Lock

from speech.tts.base import TextToSpeech, seconds

MOST_SAMPLES = 60_000_000
"""Samples that are kept at once: about 45 minutes of speech, 120 MB."""


class AudioCache:
    """Audio cache of an engine, by text and rate. Safe to use from several threads."""

    def __init__(self, engine: TextToSpeech) -> None:
        self._engine = engine
        self._lock = Lock()
        self._samples = 0
        self._kept: OrderedDict[str, array[int]] = OrderedDict()

    @property
    def sample_rate(self) -> int:
        """Sample rate: samples a second."""
        return self._engine.sample_rate

    def seconds(self, text: str, rate: float = 1.0) -> float:
        """Speech duration of a text, in seconds: measured, not estimated."""
        return seconds(self.audio(text, rate), self.sample_rate)

    def audio(self, text: str, rate: float = 1.0) -> array[int]:
        """Audio samples of a text. An engine may vary from time to time: this does not."""
        key = audio_key(text, rate)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            samples = self._engine.synthesize(text, rate)
            self._kept[key] = samples
            self._samples += len(samples)
            while self._samples > MOST_SAMPLES and len(self._kept) > 1:
                self._samples -= len(self._kept.popitem(last=False)[1])
            return samples

    def cached(self, key: str) -> array[int]:
        """Cached samples by their audio key; KeyError where they are not kept any more."""
        with self._lock:
            return self._kept[key]


def audio_key(text: str, rate: float) -> str:
    """Cache key: a short name for a text at a rate."""
    return hashlib.sha256(f"{rate:.3f} {text}".encode()).hexdigest()[:24]


def pcm(samples: array[int]) -> bytes:
    """PCM audio: samples as 16-bit little-endian bytes."""
    if sys.byteorder == "big":
        samples = array("h", samples)
        samples.byteswap()
    return samples.tobytes()
