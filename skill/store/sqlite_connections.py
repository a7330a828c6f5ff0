"""Connections to a SQLite file, for any number of threads."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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

    @contextmanager
    def one(self) -> Iterator[sqlite3.Connection]:
        """A connection, for this thread alone until it is given back."""
        try:
            connection = self._free.pop()
        except IndexError:
            connection = self._opened()
        try:
            yield connection
        except sqlite3.Error:
            # What is wrong with the file may be over when it is opened anew.
            connection.close()
            raise
        except BaseException:
            self._free.append(connection)
            raise
        self._free.append(connection)

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
        # What is erased shall be gone from the file, too.
        connection.execute("PRAGMA secure_delete = ON")
        return connection
