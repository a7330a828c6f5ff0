"""Words as sound that is made once: its length, and the sound itself, are then always the same."""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections import OrderedDict
from threading import Lock

from speech.tts.base import TextToSpeech

MOST_SAMPLES = 60_000_000
"""Samples that are kept at once: about 45 minutes of speech, 120 MB."""


class AudioCache:
    """What a voice said, by its text and rate. Safe to use from several threads."""

    def __init__(self, voice: TextToSpeech) -> None:
        self._voice = voice
        self._lock = Lock()
        self._samples = 0
        self._kept: OrderedDict[str, array[int]] = OrderedDict()

    @property
    def sample_rate(self) -> int:
        """Samples a second."""
        return self._voice.sample_rate

    def seconds(self, text: str, rate: float = 1.0) -> float:
        """How long a text sounds. A `speech.timeline.Spoken`, and never an estimate."""
        return len(self.sound(text, rate)) / self.sample_rate

    def sound(self, text: str, rate: float = 1.0) -> array[int]:
        """The samples of a text. A voice may say it a little otherwise each time: this does not."""
        key = audio_key(text, rate)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            samples = self._voice.say(text, rate)
            self._kept[key] = samples
            self._samples += len(samples)
            while self._samples > MOST_SAMPLES and len(self._kept) > 1:
                self._samples -= len(self._kept.popitem(last=False)[1])
            return samples

    def kept(self, key: str) -> array[int]:
        """The samples of what was said before; KeyError where they are not kept any more."""
        with self._lock:
            return self._kept[key]


def audio_key(text: str, rate: float) -> str:
    """A short name for a text at a rate."""
    return hashlib.sha256(f"{rate:.3f} {text}".encode()).hexdigest()[:24]


def pcm(samples: array[int]) -> bytes:
    """Samples as 16-bit little-endian bytes."""
    if sys.byteorder == "big":
        samples = array("h", samples)
        samples.byteswap()
    return samples.tobytes()
