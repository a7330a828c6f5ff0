"""An ear of pocketsphinx: a language of all that may be said, a net for answers to questions."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial

from speech.stt.base import SAMPLE_RATE, Transcript
from speech.stt.pocketsphinx.alternatives import DoubtsHere
from speech.stt.pocketsphinx.decoder import Dictionary, Sphinx
from speech.stt.pocketsphinx.free_speech import TalkListening, Turn, talk_ear
from speech.stt.pocketsphinx.language_model import Talk
from speech.stt.pocketsphinx.worker_process import DoubtsBeside
from speech.stt.pocketsphinx.yes_no import AnswerEar, Answers


class SphinxEar:
    """Hears American English. One utterance at a time: a new one ends the one before."""

    def __init__(
        self, talk: Callable[[Dictionary], Talk], answers: Answers, *, beside: bool = False
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
        self._turn = Turn()
        self._phones = sphinx.of_phones()
        doubts = DoubtsBeside if beside else partial(DoubtsHere, sphinx, phones=self._phones)
        self._answers = AnswerEar(sphinx, known, answers, doubts)
        self._talk = talk_ear(sphinx, known, talk(known))

    def listen(self, *, to_a_question: bool) -> TalkListening | AnswerListening:
        """Begin to hear an utterance."""
        if to_a_question:
            return AnswerListening(self._turn, self._answers)
        return TalkListening(self._turn, self._talk, self._phones)


class AnswerListening:
    """An answer to a safety question: heard when it is whole."""

    def __init__(self, turn: Turn, ear: AnswerEar) -> None:
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
