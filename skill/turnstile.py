"""Threads that want the interpreter go one after the other, as long as that is quick."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

PATIENCE = 0.05
"""Seconds after which a thread goes on beside the one before, which waits for something slow."""


class Turnstile:
    """Saves the time that threads lose by fighting for the interpreter; nothing depends on it."""

    def __init__(self, patience: float = PATIENCE) -> None:
        """Nobody waits longer than so many seconds."""
        self._place = Lock()
        self._patience = patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, but never for long."""
        has_place = self._place.acquire(timeout=self._patience)
        try:
            yield
        finally:
            if has_place:
                self._place.release()
