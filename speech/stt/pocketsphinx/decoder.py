"""Decoders of pocketsphinx, and its pronouncing dictionary."""

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

GRAMMAR_WEIGHT = 6.5
"""How much a grammar weighs against the audio: pocketsphinx's own setting."""

MOST_GAUSSIANS = 8
"""Normal distributions that are looked at for a frame of free speech; twice pocketsphinx's own."""

CEPSTRAL_MEANS = "48.28,-6.74,0.90,12.07,-12.90,1.05,-5.34,-3.76,-4.54,-4.10,0.08,-1.30,-0.14"
"""Cepstral mean of cleaned speech, with which a decoder begins an utterance that is still being
said, and whose own mean it cannot know yet. Measured over 68 synthetic utterances."""


class Dictionary:
    """Pronouncing dictionary: the phones of each word."""

    def __init__(self, path: str) -> None:
        """Reads a pronouncing dictionary; OSError if there is none."""
        self.pronunciations: dict[str, list[Phones]] = {}
        for line in Path(path).read_text("utf-8").splitlines():
            written, *phones = line.split()
            self.pronunciations.setdefault(written.partition("(")[0], []).append(tuple(phones))

    def __contains__(self, word: object) -> bool:
        return word in self.pronunciations

    def write(self, words: Iterable[str], file: TextIO) -> None:
        """Write the pronunciations of some of the words, as pocketsphinx reads them."""
        for word in sorted(words):
            for number, phones in enumerate(self.pronunciations[word], 1):
                written = word if number == 1 else f"{word}({number})"
                file.write(f"{written} {' '.join(phones)}\n")


class DecoderFactory:
    """Decoder factory: pocketsphinx and its acoustic model of American English."""

    def __init__(self) -> None:
        """Raises SpeechToTextUnavailable if the library is missing."""
        try:
            self._library = importlib.import_module("pocketsphinx")
        except ImportError as reason:
            raise SpeechToTextUnavailable(
                f"no speech to text ({reason}); the package pocketsphinx carries it"
            ) from reason

    def dictionary(self) -> Dictionary:
        """Pronouncing dictionary: the words that the model knows."""
        return Dictionary(self._library.get_model_path("en-us/cmudict-en-us.dict"))

    def phone_decoder(self) -> Any:
        """Phone decoder: it recognizes any run of phones."""
        return self._decoder(allphone=self._library.get_model_path("en-us/en-us-phone.lm.bin"))

    def grammar_decoder(self, grammar: Network, weight: float) -> Any:
        """Grammar decoder: it recognizes the sentences of a word network, and nothing else.

        Each network needs a decoder of its own: to change that of one takes seconds.

        Args:
            grammar: the sentences.
            weight: how much they weigh against the audio.
        """
        decoder = self._decoder(lw=weight)
        arcs = [(a, b, 1.0, word) if word else (a, b, 1.0) for a, b, word in grammar.arcs]
        fsg = decoder.create_fsg("grammar", grammar.first, grammar.last, arcs)
        decoder.add_fsg("grammar", fsg)
        decoder.activate_search("grammar")
        return decoder

    def language_decoder(self, language: TrigramModel, known: Dictionary, weight: float) -> Any:
        """Language-model decoder: it recognizes free speech.

        Args:
            language: how likely words follow one another.
            known: pronunciations of all of its words.
            weight: how much the language weighs against the audio.
        """
        with TemporaryDirectory() as folder:
            words, chances = Path(folder, "words.dict"), Path(folder, "language.arpa")
            with words.open("w", encoding="utf-8") as file:
                known.write(language.words, file)
            with chances.open("w", encoding="utf-8") as file:
                language.write(file)
            files = {"dict": str(words), "lm": str(chances)}
            return self._decoder(**files, lw=weight, bestpath=True, topn=MOST_GAUSSIANS)

    def word_frequencies(self, words: Iterable[str]) -> dict[str, float]:
        """Word frequencies: the share that each word has of all words in English."""
        path = self._library.get_model_path("en-us/en-us.lm.bin")
        general = self._library.NGramModel.readfile(path)
        return {word: math.exp(general.prob([word]) * math.log(1.0001)) for word in words}

    def _decoder(self, **options: Any) -> Any:
        usual = {"lm": None, "bestpath": False, "cmninit": CEPSTRAL_MEANS, "loglevel": "FATAL"}
        return self._library.Decoder(**(usual | options))


def begin(decoder: Any) -> None:
    """Start of an utterance, as if it were the decoder's first one.

    A decoder goes on from the mean and the noise of the utterance before, and would recognize
    something else in the same audio.
    """
    decoder.reinit_feat()
    decoder.start_utt()


def decoded(decoder: Any, audio: array[int]) -> str:
    """Decode a whole utterance: its words."""
    begin(decoder)
    decoder.process_raw(audio.tobytes(), full_utt=True)
    decoder.end_utt()
    return words_of(decoder)


def words_of(decoder: Any) -> str:
    """Best hypothesis of a decoder; empty where it has none."""
    found = decoder.hyp()
    return str(found.hypstr) if found is not None else ""


def score_of(decoder: Any) -> float:
    """Log likelihood of the best hypothesis, in 1/10,000 nats; minus infinity without one."""
    found = decoder.hyp()
    if found is None or found.best_score <= 0:
        return -math.inf
    return 10_000 * math.log(found.best_score)
