"""An ear of pocketsphinx: a language of all that may be said, a net for answers to questions."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial

from speech.stt.base import SAMPLE_RATE, Transcript
from speech.stt.pocketsphinx.alternatives import AlternativesInProcess
from speech.stt.pocketsphinx.decoder import Dictionary, Sphinx
from speech.stt.pocketsphinx.free_speech import DecoderTurn, FreeSpeechUtterance, free_speech_model
from speech.stt.pocketsphinx.language_model import FreeSpeechPhrases
from speech.stt.pocketsphinx.worker_process import AlternativesInWorker
from speech.stt.pocketsphinx.yes_no import YesNoRecognizer, YesNoVocabulary


class PocketsphinxSpeechToText:
    """Hears American English. One utterance at a time: a new one ends the one before."""

    def __init__(
        self,
        talk: Callable[[Dictionary], FreeSpeechPhrases],
        answers: YesNoVocabulary,
        *,
        beside: bool = False,
    ) -> None:
        """Learns what people may say, which takes some seconds.

        Args:
            talk: what may be said at any time, in words that the dictionary has.
            answers: what may be said to a safety question.
            beside: look for doubts of an answer in a process beside this one. They are the same,
                but known sooner.

        Raises:
            EarUnavailable: there is no recogniser.
        """
        sphinx = Sphinx()
        known = sphinx.dictionary()
        self._turn = DecoderTurn()
        self._phones = sphinx.of_phones()
        doubts = (
            AlternativesInWorker
            if beside
            else partial(AlternativesInProcess, sphinx, phones=self._phones)
        )
        self._answers = YesNoRecognizer(sphinx, known, answers, doubts)
        self._talk = free_speech_model(sphinx, known, talk(known))

    def listen(self, *, to_a_question: bool) -> FreeSpeechUtterance | AnswerUtterance:
        """Begin to hear an utterance."""
        if to_a_question:
            return AnswerUtterance(self._turn, self._answers)
        return FreeSpeechUtterance(self._turn, self._talk, self._phones)


class AnswerUtterance:
    """An answer to a safety question: heard when it is whole."""

    def __init__(self, turn: DecoderTurn, ear: YesNoRecognizer) -> None:
        self._turn, self._ear = turn, ear
        self._sound = array("h")

    def feed(self, samples: Sequence[int] | array[int]) -> None:
        """More sound."""
        self._sound.extend(samples)

    def finish(self) -> Transcript:
        """The words, and whether they are clear."""
        if len(self._sound) < SAMPLE_RATE // 10:
            return Transcript("", is_clear=False)
        with self._turn.lock:
            # The phones are heard by the same decoder.
            self._turn.give(None)
            return self._ear.hear(self._sound)
