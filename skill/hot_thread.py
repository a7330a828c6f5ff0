"""One thread that computes for many: what it needs stays in the processor's caches."""

import math
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

PATIENCE = 0.01
"""Seconds at one step, after which the thread is taken to wait: nothing computes for so long."""
SHORT_WAIT = 0.002
"""Seconds that a step takes at least if it had to wait, and nothing was computed meanwhile."""
OFTEN = 2
"""Steps in a row that had to wait, after which the work is taken to be of that kind."""
REST = 20
"""For so many times as long as the last of them took, every thread then does its own work."""
LONGEST_REST = 1.0
"""Seconds."""
AT_ONCE = 8
"""Pieces that are done in step. More would make the first of them wait for too many others."""

_LOOK = 0.02
"""Seconds after which a thread looks whether its work is being done."""

_give_way: Callable[[], None] = getattr(os, "sched_yield", partial(time.sleep, 0))
"""Let others have the core, and with it the interpreter."""

_Part = TypeVar("_Part")


class HotThread:
    """Does work for threads that wait for it, each piece in steps.

    Threads of one interpreter gain nothing by computing at once: they only take it from each
    other at every turn. This one does the first step of all pieces that are there, then the
    second of all, and so finds the program of a step at hand for all but the first. A piece that
    has to wait, for a network or a disk, holds nobody up: while it does, every thread does its
    own work, and for a while longer where piece after piece has to.
    """

    def __init__(
        self,
        join: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        computed: Callable[[], float] = time.process_time,
    ) -> None:
        """Starts the thread.

        Args:
            join: what the thread does first.
            clock: passing time in seconds.
            computed: seconds that the whole process has computed so far.
        """
        self._clock = clock
        self._computed = computed
        self._pieces: SimpleQueue[_Piece[object]] = SimpleQueue()
        self._began = math.inf
        """When the step in work was begun; later than any time where none is."""
        self._batch = (math.inf, 0.0)
        """When the pieces in work were begun, and what had been computed by then."""
        self._waits = 0
        """Steps in a row that had to wait."""
        self._rests_until = -math.inf
        threading.Thread(target=self._work_on, args=(join,), name="hot", daemon=True).start()

    def run(self, work: Iterator[_Part]) -> list[_Part]:
        """All parts that the work gives, each in one step; raises what it raises."""
        if self._is_waiting():
            return list(work)
        piece = _Piece(work)
        self._pieces.put(piece)  # type: ignore[arg-type] # its parts are for this thread alone
        while not piece.ended.acquire(timeout=_LOOK):
            if self._is_waiting() and piece.take():
                piece.finish()
                break
        return piece.parts()

    def _is_waiting(self) -> bool:
        now = self._clock()
        return now < self._rests_until or now - self._began > PATIENCE

    def _work_on(self, join: Callable[[], None]) -> None:
        join()
        while True:
            self._do(self._gathered())

    def _gathered(self) -> "list[_Piece[object]]":
        gathered = [self._pieces.get()]
        with suppress(Empty):
            while len(gathered) < AT_ONCE:
                gathered.append(self._pieces.get_nowait())
        return gathered

    def _do(self, pieces: "list[_Piece[object]]") -> None:
        self._batch = (self._clock(), self._computed())
        while pieces:
            left = [piece for piece in pieces if self._goes_on(piece)]
            if len(left) < len(pieces):
                # Who takes an answer away, or brings work, would else wake in vain at every
                # statement of the store; between other steps that costs more than it saves.
                _give_way()
            pieces = left

    def _goes_on(self, piece: "_Piece[object]") -> bool:
        """Do a step of a piece, unless its own thread does it; whether another is left."""
        if not piece.take():
            return False
        self._began = began = self._clock()
        goes_on = piece.do_step()
        self._note(began, self._clock())
        self._began = math.inf
        if goes_on:
            piece.give_back()
        else:
            piece.ended.release()
        return goes_on

    def _note(self, began: float, ended: float) -> None:
        """Where one step after the other has to wait, let every thread do its own for a while."""
        if ended - began <= SHORT_WAIT or self._was_busy(ended):
            self._waits = 0
            return
        self._waits += 1
        if self._waits >= OFTEN:
            self._rests_until = ended + min(REST * (ended - began), LONGEST_REST)

    def _was_busy(self, now: float) -> bool:
        """Whether it was computing that took the time, be it for somebody else."""
        began, computed = self._batch
        return self._computed() - computed > (now - began) / 2


class _Piece(Generic[_Part]):
    """Work for somebody who waits until it has ended.

    A ``Future`` does the same, but its condition costs as much as the one thread saves.
    """

    __slots__ = ("_error", "_parts", "_taken", "_work", "ended")

    def __init__(self, work: Iterator[_Part]) -> None:
        self._work = work
        self._parts: list[_Part] = []
        self._error: BaseException | None = None
        self._taken = threading.Lock()
        self.ended = threading.Lock()
        self.ended.acquire()

    def take(self) -> bool:
        """Whether it is the caller's to work on, until it is given back."""
        return self._taken.acquire(blocking=False)

    def give_back(self) -> None:
        self._taken.release()

    def do_step(self) -> bool:
        """Whether there may be another."""
        try:
            self._parts.append(next(self._work))
        except StopIteration:
            return False
        except BaseException as error:  # it is raised where it is waited for
            self._error = error
            return False
        return True

    def finish(self) -> None:
        while self.do_step():
            pass

    def parts(self) -> list[_Part]:
        if self._error is not None:
            raise self._error
        return self._parts
