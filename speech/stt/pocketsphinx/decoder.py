"""What is used of pocketsphinx."""

from __future__ import annotations

import importlib
import math
from array import array
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from speech.stt.base import SpeechToTextUnavailable
from speech.stt.pocketsphinx.language_model import TrigramModel
from speech.stt.pocketsphinx.word_network import Network

Phones = tuple[str, ...]

NET_WEIGHT = 6.5
"""How much a net weighs against the sound: pocketsphinx's own setting."""

MOST_GAUSSIANS = 8
"""Normal distributions that are looked at for a sound of free talk; twice pocketsphinx's own."""

LEVELS = "48.28,-6.74,0.90,12.07,-12.90,1.05,-5.34,-3.76,-4.54,-4.10,0.08,-1.30,-0.14"
"""Mean cepstrum of cleaned speech, from which a decoder sets out that hears an utterance while it
is being said, and cannot know its own mean yet. Measured over 68 synthetic utterances."""


class Dictionary:
    """How words sound."""

    def __init__(self, path: str) -> None:
        """Reads a pronouncing dictionary; OSError if there is none."""
        self.sounds: dict[str, list[Phones]] = {}
        for line in Path(path).read_text("utf-8").splitlines():
            written, *phones = line.split()
            self.sounds.setdefault(written.partition("(")[0], []).append(tuple(phones))

    def __contains__(self, word: object) -> bool:
        return word in self.sounds

    def write(self, words: Iterable[str], file: TextIO) -> None:
        """Write how some of the words sound, as pocketsphinx reads it."""
        for word in sorted(words):
            for number, phones in enumerate(self.sounds[word], 1):
                written = word if number == 1 else f"{word}({number})"
                file.write(f"{written} {' '.join(phones)}\n")


class Sphinx:
    """The library and its model of American English."""

    def __init__(self) -> None:
        """Raises EarUnavailable if the library is missing."""
        try:
            self._library = importlib.import_module("pocketsphinx")
        except ImportError as reason:
            raise SpeechToTextUnavailable(
                f"no recogniser ({reason}); the package pocketsphinx carries it"
            ) from reason

    def dictionary(self) -> Dictionary:
        """The words that the model knows."""
        return Dictionary(self._library.get_model_path("en-us/cmudict-en-us.dict"))

    def of_phones(self) -> Any:
        """A decoder of any run of phones."""
        return self._decoder(allphone=self._library.get_model_path("en-us/en-us-phone.lm.bin"))

    def of(self, net: Network, weight: float) -> Any:
        """A decoder of a net, and how much the net weighs against the sound.

        Each net needs a decoder of its own: to change the net of one takes seconds.
        """
        decoder = self._decoder(lw=weight)
        arcs = [(a, b, 1.0, word) if word else (a, b, 1.0) for a, b, word in net.arcs]
        decoder.add_fsg("net", decoder.create_fsg("net", net.first, net.last, arcs))
        decoder.activate_search("net")
        return decoder

    def of_language(self, language: TrigramModel, known: Dictionary, weight: float) -> Any:
        """A decoder of a language, and how much the language weighs against the sound."""
        with TemporaryDirectory() as folder:
            words, chances = Path(folder, "words.dict"), Path(folder, "language.arpa")
            with words.open("w", encoding="utf-8") as file:
                known.write(language.words, file)
            with chances.open("w", encoding="utf-8") as file:
                language.write(file)
            files = {"dict": str(words), "lm": str(chances)}
            return self._decoder(**files, lw=weight, bestpath=True, topn=MOST_GAUSSIANS)

    def shares(self, words: Iterable[str]) -> dict[str, float]:
        """How large a part of all English that is said each word makes up."""
        path = self._library.get_model_path("en-us/en-us.lm.bin")
        general = self._library.NGramModel.readfile(path)
        return {word: math.exp(general.prob([word]) * math.log(1.0001)) for word in words}

    def _decoder(self, **options: Any) -> Any:
        usual = {"lm": None, "bestpath": False, "cmninit": LEVELS, "loglevel": "FATAL"}
        return self._library.Decoder(**(usual | options))


def begin(decoder: Any) -> None:
    """Begin an utterance, as if it were the first one.

    A decoder goes on from the mean and the noise of what it heard before, and would make something
    else out of the same sound.
    """
    decoder.reinit_feat()
    decoder.start_utt()


def decoded(decoder: Any, sound: array[int]) -> str:
    """The words of a whole sound."""
    begin(decoder)
    decoder.process_raw(sound.tobytes(), full_utt=True)
    decoder.end_utt()
    return words_of(decoder)


def words_of(decoder: Any) -> str:
    """What a decoder has found; empty where it found nothing."""
    found = decoder.hyp()
    return str(found.hypstr) if found is not None else ""


def score_of(decoder: Any) -> float:
    """Log likelihood in 1/10,000 nats; minus infinity where nothing was found."""
    found = decoder.hyp()
    if found is None or found.best_score <= 0:
        return -math.inf
    return 10_000 * math.log(found.best_score)
