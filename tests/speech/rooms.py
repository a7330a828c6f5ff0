"""What a synthetic voice says in a room, as a microphone hears it and as the page cuts it off."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

import numpy as np

from skill.speaker.browser.page import static_text
from speech.stt.base import SAMPLE_RATE
from speech.tts.espeak import EspeakTextToSpeech

VOICES = ("en-us", "en-us+f3", "en-us+m7", "en-gb-x-rp")
QUIET, NOISY = 45.0, 15.0
"""Decibels of the voice above the noise."""
AROUND = 0.35
"""Seconds of the room around the voice; the page keeps as much from before the button."""
BLOCK = 43
"""Samples that the page's microphone looks at together: 128 at 48 kHz."""
LEAST_LOUD, ABOVE_ROOM = 0.008, 3.0
"""What the page's microphone takes for loud: so large, and so much larger than the room."""


def at_16_khz(samples: Sequence[int], rate: int) -> np.ndarray:
    """Sound at the ear's rate: cut off above 8 kHz, by way of its spectrum."""
    spectrum = np.fft.rfft(np.asarray(samples, dtype=np.float64))
    count = round(len(samples) * SAMPLE_RATE / rate)
    return np.fft.irfft(spectrum[: count // 2 + 1], count) * count / len(samples)


def in_a_room(voice: EspeakTextToSpeech, text: str, decibels: float, seed: int) -> array[int]:
    """A text said in a room that is so many decibels below the voice."""
    said = at_16_khz(voice.synthesize(text), voice.sample_rate)
    level = np.sqrt(np.mean(said**2))
    quiet = np.zeros(round(AROUND * SAMPLE_RATE))
    whole = np.concatenate((quiet, said, quiet))
    noise = np.random.default_rng(seed).normal(0, level / 10 ** (decibels / 20), len(whole))
    sound = np.clip((whole + noise) * 0.5, -32_768, 32_767).astype(np.int16)
    return array("h", sound.tobytes())


def as_cut(sound: array[int], tail: float) -> array[int]:
    """The sound as far as the page hands it on: until so many seconds after it was last loud."""
    count = len(sound) // BLOCK
    blocks = np.asarray(sound[: count * BLOCK], dtype=np.float64).reshape(count, BLOCK) / 32_768
    sizes = np.sqrt((blocks**2).mean(axis=1))
    room = np.quantile(sizes[: round(AROUND * SAMPLE_RATE) // BLOCK], 0.1)
    loud = np.flatnonzero(sizes > max(LEAST_LOUD, ABOVE_ROOM * room))
    assert len(loud), "nothing is said"
    return sound[: (loud[-1] + 1) * BLOCK + round(tail * SAMPLE_RATE)]


def tails() -> tuple[float, ...]:
    """Seconds of quiet after which the page makes out what was said."""
    script = static_text("microphone.js")
    found = [re.search(rf"const {name} = ([\d.]+)", script) for name in ("MAY_END", "MAY_PAUSE")]
    return tuple(sorted({float(each[1]) for each in found if each}))
