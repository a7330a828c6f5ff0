"""Yes-no recognition: answers to a question, of which the guarded ones must be beyond doubt.

A guarded word must never be recognized by mistake, such as a "no" that allows something.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from msgspec import Struct

from speech.stt.base import Transcript
from speech.stt.loudness import loudness
from speech.stt.pocketsphinx.alternatives import Alternatives, AlternativeSearch
from speech.stt.pocketsphinx.decoder import (
    GRAMMAR_WEIGHT,
    DecoderFactory,
    Dictionary,
    decoded,
    score_of,
)
from speech.stt.pocketsphinx.noise_reduction import cleaned
from speech.stt.pocketsphinx.word_network import network

WEIGHTS = (GRAMMAR_WEIGHT, 2.0)
"""How much the grammar weighs against the audio: as for all else, and a second opinion."""

SECONDS = (0.12, 0.75)
"""How long a guarded word, which has one syllable, may sound."""

LEAST_LOUDNESS = 24.0
"""Decibels by which a guarded word must stand out of the room: below, its beginning is lost, and
"dough" may be one."""

RAREST = 2e-6
"""The word frequency below which a word is too rare to stand against a guarded one."""

MOST_DIP = 6.0
"""Decibels by which it may fall and rise again. Synthetic voices fall by at most 4.5 in "no", and
by at least 7.5 before the second syllable of "ago" or "noah"."""

LEAST_LEAD = 120.0
"""How much likelier it must be than any other word, in 1/10,000 nats. Synthetic American voices
reach 105 to 430 with "no", and other answers stay below; not so "noel" and "knob"."""

PHONES = (2, 3)
"""How many phones it may sound like: those that it has, and one more."""

ALIKE = frozenset({"OW", "UW", "L"})
"""Phones that are hardly told apart where a word ends."""


class YesNoVocabulary(Struct, frozen=True):
    """Vocabulary of the answers to a yes-no question."""

    guarded: tuple[str, ...]
    """A word of one syllable that must be beyond doubt, and others that are taken for it."""
    free: tuple[str, ...]
    """The other answers."""
    near: tuple[str, ...]
    """What is no answer: other words, the more of them the better that sound like guarded ones."""


class YesNoRecognizer:
    """Recognizer of an answer to a yes-no question."""

    def __init__(
        self,
        decoders: DecoderFactory,
        known: Dictionary,
        answers: YesNoVocabulary,
        alternatives: Callable[[Sequence[str]], AlternativeSearch],
    ) -> None:
        """Compiles the answers to grammars.

        Args:
            decoders: makes the decoders of the answers.
            known: pronunciations of the words.
            answers: what may be said.
            alternatives: makes the search for other words than the guarded ones.
        """
        frequencies = decoders.word_frequencies(text for text in answers.near if " " not in text)
        near = [text for text in answers.near if frequencies.get(text, 1.0) >= RAREST]
        other = (*answers.free, *near)
        self._answers, self._alternatives = answers, alternatives(other)
        grammar = network(tuple(text.split()) for text in (*answers.guarded, *other))
        self._decoders = [decoders.grammar_decoder(grammar, weight) for weight in WEIGHTS]
        ends = {way[-1] for way in known.pronunciations[answers.guarded[0]]}
        self._endings = ends | ALIKE if ends & ALIKE else ends

    def recognize(self, audio: array[int]) -> Transcript:
        """Transcript of a whole answer: clear if all weights agree on it.

        A guarded word must be beyond doubt as well.
        """
        against = self._alternatives.begin(audio)
        guarded, free = self._answers.guarded, self._answers.free
        words = decoded(self._decoders[0], cleaned(audio, 0))
        if words not in guarded and words not in free:
            return Transcript(words, is_clear=False)
        same = guarded if words in guarded else (words,)
        more = enumerate(self._decoders[1:], 1)
        agree = all(decoded(decoder, cleaned(audio, seed)) in same for seed, decoder in more)
        is_clear = agree and (words in free or self._is_beyond_doubt(audio, against))
        return Transcript(same[0], is_clear)

    def _is_beyond_doubt(
        self, audio: array[int], against: Callable[[], Alternatives | None]
    ) -> bool:
        loud = loudness(audio)
        if loud.decibels < LEAST_LOUDNESS or loud.dip > MOST_DIP:
            return False
        if not SECONDS[0] <= loud.seconds <= SECONDS[1]:
            return False
        found = against()
        if found is None or score_of(self._decoders[0]) - found.others < LEAST_LEAD:
            return False
        return PHONES[0] <= len(found.phones) <= PHONES[1] and found.phones[-1] in self._endings
