"""Answers to safety questions: nothing is taken for a guarded word that is not beyond doubt."""

from __future__ import annotations

from array import array
from collections.abc import Callable

from msgspec import Struct

from speech.stt.base import Transcript
from speech.stt.loudness import loudness
from speech.stt.pocketsphinx.alternatives import Alternatives, AlternativeSearch
from speech.stt.pocketsphinx.decoder import NET_WEIGHT, Dictionary, Sphinx, decoded, score_of
from speech.stt.pocketsphinx.noise_reduction import cleaned
from speech.stt.pocketsphinx.word_network import network

WEIGHTS = (NET_WEIGHT, 2.0)
"""How much the net weighs against the sound: as for all else, and a second opinion."""

SECONDS = (0.12, 0.75)
"""How long a guarded word, which has one syllable, may sound."""

LEAST_LOUDNESS = 24.0
"""Decibels by which a guarded word must stand out of the room: below, its beginning is lost, and
"dough" may be one."""

RAREST = 2e-6
"""The share of all that is said below which a word is too rare to stand against a guarded one."""

MOST_DIP = 6.0
"""Decibels by which it may fall and rise again. Synthetic voices fall by at most 4.5 in "no", and
by at least 7.5 before the second syllable of "ago" or "noah"."""

LEAST_LEAD = 120.0
"""How much likelier it must be than any other word, in 1/10,000 nats. Synthetic American voices
reach 105 to 430 with "no", and what people may answer stays below; not so "noel" and "knob"."""

PHONES = (2, 3)
"""How many phones it may sound like: those that it has, and one more."""

ALIKE = frozenset({"OW", "UW", "L"})
"""Phones that are hardly told apart where a word ends."""


class YesNoVocabulary(Struct, frozen=True):
    """What may be said to a safety question."""

    guarded: tuple[str, ...]
    """A word of one syllable that must be beyond doubt, and others that are taken for it."""
    free: tuple[str, ...]
    """The other answers."""
    near: tuple[str, ...]
    """What is no answer: other words, the more of them the better that sound like guarded ones."""


class YesNoRecognizer:
    """Makes out an answer to a safety question."""

    def __init__(
        self,
        sphinx: Sphinx,
        known: Dictionary,
        answers: YesNoVocabulary,
        doubts: Callable[[tuple[str, ...]], AlternativeSearch],
    ) -> None:
        """An ear for some answers.

        Args:
            sphinx: makes decoders.
            known: how the words sound.
            answers: what may be said.
            doubts: makes what looks for other words than the guarded ones.
        """
        shares = sphinx.shares(text for text in answers.near if " " not in text)
        near = [text for text in answers.near if shares.get(text, 1.0) >= RAREST]
        other = (*answers.free, *near)
        self._answers, self._doubts = answers, doubts(other)
        net = network(tuple(text.split()) for text in (*answers.guarded, *other))
        self._all = [sphinx.of(net, weight) for weight in WEIGHTS]
        ends = {way[-1] for way in known.sounds[answers.guarded[0]]}
        self._endings = ends | ALIKE if ends & ALIKE else ends

    def hear(self, sound: array[int]) -> Transcript:
        """The words; clear if all settings agree, and guarded words are beyond doubt."""
        against = self._doubts.begin(sound)
        guarded, free = self._answers.guarded, self._answers.free
        words = decoded(self._all[0], cleaned(sound, 0))
        if words not in guarded and words not in free:
            return Transcript(words, is_clear=False)
        same = guarded if words in guarded else (words,)
        more = enumerate(self._all[1:], 1)
        agree = all(decoded(ear, cleaned(sound, seed)) in same for seed, ear in more)
        is_clear = agree and (words in free or self._is_beyond_doubt(sound, against))
        return Transcript(same[0], is_clear)

    def _is_beyond_doubt(
        self, sound: array[int], against: Callable[[], Alternatives | None]
    ) -> bool:
        loud = loudness(sound)
        if loud.decibels < LEAST_LOUDNESS or loud.dip > MOST_DIP:
            return False
        if not SECONDS[0] <= loud.seconds <= SECONDS[1]:
            return False
        found = against()
        if found is None or score_of(self._all[0]) - found.others < LEAST_LEAD:
            return False
        return PHONES[0] <= len(found.phones) <= PHONES[1] and found.phones[-1] in self._endings
