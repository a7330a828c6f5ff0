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
        self._free = _Free()
        self._open: set[sqlite3.Connection] = set()

    def one(self) -> "_InUse":
        """A connection, for this thread alone until the ``with`` block ends."""
        return _InUse(self._free, self._opened, self._close)

    @property
    def are_open(self) -> bool:
        """Whether there is any connection, in use or not."""
        return bool(self._open)

    def close(self) -> None:
        """Close those that nobody uses right now, and the others when they are given back."""
        self._free.is_closed = True
        while self._free:
            self._close(self._free.pop())

    def _close(self, connection: sqlite3.Connection) -> None:
        connection.close()
        self._open.discard(connection)

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path,
            timeout=self._busy_seconds,
            isolation_level=None,
            check_same_thread=False,
        )
        self._open.add(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        # What is erased shall be gone from the file, too.
        connection.execute("PRAGMA secure_delete = ON")
        return connection


class _Free(list[sqlite3.Connection]):
    """Connections that nobody uses."""

    is_closed = False


class _InUse:
    """A connection in use. A class, for it is needed at every request, and a generator is slow."""

    __slots__ = ("_close", "_connection", "_free", "_opened")

    def __init__(
        self,
        free: _Free,
        opened: Callable[[], sqlite3.Connection],
        close: Callable[[sqlite3.Connection], None],
    ) -> None:
        self._free = free
        self._close = close
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
        if isinstance(error, sqlite3.Error) or self._free.is_closed:
            # What is wrong with the file may be over when it is opened again.
            self._close(self._connection)
        else:
            self._free.append(self._connection)
