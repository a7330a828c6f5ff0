"""One thread that computes for many: what it needs stays in the processor's caches."""

import math
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Generic, TypeVar

PATIENCE = 0.01
"""Seconds at one piece, after which the thread is taken to wait: nothing computes for so long."""

_Result = TypeVar("_Result")


class HotThread:
    """Does pieces of work one after the other, for threads that wait for them.

    Threads of one interpreter gain nothing by computing at once: they only take it from each
    other at every turn. A piece that has to wait, for a network or a disk, holds nobody up:
    while it does, every thread does its own work.
    """

    def __init__(
        self, join: Callable[[], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Starts the thread.

        Args:
            join: what the thread does first.
            clock: passing time in seconds.
        """
        self._clock = clock
        self._pieces: SimpleQueue[_Piece[object]] = SimpleQueue()
        self._began = math.inf
        """When the piece in work was begun; later than any time where none is."""
        threading.Thread(target=self._work_on, args=(join,), name="hot", daemon=True).start()

    def run(self, work: Callable[[], _Result]) -> _Result:
        """What the work returns; raises what it raises."""
        if self._is_waiting():
            return work()
        piece = _Piece(work)
        self._pieces.put(piece)  # type: ignore[arg-type] # its result is for this thread alone
        while not piece.ended.acquire(timeout=PATIENCE):
            if self._is_waiting() and piece.take():
                return work()
        return piece.result()

    def _is_waiting(self) -> bool:
        return self._clock() - self._began > PATIENCE

    def _work_on(self, join: Callable[[], None]) -> None:
        join()
        while True:
            piece = self._pieces.get()
            if piece.take():
                self._began = self._clock()
                piece.do()
                self._began = math.inf
                piece.ended.release()
            # Nothing of a request is kept while there is no other.
            del piece


class _Piece(Generic[_Result]):
    """Work for somebody who waits until it has ended.

    A ``Future`` does the same, but its condition costs as much as the one thread saves.
    """

    __slots__ = ("_error", "_result", "_taken", "_work", "ended")

    _result: _Result

    def __init__(self, work: Callable[[], _Result]) -> None:
        self._work = work
        self._taken = threading.Lock()
        self._error: BaseException | None = None
        self.ended = threading.Lock()
        self.ended.acquire()

    def take(self) -> bool:
        """Whether it is the caller's to do: the first one's only."""
        return self._taken.acquire(blocking=False)

    def do(self) -> None:
        try:
            self._result = self._work()
        except BaseException as error:  # it is raised where it is waited for
            self._error = error

    def result(self) -> _Result:
        if self._error is not None:
            raise self._error
        return self._result
