"""Competing hypotheses: other words and phones that an utterance may be than a guarded word."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from msgspec import Struct

from speech.stt.pocketsphinx.decoder import GRAMMAR_WEIGHT, DecoderFactory, decoded, score_of
from speech.stt.pocketsphinx.noise_reduction import cleaned
from speech.stt.pocketsphinx.word_network import network


class Alternatives(Struct, frozen=True):
    """Competing hypotheses for an utterance."""

    others: float
    """How likely other words are: log likelihood in 1/10,000 nats."""
    phones: tuple[str, ...]
    """The likeliest phones, if they need not be a word."""


class AlternativeSearch(Protocol):
    """Search for competing hypotheses."""

    def begin(self, audio: array[int]) -> Callable[[], Alternatives | None]:
        """Start of a search; what is returned waits for its result, None if it failed."""


class AlternativesInProcess:
    """Search in this process, at the time that its result is asked for."""

    def __init__(self, decoders: DecoderFactory, others: Sequence[str], phones: Any) -> None:
        """Compiles the other words to a grammar.

        Args:
            decoders: makes the decoder of the other words.
            others: all that may be said but the guarded words.
            phones: a phone decoder.
        """
        self._others = decoders.grammar_decoder(
            network(tuple(text.split()) for text in others), GRAMMAR_WEIGHT
        )
        self._phones = phones

    def begin(self, audio: array[int]) -> Callable[[], Alternatives]:
        """Start of a search; nothing is done before the result is asked for."""
        return partial(self._found, audio)

    def _found(self, audio: array[int]) -> Alternatives:
        decoded(self._others, cleaned(audio, 0))
        phones = decoded(self._phones, cleaned(audio, 2)).split()
        spoken = tuple(phone for phone in phones if phone != "SIL" and not phone.startswith("+"))
        return Alternatives(score_of(self._others), spoken)
