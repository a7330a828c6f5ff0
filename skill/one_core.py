"""Threads that share one interpreter stay on one core, where they find its data at hand."""

import os
import threading
from contextlib import suppress


class OneCore:
    """A core for a worker's threads: they run one at a time anyway, whatever the number of cores.

    Where the system does not let a thread choose, nothing happens.
    """

    def __init__(self) -> None:
        """Chooses a core; several workers, started one after the other, choose different ones."""
        allowed = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
        self._chosen = {allowed[os.getpid() % len(allowed)]} if allowed else set[int]()
        self._others = set(allowed) - self._chosen
        self._thread = threading.local()

    def join(self) -> None:
        """Stay on the core with this thread from now on, and do not push the others off it."""
        if not hasattr(self._thread, "has_joined"):
            self._thread.has_joined = True
            if self._chosen:
                with suppress(OSError):
                    os.sched_setaffinity(0, self._chosen)
                    # Who is woken waits for the interpreter anyway: let its holder go on.
                    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))

    def avoid(self) -> None:
        """Stay off the core with this thread and those that it starts, if there is another."""
        if self._others:
            with suppress(OSError):
                os.sched_setaffinity(0, self._others)
