"""Worker process for competing hypotheses.

Pocketsphinx keeps the interpreter's lock, so that two decoders take turns in one process; in two
processes they work at the same time, and an answer is known sooner.
"""

from __future__ import annotations

import signal
from array import array
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from speech.stt.pocketsphinx.alternatives import Alternatives, AlternativesInProcess
from speech.stt.pocketsphinx.decoder import DecoderFactory


class AlternativesInWorker:
    """Search in a worker process, which ends with this one. One utterance at a time.

    A result is waited for as long as the process lives: on a busy machine it is only slow, and
    another one would have to learn its words first.
    """

    def __init__(self, others: Sequence[str]) -> None:
        """Starts the process; it compiles the other words while this one goes on."""
        self._words = tuple(others)
        self._number = 0
        self._pipe, self._process = self._start_process()

    def begin(self, audio: array[int]) -> Callable[[], Alternatives | None]:
        """Start of a search: the audio is handed over, and the search before is given up."""
        self._number += 1
        try:
            # Left lying, answers that nobody asked for would fill the pipe in time.
            while self._pipe.poll():
                self._pipe.recv()
            self._pipe.send((self._number, audio))
        except (OSError, EOFError):
            self._restart_process()
            return _no_result
        return partial(self._result_of, self._number)

    def _result_of(self, number: int) -> Alternatives | None:
        if number != self._number:
            return None
        answered, found = 0, None
        try:
            while answered != number:
                answered, found = self._pipe.recv()
        except (OSError, EOFError):
            self._restart_process()
            return None
        return found if isinstance(found, Alternatives) else None

    def _start_process(self) -> tuple[Connection, SpawnProcess]:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        work = (theirs, self._words)
        process = context.Process(target=_answer_searches, args=work, daemon=True)
        process.start()
        # Held by the process alone, so that each sees when the other is gone.
        theirs.close()
        return ours, process

    def _restart_process(self) -> None:
        self.close()
        self._pipe, self._process = self._start_process()

    def close(self) -> None:
        """Terminate the process."""
        self._pipe.close()
        self._process.kill()
        self._process.join()


def _no_result() -> None:
    return None


def _answer_searches(pipe: Connection, others: Sequence[str]) -> None:
    # Ctrl-C is meant for the process that asks; when that ends, so does this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    decoders = DecoderFactory()
    search = AlternativesInProcess(decoders, others, decoders.phone_decoder())
    while True:
        try:
            number, audio = pipe.recv()
            pipe.send((number, search.begin(audio)()))
        except (OSError, EOFError):
            return
