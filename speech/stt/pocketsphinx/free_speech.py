"""Free talk: heard while it is being said, and once more where that was not sure.

Pocketsphinx forces whatever it hears onto some words. So every utterance is heard as a free run of
phones too, and words that are much less likely than the phones were not said.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from threading import Lock
from typing import Any

import msgspec
from msgspec import Struct

from speech.stt.base import SAMPLE_RATE, Transcript
from speech.stt.loudness import loudness
from speech.stt.pocketsphinx.decoder import (
    NET_WEIGHT,
    Dictionary,
    Sphinx,
    begin,
    decoded,
    score_of,
    words_of,
)
from speech.stt.pocketsphinx.language_model import FreeSpeechPhrases, TrigramModel, commonest
from speech.stt.pocketsphinx.noise_reduction import WienerFilter
from speech.stt.pocketsphinx.word_network import Sentence, network

TALK_WEIGHT = 8.0
"""How much the language weighs against the sound; pocketsphinx's own setting is 6.5."""

OTHER_WORDS = 100
"""Words of common English that are heard besides those of the sentences."""

LEAST_LOUDNESS = 6.0
"""Decibels by which speech stands out of the room: below, nobody speaks."""

LEAST_LIKENESS = -25.0
"""What clear words reach: their lead over free phones for each frame, and their likelihood."""

LEAST_PRESSING = -35.0
"""What words that must not be missed have to reach."""

SURE = -20.0
"""What words reach that one hearing is enough for, be it the first or the second."""

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


class FreeSpeechModel(Struct, frozen=True):
    """What free talk is heard with."""

    decoder: Any
    commands: Any
    """A decoder of commands alone."""
    language: TrigramModel
    said: FreeSpeechPhrases


def free_speech_model(
    sphinx: Sphinx, known: Dictionary, talk: FreeSpeechPhrases
) -> FreeSpeechModel:
    """An ear for what may be said at any time, in words that the dictionary has."""
    shares = sphinx.shares(known.sounds)
    language = TrigramModel(talk.sentences, commonest(shares, OTHER_WORDS))
    return FreeSpeechModel(
        sphinx.of_language(language, known, TALK_WEIGHT),
        sphinx.of(network(talk.commands), NET_WEIGHT),
        language,
        talk,
    )


class DecoderTurn:
    """Whose utterance the decoders are hearing."""

    def __init__(self) -> None:
        self.lock = Lock()
        self._of: FreeSpeechUtterance | None = None

    def give(self, listening: FreeSpeechUtterance | None) -> None:
        """End the utterance before, and begin another."""
        if self._of is not None:
            self._of.end()
        self._of = listening

    def is_of(self, listening: FreeSpeechUtterance) -> bool:
        """Whether it is still this one's."""
        return self._of is listening


class FreeSpeechUtterance:
    """Free talk: heard while it is being said."""

    def __init__(self, turn: DecoderTurn, talk: FreeSpeechModel, phones: Any) -> None:
        self._turn, self._talk, self._phones = turn, talk, phones
        self._decoders = (talk.decoder, talk.commands, phones)
        self._cleaner = WienerFilter()
        self._sound = array("h")
        self._cleaned = array("h")
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
            self._cleaned.extend(sound)
            for decoder in self._decoders:
                decoder.process_raw(sound.tobytes())

    def finish(self) -> Transcript:
        """The words; clear if they are about as likely as any run of phones."""
        rest = self._cleaner.finish()
        with self._turn.lock:
            if not self._turn.is_of(self):
                return Transcript("", is_clear=False)
            self._hear(rest)
            self._turn.give(None)
            return self._judged()

    def _judged(self) -> Transcript:
        """How sure it is, from the lead of the words over any run of phones."""
        free = score_of(self._phones)
        words = tuple(words_of(self._talk.decoder).split())
        command = tuple(words_of(self._talk.commands).split())
        lead = self._lead(self._talk.decoder, words, free)
        command_lead = self._lead(self._talk.commands, command, free)
        loud = loudness(self._sound)
        if loud.decibels < LEAST_LOUDNESS:
            return Transcript(" ".join(words), is_clear=False)
        hearing = self._of_talk(words, lead)
        if 0 < loud.seconds <= self._longest(command, command_lead, command_lead - lead, hearing):
            return Transcript(" ".join(command), is_clear=True, likeness=command_lead)
        return hearing if self._is_sure(hearing) else self._again(hearing)

    def _lead(self, decoder: Any, words: Sentence, free: float) -> float:
        """The lead of a decoder's words over any run of phones, for each frame."""
        frames = max(1, len(self._cleaned) * 100 // SAMPLE_RATE)
        return (score_of(decoder) - free) / frames if words else -math.inf

    def _of_talk(self, words: Sentence, lead: float) -> Transcript:
        if not words:
            return Transcript("", is_clear=False)
        likeness = lead + LANGUAGE_SHARE * self._talk.language.likelihood(words)
        least = LEAST_PRESSING if words in self._talk.said.pressing else LEAST_LIKENESS
        return Transcript(" ".join(words), likeness > least, likeness)

    def _is_sure(self, hearing: Transcript) -> bool:
        said = self._talk.said
        if not hearing.is_clear or not said.meaning(hearing.words):
            return False
        return hearing.likeness > SURE or tuple(hearing.words.split()) in said.pressing

    def _again(self, first: Transcript) -> Transcript:
        """A second hearing, of the whole sound at once: only now its own mean is known.

        It is relied on where it is likely, or means what the first one meant.
        """
        words = tuple(decoded(self._talk.decoder, self._cleaned).split())
        decoded(self._phones, self._cleaned)
        lead = self._lead(self._talk.decoder, words, score_of(self._phones))
        second = self._of_talk(words, lead)
        meaning = self._talk.said.meaning(second.words)
        is_confirmed = meaning == self._talk.said.meaning(first.words)
        is_clear = bool(meaning) and (is_confirmed or second.likeness > SURE)
        return msgspec.structs.replace(second, is_clear=is_clear)

    def _longest(self, command: Sentence, lead: float, above: float, talk: Transcript) -> float:
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
