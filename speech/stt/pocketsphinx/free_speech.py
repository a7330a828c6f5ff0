"""Free-speech recognition: one pass while it is being said, and a second one if that is not sure.

Pocketsphinx forces all audio onto some words. So every utterance is decoded to a free run of phones
too, and words that are much less likely than the phones were not said.
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
    GRAMMAR_WEIGHT,
    DecoderFactory,
    Dictionary,
    begin,
    decoded,
    score_of,
    words_of,
)
from speech.stt.pocketsphinx.language_model import FreeSpeechPhrases, TrigramModel, commonest
from speech.stt.pocketsphinx.noise_reduction import WienerFilter
from speech.stt.pocketsphinx.word_network import Sentence, network

LANGUAGE_WEIGHT = 8.0
"""How much the language weighs against the audio; pocketsphinx's own setting is 6.5."""

OTHER_WORDS = 100
"""Most frequent English words that are recognized besides those of the sentences."""

LEAST_LOUDNESS = 6.0
"""Decibels by which speech stands out of the room: below, nobody speaks."""

LEAST_CONFIDENCE = -25.0
"""What clear words reach: their lead over free phones for each frame, and their likelihood."""

LEAST_PRESSING_CONFIDENCE = -35.0
"""What words that must not be missed have to reach."""

SURE = -20.0
"""What words reach that one pass is enough for, the first or the second."""

SHORT, LONGER = 0.9, 1.2
"""Seconds of the longest utterances that are held against commands alone: against words that must
not be missed, and against all of them."""

LEAST_COMMAND = -12.0
"""The lead over free phones, for each frame, that a command must have then."""

COMMAND_MARGIN, UNCLEAR_MARGIN = 2.0, 5.0
"""How much free speech must lead over a command to be preferred in a short utterance, if it is
clear, and if it is not."""

LONGER_MARGIN = 5.0
"""By how much a command must lead over free speech to be preferred, in a longer one."""

LANGUAGE_SHARE = 3.0
"""How much the likelihood of the words counts."""


class FreeSpeechModel(Struct, frozen=True):
    """Free-speech model: the decoders and the language model."""

    decoder: Any
    commands: Any
    """A grammar decoder of commands alone."""
    language: TrigramModel
    phrases: FreeSpeechPhrases


def free_speech_model(
    decoders: DecoderFactory, known: Dictionary, phrases: FreeSpeechPhrases
) -> FreeSpeechModel:
    """Compile a free-speech model of phrases in words that the dictionary has."""
    frequencies = decoders.word_frequencies(known.pronunciations)
    language = TrigramModel(phrases.sentences, commonest(frequencies, OTHER_WORDS))
    return FreeSpeechModel(
        decoders.language_decoder(language, known, LANGUAGE_WEIGHT),
        decoders.grammar_decoder(network(phrases.commands), GRAMMAR_WEIGHT),
        language,
        phrases,
    )


class DecoderLease:
    """Lease of the decoders: they belong to one utterance at a time."""

    def __init__(self) -> None:
        self.lock = Lock()
        self._holder: FreeSpeechUtterance | None = None

    def give(self, utterance: FreeSpeechUtterance | None) -> None:
        """Give the lease to an utterance, or to none; the one that had it ends."""
        if self._holder is not None:
            self._holder.end()
        self._holder = utterance

    def is_held_by(self, utterance: FreeSpeechUtterance) -> bool:
        """Lease check: whether an utterance still has the decoders."""
        return self._holder is utterance


