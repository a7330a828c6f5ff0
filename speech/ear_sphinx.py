"""An ear of pocketsphinx: a net of what may be said at any time, a small one for safety questions.

Pocketsphinx forces whatever it hears onto some words. So every utterance is heard as a free run of
phones too, and words that are much less likely than the phones were not said.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

from speech.ear import SAMPLE_RATE, Hearing
from speech.ear_answers import AnswerEar, Answers
from speech.ear_cleaning import Cleaner
from speech.ear_decoder import Dictionary, Sphinx, score_of, words_of
from speech.ear_grammar import Network

TALK_WEIGHT = 6.5
"""How much the net weighs against the sound: pocketsphinx's own setting."""

TALK_LEVELS = "48.28,-6.74,0.90,12.07,-12.90,1.05,-5.34,-3.76,-4.54,-4.10,0.08,-1.30,-0.14"
"""Mean cepstrum of cleaned speech, from which the decoder sets out: it hears an utterance while
it is being said, and cannot know its own mean yet. Measured over 68 synthetic utterances."""

LEAST_LIKENESS = -9.0
"""Log likelihood a frame, in 1/10,000 nats, of the words against free phones."""


class SphinxEar:
    """Hears American English. One utterance at a time: a new one ends the one before."""

    def __init__(self, talk: Callable[[Dictionary], Network], answers: Answers) -> None:
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
        self._talk = sphinx.of(talk(known), TALK_WEIGHT)
        self._answers = AnswerEar(sphinx, known, self._phones, answers)

    def listen(self, *, to_a_question: bool) -> TalkListening | AnswerListening:
        """Begin to hear an utterance."""
        if to_a_question:
            return AnswerListening(self._turn, self._answers)
        return TalkListening(self._turn, self._talk, self._phones)


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

    def __init__(self, turn: Turn, talk: Any, phones: Any) -> None:
        self._turn, self._decoders = turn, (talk, phones)
        self._cleaner = Cleaner()
        self._samples = 0
        with turn.lock:
            turn.give(self)
            talk.set_cmn(TALK_LEVELS)
            for decoder in self._decoders:
                decoder.start_utt()

    def feed(self, samples: Sequence[int] | array[int]) -> None:
        """More sound; nothing is heard any more once another utterance has begun."""
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
            talk, phones = self._decoders
            words = words_of(talk)
            frames = max(1, self._samples * 100 // SAMPLE_RATE)
            likeness = (score_of(talk) - score_of(phones)) / frames if words else -1e9
            return Hearing(words, likeness > LEAST_LIKENESS, likeness)

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
