"""What speaks against a guarded word: other words, and sounds that it has not."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from msgspec import Struct

from speech.stt.pocketsphinx.decoder import NET_WEIGHT, Sphinx, decoded, score_of
from speech.stt.pocketsphinx.noise_reduction import cleaned
from speech.stt.pocketsphinx.word_network import network


class Alternatives(Struct, frozen=True):
    """What else a sound may be."""

    others: float
    """How likely other words are: log likelihood in 1/10,000 nats."""
    phones: tuple[str, ...]
    """What it sounds like, if it need not be a word."""


class AlternativeSearch(Protocol):
    """Looks for what a sound may be besides a guarded word."""

    def begin(self, sound: array[int]) -> Callable[[], Alternatives | None]:
        """Begin to look; what is returned gives what was found, None if nobody could look."""


class AlternativesInProcess:
    """Looks when it is asked for what it found."""

    def __init__(self, sphinx: Sphinx, others: Sequence[str], phones: Any) -> None:
        """Learns the other words.

        Args:
            sphinx: makes decoders.
            others: all that may be said but the guarded words.
            phones: a decoder of any run of phones.
        """
        self._others = sphinx.of(network(tuple(text.split()) for text in others), NET_WEIGHT)
        self._phones = phones

    def begin(self, sound: array[int]) -> Callable[[], Alternatives]:
        """Nothing is done before it is asked for."""
        return partial(self._found, sound)

    def _found(self, sound: array[int]) -> Alternatives:
        decoded(self._others, cleaned(sound, 0))
        phones = decoded(self._phones, cleaned(sound, 2)).split()
        heard = tuple(phone for phone in phones if phone != "SIL" and not phone.startswith("+"))
        return Alternatives(score_of(self._others), heard)
