"""Connections to a SQLite file, for any number of threads."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

LOG_PAGES = 4000
"""Pages of the log (16 MB), after which they are written to where they belong.

Everybody waits meanwhile, so it shall be rare, and a page that changed often is written once.
"""


class Connections:
    """Each is used by one thread at a time; the one used last is the next one given out.

    So there are as many as threads use at once, and mostly one, which has the pages at hand.
    """

    def __init__(self, path: Path, busy_seconds: float) -> None:
        """To a file, which is opened when it is first needed.

        Args:
            path: the file.
            busy_seconds: how long a statement waits for another process.
        """
        self._path = path
        self._busy_seconds = busy_seconds
        self._free: list[sqlite3.Connection] = []

    def one(self) -> "_InUse":
        """A connection, for this thread alone until the ``with`` block ends."""
        return _InUse(self._free, self._opened)

    def close(self) -> None:
        """Close those that nobody uses right now."""
        while self._free:
            self._free.pop().close()

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path,
            timeout=self._busy_seconds,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        # What is erased shall be gone from the file, too.
        connection.execute("PRAGMA secure_delete = ON")
        return connection


class _InUse:
    """A connection in use. A class, for it is needed at every request, and a generator is slow."""

    __slots__ = ("_connection", "_free", "_opened")

    def __init__(
        self, free: list[sqlite3.Connection], opened: Callable[[], sqlite3.Connection]
    ) -> None:
        self._free = free
        self._opened = opened

    def __enter__(self) -> sqlite3.Connection:
        try:
            self._connection = self._free.pop()
        except IndexError:
            self._connection = self._opened()
        return self._connection

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if isinstance(error, sqlite3.Error):
            # What is wrong with the file may be over when it is opened anew.
            self._connection.close()
        else:
            self._free.append(self._connection)
