"""Retention: people not heard of any more are forgotten, at the start and once a day after it."""

import logging
import threading
import time
from collections.abc import Callable

from skill.store import Store, StoreFailed

DAY = 24 * 3600.0

log = logging.getLogger(__name__)


class Retention:
    """Forgets people for their age. They age by the machine's clock, as stores note it."""

    def __init__(
        self, store: Store, seconds: float, clock: Callable[[], float] = time.time
    ) -> None:
        """Forgets nobody yet.

        Args:
            store: whose people.
            seconds: after so long.
            clock: Unix time in seconds. It must be the store's: a day that is only simulated would
                make everybody old.
        """
        self._store = store
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._due = float("-inf")

    def expire(self) -> None:
        """Forget them now. A store that fails is asked again another day."""
        now = self._clock()
        self._due = now + DAY
        try:
            forgotten = self._store.expire(now - self._seconds)
        except StoreFailed as error:
            log.error("nobody was forgotten for their age: %s", error)  # noqa: TRY400 - one line
        else:
            if forgotten:
                log.warning("people forgotten for their age: %d", forgotten)

    def on_a_request(self) -> None:
        """Forget them behind the request's back, if a day has passed."""
        now = self._clock()
        with self._lock:
            if now < self._due:
                return
            self._due = now + DAY
        threading.Thread(target=self.expire, name="retention", daemon=True).start()
