"""Answers to safety questions: nothing is taken for a guarded word that is not beyond doubt."""

from __future__ import annotations

from array import array
from typing import Any

from msgspec import Struct

from speech.ear import Hearing, loudness
from speech.ear_cleaning import cleaned
from speech.ear_decoder import Dictionary, Sphinx, decoded, score_of
from speech.ear_grammar import Network, network

WEIGHTS = (6.5, 2.0)
"""How much the net weighs against the sound: pocketsphinx's own setting, and a second opinion."""

SECONDS = (0.12, 0.75)
"""How long a guarded word, which has one syllable, may sound."""

LEAST_LOUDNESS = 21.0
"""Decibels by which a guarded word must stand out of the room: below, its end is lost."""

RAREST = 2e-6
"""The share of all that is said below which a word is too rare to stand against a guarded one."""

LEAST_LEAD = 80.0
"""How much likelier it must be than any other word, in 1/10,000 nats."""

MOST_PHONES = 3
"""How many phones it may sound like: one more than it has."""


class Answers(Struct, frozen=True):
    """What may be said to a safety question."""

    guarded: tuple[str, ...]
    """Single words of one syllable that must be beyond doubt."""
    free: tuple[str, ...]
    """The other answers."""
    near: tuple[str, ...]
    """What is no answer: other words, the more of them the better that sound like guarded ones."""


class AnswerEar:
    """Makes out an answer to a safety question."""

    def __init__(self, sphinx: Sphinx, known: Dictionary, phones: Any, answers: Answers) -> None:
        """An ear for some answers.

        Args:
            sphinx: makes decoders.
            known: how the words sound.
            phones: a decoder of any run of phones.
            answers: what may be said.
        """
        shares = sphinx.shares(text for text in answers.near if " " not in text)
        near = [text for text in answers.near if shares.get(text, 1.0) >= RAREST]
        other = (*answers.free, *near)
        self._answers, self._phones = answers, phones
        self._all = [sphinx.of(_net(*answers.guarded, *other), weight) for weight in WEIGHTS]
        self._others = sphinx.of(_net(*other), WEIGHTS[0])
        self._endings = {way[-1] for word in answers.guarded for way in known.sounds[word]}

    def hear(self, sound: array[int]) -> Hearing:
        """The words; clear if all settings agree, and guarded words are beyond doubt."""
        words = decoded(self._all[0], cleaned(sound, 0))
        if words not in self._answers.guarded and words not in self._answers.free:
            return Hearing(words, is_clear=False)
        more = enumerate(self._all[1:], 1)
        if any(decoded(ear, cleaned(sound, seed)) != words for seed, ear in more):
            return Hearing(words, is_clear=False)
        is_free = words in self._answers.free
        return Hearing(words, is_clear=is_free or self._is_beyond_doubt(sound))

    def _is_beyond_doubt(self, sound: array[int]) -> bool:
        loud = loudness(sound)
        if loud.decibels < LEAST_LOUDNESS or not SECONDS[0] <= loud.seconds <= SECONDS[1]:
            return False
        decoded(self._others, cleaned(sound, 0))
        if score_of(self._all[0]) - score_of(self._others) < LEAST_LEAD:
            return False
        free = decoded(self._phones, cleaned(sound, 2)).split()
        phones = [phone for phone in free if phone != "SIL" and not phone.startswith("+")]
        return 0 < len(phones) <= MOST_PHONES and phones[-1] in self._endings


def _net(*texts: str) -> Network:
    return network(tuple(text.split()) for text in texts)