class FreeSpeechUtterance:
    """Utterance of free speech: decoded while it is being said."""

    def __init__(self, lease: DecoderLease, model: FreeSpeechModel, phones: Any) -> None:
        self._lease, self._model, self._phones = lease, model, phones
        self._decoders = (model.decoder, model.commands, phones)
        self._filter = WienerFilter()
        self._audio = array("h")
        self._cleaned = array("h")
        with lease.lock:
            lease.give(self)
            for decoder in self._decoders:
                begin(decoder)

    def feed(self, samples: Sequence[int] | array[int]) -> None:
        """Audio input: more of the utterance; ignored once another one has begun."""
        self._audio.extend(samples)
        ready = self._filter.push(samples)
        with self._lease.lock:
            self._decode(ready)

    def _decode(self, audio: array[int]) -> None:
        if audio and self._lease.is_held_by(self):
            self._cleaned.extend(audio)
            for decoder in self._decoders:
                decoder.process_raw(audio.tobytes())

    def finish(self) -> Transcript:
        """End of the utterance: words, clear if they are about as likely as any run of phones."""
        rest = self._filter.finish()
        with self._lease.lock:
            if not self._lease.is_held_by(self):
                return Transcript("", is_clear=False)
            self._decode(rest)
            self._lease.give(None)
            return self._recognized()

    def _recognized(self) -> Transcript:
        """The transcript of the first pass, or of a second one if that is not sure."""
        free = score_of(self._phones)
        words = tuple(words_of(self._model.decoder).split())
        command = tuple(words_of(self._model.commands).split())
        lead = self._lead(self._model.decoder, words, free)
        command_lead = self._lead(self._model.commands, command, free)
        loud = loudness(self._audio)
        if loud.decibels < LEAST_LOUDNESS:
            return Transcript(" ".join(words), is_clear=False)
        transcript = self._transcript(words, lead)
        longest = self._longest(command, command_lead, command_lead - lead, transcript)
        if 0 < loud.seconds <= longest:
            return Transcript(" ".join(command), is_clear=True, confidence=command_lead)
        return transcript if self._is_sure(transcript) else self._second_pass(transcript)

    def _lead(self, decoder: Any, words: Sentence, free: float) -> float:
        """The lead of a decoder's words over any run of phones, for each frame."""
        frames = max(1, len(self._cleaned) * 100 // SAMPLE_RATE)
        return (score_of(decoder) - free) / frames if words else -math.inf

    def _transcript(self, words: Sentence, lead: float) -> Transcript:
        if not words:
            return Transcript("", is_clear=False)
        confidence = lead + LANGUAGE_SHARE * self._model.language.likelihood(words)
        is_pressing = words in self._model.phrases.pressing
        least = LEAST_PRESSING_CONFIDENCE if is_pressing else LEAST_CONFIDENCE
        return Transcript(" ".join(words), confidence > least, confidence)

    def _is_sure(self, transcript: Transcript) -> bool:
        if not transcript.is_clear or not self._model.phrases.meaning(transcript.words):
            return False
        return transcript.confidence > SURE or self._is_pressing(transcript)

    def _is_pressing(self, transcript: Transcript) -> bool:
        return tuple(transcript.words.split()) in self._model.phrases.pressing

    def _second_pass(self, first: Transcript) -> Transcript:
        """A second pass, over the whole utterance: only now its own cepstral mean is known.

        It is relied on where it is likely, or means what the first one meant.
        """
        words = tuple(decoded(self._model.decoder, self._cleaned).split())
        decoded(self._phones, self._cleaned)
        lead = self._lead(self._model.decoder, words, score_of(self._phones))
        second = self._transcript(words, lead)
        meaning = self._model.phrases.meaning(second.words)
        is_confirmed = meaning == self._model.phrases.meaning(first.words)
        is_clear = bool(meaning) and (is_confirmed or second.confidence > SURE)
        return msgspec.structs.replace(second, is_clear=is_clear)

    def _longest(self, command: Sentence, lead: float, above: float, free: Transcript) -> float:
        """Seconds of the longest sound that is a command, by its lead over phones and speech."""
        if lead <= LEAST_COMMAND or (free.is_clear and self._is_pressing(free)):
            return 0.0
        if above > LONGER_MARGIN:
            return LONGER
        margin = COMMAND_MARGIN if free.is_clear else UNCLEAR_MARGIN
        return SHORT if above > -margin and command in self._model.phrases.pressing else 0.0

    def end(self) -> None:
        """End of the lease: the decoders are free."""
        for decoder in self._decoders:
            decoder.end_utt()
