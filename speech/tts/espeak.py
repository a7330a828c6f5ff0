"""Text to speech with espeak-ng: a sentence as 16-bit mono samples, in this process."""

from __future__ import annotations

import ctypes
import importlib
from array import array
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from speech.tts.base import TextToSpeechUnavailable

CALIBRATED_WORDS_PER_MINUTE = 138
"""The pace at which libespeak is asked to speak so that people hear about 155 words a minute.

libespeak counts its words by a standard word that is longer than ours: asked for 155, it says
short spoken sentences at 175. Alexa's own voice says such sentences at 150 to 160.
`python -m tests.bench.spoken_length` measures the pace that is really heard.
"""

SLOWEST_WORDS_PER_MINUTE = 80
FASTEST_WORDS_PER_MINUTE = 450
SILENCE_AMPLITUDE = 16
"""Samples up to this size (of 32,767) at either end of the audio are silence, and are cut off."""

_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_PLAIN_UTF8 = 1
_BY_CHARACTER = 1
_RATE = 1
_OK = 0

# libespeak obeys commands that follow U+0001, and a NUL ends its text.
_NO_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")

_Receiver = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


class EspeakTextToSpeech:
    """Text-to-speech engine of libespeak-ng, safe to use from several threads.

    Audio runs from its first sound to its last, and is empty where there is nothing to say.
    The library carries a little of its state from text to text: the same one may come out
    about 1% longer or shorter the next time (at most 31 ms were seen).
    """

    def __init__(
        self, voice: str = "en-us", words_per_minute: int = CALIBRATED_WORDS_PER_MINUTE
    ) -> None:
        """Opens the library.

        Args:
            voice: the library's name of the voice.
            words_per_minute: the pace at a rate of 1.0.

        Raises:
            TextToSpeechUnavailable: there is no library, or no such voice.
            ValueError: libespeak cannot speak at this pace.
        """
        self._voice = voice
        self._words_per_minute = words_per_minute
        self._open = False
        _check_pace(words_per_minute)
        self._sample_rate = _library.acquire()
        self._open = True
        try:
            _library.check(voice)
        except TextToSpeechUnavailable:
            self.close()
            raise

    @property
    def sample_rate(self) -> int:
        """Sample rate: samples a second."""
        return self._sample_rate

    def synthesize(self, text: str, rate: float = 1.0) -> array[int]:
        """Speech synthesis: `text`, plain words and never SSML, as mono 16-bit samples.

        Raises:
            ValueError: libespeak cannot speak at this pace (it can at 80 to 450 words a minute).
            TextToSpeechUnavailable: it was closed.
        """
        if not self._open:
            raise TextToSpeechUnavailable("text to speech was closed")
        pace = round(self._words_per_minute * rate)
        _check_pace(pace)
        return _trim_silence(_library.synthesize(text, self._voice, pace))

    def close(self) -> None:
        """Close the engine; the library ends with the last one. May be called again."""
        if self._open:
            self._open = False
            _library.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Library:
    """The one libespeak-ng of this process: its voice, its rate and its callback are global."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._users = 0
        self._sample_rate = 0
        self._espeak: ctypes.CDLL | None = None
        self._audio = bytearray()
        # ctypes does not keep a callback alive; this reference does.
        self._receiver = _Receiver(self._collect_audio)

    def acquire(self) -> int:
        """Start the library if nobody has; its sample rate."""
        with self._lock:
            if not self._users:
                self._initialize()
            self._users += 1
            return self._sample_rate

    def release(self) -> None:
        """Terminate the library if nobody else uses it."""
        with self._lock:
            self._users -= 1
            if not self._users and self._espeak is not None:
                self._espeak.espeak_Terminate()
                self._espeak = None

    def check(self, voice: str) -> None:
        """Raises TextToSpeechUnavailable if there is no voice of this name."""
        with self._lock:
            self._select_voice(voice)

    def synthesize(self, text: str, voice: str, words_per_minute: int) -> array[int]:
        """Say `text`. Voice and pace are set each time: the last caller's would stay."""
        spoken = text.translate(_NO_CONTROLS).encode(errors="replace")
        with self._lock:
            espeak = self._select_voice(voice)
            espeak.espeak_SetParameter(_RATE, words_per_minute, 0)
            self._audio.clear()
            size = ctypes.c_size_t(len(spoken) + 1)
            status = espeak.espeak_Synth(spoken, size, 0, _BY_CHARACTER, 0, _PLAIN_UTF8, None, None)
            if status != _OK:
                raise TextToSpeechUnavailable(f"libespeak-ng could not speak (status {status})")
            return array("h", bytes(self._audio))

    def _select_voice(self, voice: str) -> ctypes.CDLL:
        if self._espeak is None:
            raise TextToSpeechUnavailable("libespeak-ng was terminated")
        if self._espeak.espeak_SetVoiceByName(voice.encode()) != _OK:
            raise TextToSpeechUnavailable(f"libespeak-ng has no voice {voice!r}")
        return self._espeak

    def _initialize(self) -> None:
        espeak, data = _load_library()
        rate = espeak.espeak_Initialize(_SYNCHRONOUS, 0, str(data).encode(), _DO_NOT_EXIT)
        if rate <= 0:
            raise TextToSpeechUnavailable(f"libespeak-ng did not start with its data in {data}")
        espeak.espeak_SetSynthCallback(self._receiver)
        self._espeak, self._sample_rate = espeak, rate

    def _collect_audio(self, wave: int | None, count: int, _events: int | None) -> int:
        if wave and count > 0:
            self._audio += ctypes.string_at(wave, 2 * count)
        return 0


_library = _Library()


def _load_library() -> tuple[ctypes.CDLL, Path]:
    """The library and the folder of its data."""
    try:
        loader = importlib.import_module("espeakng_loader")
        data = Path(loader.get_data_path())
        espeak = ctypes.CDLL(loader.get_library_path())
    except (ImportError, OSError, RuntimeError) as reason:
        raise TextToSpeechUnavailable(
            f"no libespeak-ng ({reason}); the package espeakng-loader carries it"
        ) from reason
    # libespeak itself reports success without its data, and then says nothing.
    if not (data / "phontab").is_file():
        raise TextToSpeechUnavailable(f"libespeak-ng has no data in {data}")
    return espeak, data


def _check_pace(words_per_minute: int) -> None:
    if not SLOWEST_WORDS_PER_MINUTE <= words_per_minute <= FASTEST_WORDS_PER_MINUTE:
        raise ValueError(
            f"{words_per_minute} words a minute: libespeak speaks at "
            f"{SLOWEST_WORDS_PER_MINUTE} to {FASTEST_WORDS_PER_MINUTE}"
        )


def _trim_silence(samples: array[int]) -> array[int]:
    """`samples` from the first sound to the last."""
    first = _first_sound(samples)
    last = len(samples) - _first_sound(samples[::-1])
    return samples[first:last]


def _first_sound(samples: array[int]) -> int:
    sounds = (place for place, size in enumerate(samples) if abs(size) > SILENCE_AMPLITUDE)
    return next(sounds, len(samples))
