"""Speech-to-text engine of pocketsphinx: a language model of free speech, grammars of answers."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial

from speech.stt.base import SAMPLE_RATE, Transcript
from speech.stt.pocketsphinx.alternatives import AlternativesInProcess
from speech.stt.pocketsphinx.decoder import DecoderFactory, Dictionary
from speech.stt.pocketsphinx.free_speech import (
    DecoderLease,
    FreeSpeechUtterance,
    free_speech_model,
)
from speech.stt.pocketsphinx.language_model import FreeSpeechPhrases
from speech.stt.pocketsphinx.worker_process import AlternativesInWorker
from speech.stt.pocketsphinx.yes_no import YesNoRecognizer, YesNoVocabulary


class PocketsphinxSpeechToText:
    """Speech to text for American English. One utterance at a time: a new one ends the last."""

    def __init__(
        self,
        phrases: Callable[[Dictionary], FreeSpeechPhrases],
        answers: YesNoVocabulary,
        *,
        in_worker_process: bool = False,
    ) -> None:
        """Compiles what people may say, which takes some seconds.

        Args:
            phrases: what may be said at any time, in words that the dictionary has.
            answers: what may be said to a yes-no question.
            in_worker_process: look for competing hypotheses of an answer in a process of its own.
                They are the same, but known sooner.

        Raises:
            SpeechToTextUnavailable: pocketsphinx is missing.
        """
        decoders = DecoderFactory()
        known = decoders.dictionary()
        self._lease = DecoderLease()
        self._phones = decoders.phone_decoder()
        alternatives = (
            AlternativesInWorker
            if in_worker_process
            else partial(AlternativesInProcess, decoders, phones=self._phones)
        )
        self._yes_no = YesNoRecognizer(decoders, known, answers, alternatives)
        self._free_speech = free_speech_model(decoders, known, phrases(known))

    def start_utterance(self, *, to_yes_no_question: bool) -> FreeSpeechUtterance | YesNoUtterance:
        """Start of an utterance; to a yes-no question, only what may answer one is recognized."""
        if to_yes_no_question:
            return YesNoUtterance(self._lease, self._yes_no)
        return FreeSpeechUtterance(self._lease, self._free_speech, self._phones)


class YesNoUtterance:
    """Answer to a yes-no question: recognized when it is whole."""

    def __init__(self, lease: DecoderLease, recognizer: YesNoRecognizer) -> None:
        self._lease, self._recognizer = lease, recognizer
        self._audio = array("h")

    def feed(self, samples: Sequence[int] | array[int]) -> None:
        """Audio input: more of the answer."""
        self._audio.extend(samples)

    def finish(self) -> Transcript:
        """End of the answer: its words, and whether they are clear."""
        if len(self._audio) < SAMPLE_RATE // 10:
            return Transcript("", is_clear=False)
        with self._lease.lock:
            # Free speech and answers share the phone decoder.
            self._lease.give(None)
            return self._recognizer.recognize(self._audio)
