"""An ear of pocketsphinx: a language of what may be said at any time, a net for safety questions.

Pocketsphinx forces whatever it hears onto some words. So every utterance is heard as a free run of
phones too, and words that are much less likely than the phones were not said.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

from msgspec import Struct

from speech.ear import SAMPLE_RATE, Hearing, loudness
from speech.ear_answers import AnswerEar, Answers
from speech.ear_cleaning import Cleaner
from speech.ear_decoder import Dictionary, Sphinx, begin, score_of, words_of
from speech.ear_grammar import Sentence, network
from speech.ear_language import Language, Talk, commonest

TALK_WEIGHT = 8.0
"""How much the language weighs against the sound; pocketsphinx's own setting is 6.5."""

COMMAND_WEIGHT = 6.5
"""How much the net of commands weighs against the sound: pocketsphinx's own setting."""

OTHER_WORDS = 100
"""Words of common English that are heard besides those of the sentences."""

LEAST_LOUDNESS = 6.0
"""Decibels by which speech stands out of the room: below, nobody speaks."""

LEAST_LIKENESS = -25.0
"""What clear words reach: their lead over free phones for each frame, and their likelihood."""

LEAST_PRESSING = -35.0
"""What words that must not be missed have to reach."""

SHORT, LONGER = 0.9, 1.2
"""Seconds of the longest sounds that are held against commands alone: the words that must not be
missed, and all that are listened for alone."""

LEAST_COMMAND = -12.0
"""The lead over free phones, for each frame, that a command must have then."""

COMMAND_MARGIN, UNCLEAR_MARGIN = 2.0, 5.0
"""How much free talk must lead over a command to be preferred in a short sound, clear or not."""

LONGER_MARGIN = 5.0
"""By how much a command must lead over free talk to be preferred, in a longer one."""

LANGUAGE_SHARE = 3.0
"""How much the likelihood of the words counts."""


class SphinxEar:
    """Hears American English. One utterance at a time: a new one ends the one before."""

    def __init__(self, talk: Callable[[Dictionary], Talk], answers: Answers) -> None:
        """Learns what people may say, which takes some seconds.

        Args:
            talk: what may be said at any time, in words that the dictionary has.
            answers: what may be said to a safety question.

        Raises:
            EarUnavailable: there is no recogniser.
        """
        sphinx = Sphinx()
        known = sphinx.dictionary()
        self._turn = Turn()
        self._phones = sphinx.of_phones()
        self._talk = _talk_ear(sphinx, known, talk(known))
        self._answers = AnswerEar(sphinx, known, self._phones, answers)

    def listen(self, *, to_a_question: bool) -> TalkListening | AnswerListening:
        """Begin to hear an utterance."""
        if to_a_question:
            return AnswerListening(self._turn, self._answers)
        return TalkListening(self._turn, self._talk, self._phones)


class TalkEar(Struct, frozen=True):
    """What free talk is heard with."""

    decoder: Any
    commands: Any
    """A decoder of commands alone."""
    language: Language
    said: Talk


def _talk_ear(sphinx: Sphinx, known: Dictionary, talk: Talk) -> TalkEar:
    shares = sphinx.shares(known.sounds)
    language = Language(talk.sentences, commonest(shares, OTHER_WORDS))
    return TalkEar(
        sphinx.of_language(language, known, TALK_WEIGHT),
        sphinx.of(network(talk.commands), COMMAND_WEIGHT),
        language,
        talk,
    )


class Turn:
    """Whose utterance the decoders are hearing."""

    def __init__(self) -> None:
        self.lock = Lock()
        self._of: TalkListening | None = None

    def give(self, listening: TalkListening | None) -> None:
        """End the utterance before, and begin another."""
        if self._of is not None:
            self._of.end()
        self._of = listening

    def is_of(self, listening: TalkListening) -> bool:
        """Whether it is still this one's."""
        return self._of is listening


class TalkListening:
    """Free talk: heard while it is being said."""

    def __init__(self, turn: Turn, talk: TalkEar, phones: Any) -> None:
        self._turn, self._talk, self._phones = turn, talk, phones
        self._decoders = (talk.decoder, talk.commands, phones)
        self._cleaner = Cleaner()
        self._sound = array("h")
        self._samples = 0
        with turn.lock:
            turn.give(self)
            for decoder in self._decoders:
                begin(decoder)

    def feed(self, samples: Sequence[int] | array[int]) -> None:
        """More sound; nothing is heard any more once another utterance has begun."""
        self._sound.extend(samples)
        sound = self._cleaner.push(samples)
        with self._turn.lock:
            self._hear(sound)

    def _hear(self, sound: array[int]) -> None:
        if sound and self._turn.is_of(self):
            self._samples += len(sound)
            for decoder in self._decoders:
                decoder.process_raw(sound.tobytes())

    def finish(self) -> Hearing:
        """The words; clear if they are about as likely as any run of phones."""
        rest = self._cleaner.finish()
        with self._turn.lock:
            if not self._turn.is_of(self):
                return Hearing("", is_clear=False)
            self._hear(rest)
            self._turn.give(None)
            return self._judged()

    def _judged(self) -> Hearing:
        """How sure it is, from the lead of the words over any run of phones."""
        frames = max(1, self._samples * 100 // SAMPLE_RATE)
        free = score_of(self._phones)
        words = tuple(words_of(self._talk.decoder).split())
        command = tuple(words_of(self._talk.commands).split())
        lead = (score_of(self._talk.decoder) - free) / frames if words else -math.inf
        command_lead = (score_of(self._talk.commands) - free) / frames if command else -math.inf
        loud = loudness(self._sound)
        if loud.decibels < LEAST_LOUDNESS:
            return Hearing(" ".join(words), is_clear=False)
        hearing = self._of_talk(words, lead)
        if 0 < loud.seconds <= self._longest(command, command_lead, command_lead - lead, hearing):
            return Hearing(" ".join(command), is_clear=True, likeness=command_lead)
        return hearing

    def _of_talk(self, words: Sentence, lead: float) -> Hearing:
        if not words:
            return Hearing("", is_clear=False)
        likeness = lead + LANGUAGE_SHARE * self._talk.language.likelihood(words)
        least = LEAST_PRESSING if words in self._talk.said.pressing else LEAST_LIKENESS
        return Hearing(" ".join(words), likeness > least, likeness)

    def _longest(self, command: Sentence, lead: float, above: float, talk: Hearing) -> float:
        """Seconds of the longest sound that is a command, by its lead over phones and over talk."""
        said = self._talk.said
        if lead <= LEAST_COMMAND or (talk.is_clear and tuple(talk.words.split()) in said.pressing):
            return 0.0
        if above > LONGER_MARGIN:
            return LONGER
        margin = COMMAND_MARGIN if talk.is_clear else UNCLEAR_MARGIN
        return SHORT if above > -margin and command in said.pressing else 0.0

    def end(self) -> None:
        """Let the decoders go."""
        for decoder in self._decoders:
            decoder.end_utt()


class AnswerListening:
    """An answer to a safety question: heard when it is whole."""

    def __init__(self, turn: Turn, ear: AnswerEar) -> None:
        self._turn, self._ear = turn, ear
        self._sound = array("h")

    def feed(self, samples: Sequence[int] | array[int]) -> None:
        """More sound."""
        self._sound.extend(samples)

    def finish(self) -> Hearing:
        """The words, and whether they are clear."""
        if len(self._sound) < SAMPLE_RATE // 10:
            return Hearing("", is_clear=False)
        with self._turn.lock:
            # The phones are heard by the same decoder.
            self._turn.give(None)
            return self._ear.hear(self._sound)
