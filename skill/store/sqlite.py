"""The embedded store: one SQLite file in WAL mode, for any number of threads and processes."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from skill.coach.effects import Effect, RoundsDone
from skill.coach.memory import Memory
from skill.store.base import StoreFailed
from skill.store.codec import decode, decode_or_begin_anew, encode, ends_forgotten, folded
from skill.store.sqlite_connections import Connections

BUSY_SECONDS = 2.0
"""How long a write waits for another process before it fails."""
_READERS_SECONDS = 0.1
"""How long whoever erases waits for those who read what was there before."""

_MIGRATIONS = (
    """
    CREATE TABLE person (
        key TEXT PRIMARY KEY,
        household TEXT NOT NULL,
        memory BLOB NOT NULL,
        heard_of REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX person_household ON person (household);
    CREATE INDEX person_heard_of ON person (heard_of);
    CREATE TABLE did (
        person TEXT NOT NULL REFERENCES person (key) ON DELETE CASCADE,
        id TEXT NOT NULL,
        exercise TEXT NOT NULL,
        rounds INTEGER NOT NULL,
        whole INTEGER NOT NULL,
        at REAL NOT NULL,
        day TEXT NOT NULL,
        PRIMARY KEY (person, id)
    ) WITHOUT ROWID;
    """,
)
"""One script for each version of the schema, applied in order."""

_SAME_DAY = "UPDATE person SET memory = ?1 WHERE key = ?2 AND household = ?3 AND heard_of = ?4"
_UNCHANGED = f"{_SAME_DAY} AND memory = ?5"
_ANOTHER_DAY = (
    "INSERT INTO person (memory, key, household, heard_of) VALUES (?1, ?2, ?3, ?4)"
    " ON CONFLICT (key) DO UPDATE SET memory = ?1, household = ?3, heard_of = ?4"
)
_DAY = 24 * 3600
_PAUSE = 0.02


class _Seen(NamedTuple):
    """What a thread has just read."""

    person: str
    written: bytes
    memory: Memory


class _Otherwise(Exception):
    """What was read is not what is there any more."""


class SqliteStore:
    """People are kept under the keys that they come with, in one file."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        """Opens or makes the file; raises StoreFailed if that cannot be done."""
        self._path = path
        self._clock = clock
        self._connections = Connections(path, BUSY_SECONDS)
        self._thread = threading.local()
        # SQLite sleeps longer and longer while another writes; a lock wakes the next one at once.
        self._one_writer = threading.Lock()
        self._has_traces = False
        """Whether the log may still hold what was erased."""
        with _FailingAsStore(f"{path}: "):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._keep_a_log()
            self._migrate()
            self._file = _identity(path)

    def recall(self, person: str) -> Memory:
        """What is known of a person."""
        with _FAILING_AS_STORE:
            with self._connections.one() as connection:
                written = _read(connection, person)
            memory = decode(written)
            self._thread.seen = _Seen(person, written, memory) if written else None
            return memory

    def keep(self, person: str, effects: Sequence[Effect], household: str = "") -> None:
        """Carry out a turn's effects in one transaction."""
        if not effects:
            return
        if ends_forgotten(effects):
            self._erase("key = ?1", person)
            return
        work = [effect for effect in effects if isinstance(effect, RoundsDone)]
        with _FAILING_AS_STORE:
            if not self._written_over(person, effects, household, work):
                self._write(person, effects, household, work)
        if self._has_traces:
            # What matters here was written; what is left can be wiped by the next.
            with suppress(sqlite3.Error):
                self._wipe_log(0.0)

    def _written_over(
        self, person: str, effects: Sequence[Effect], household: str, work: Sequence[RoundsDone]
    ) -> bool:
        """Whether it could be done in short: what this thread has just read is still there."""
        seen: _Seen | None = getattr(self._thread, "seen", None)
        if seen is None or seen.person != person:
            return False
        self._thread.seen = None
        memory = encode(folded(seen.memory, effects, frozenset()))
        written = (memory, person, household or person, self._today(), seen.written)
        if not work:
            with self._connections.one() as connection, self._one_writer:
                return connection.execute(_UNCHANGED, written).rowcount == 1
        with suppress(_Otherwise), self._transaction() as connection:
            if connection.execute(_UNCHANGED, written).rowcount != 1:
                raise _Otherwise
            if _log(connection, person, work) != len(work):
                raise _Otherwise
            return True
        return False

    def _write(
        self, person: str, effects: Sequence[Effect], household: str, work: Sequence[RoundsDone]
    ) -> None:
        with self._transaction() as connection:
            known = _known(connection, person, work)
            memory = decode_or_begin_anew(_read(connection, person))
            memory = folded(memory, effects, known)
            written = (encode(memory), person, household or person, self._today())
            # An index is written anew wherever its column is set, be it to the same value.
            if not connection.execute(_SAME_DAY, written).rowcount:
                connection.execute(_ANOTHER_DAY, written)
            _log(connection, person, work)

    def _today(self) -> float:
        """When the day began: to forget people in time, no more needs to be known."""
        return self._clock() // _DAY * _DAY

    def history(self, person: str) -> list[RoundsDone]:
        """The whole log of a person's work, oldest first."""
        with _FAILING_AS_STORE, self._connections.one() as connection:
            rows = connection.execute(
                "SELECT id, exercise, rounds, whole, at, day FROM did WHERE person = ?"
                " ORDER BY at, id",
                (person,),
            )
            return [
                RoundsDone(row[0], row[1], row[2], bool(row[3]), row[4], row[5]) for row in rows
            ]

    def forget_household(self, household: str) -> None:
        """Erase everybody of a household, and the household itself."""
        self._erase("household = ?1 OR key = ?1", household)

    def expire(self, before: float) -> int:
        """Erase everybody not heard of since the beginning of that day."""
        return self._erase("heard_of < ?1", before // _DAY * _DAY)

    def _erase(self, condition: str, value: str | float) -> int:
        """Erase people, and every trace of them in the file and its log; how many there were."""
        with _FAILING_AS_STORE:
            with self._transaction() as connection:
                gone = connection.execute(f"DELETE FROM person WHERE {condition}", (value,))  # noqa: S608 - conditions are this module's own
            self._wipe_log(_READERS_SECONDS)
            return gone.rowcount

    def _wipe_log(self, seconds: float) -> None:
        """Take what was erased out of the log, unless somebody reads it for longer than that."""
        with self._connections.one() as connection, self._one_writer:
            self._has_traces = True
            connection.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")
            try:
                wiped = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
            is_busy, _, _ = wiped
            self._has_traces = bool(is_busy)

    def check(self) -> None:
        """Raise StoreFailed unless the file can be read and written now."""
        with _FAILING_AS_STORE:
            if _identity(self._path) != self._file:
                raise StoreFailed(f"{self._path.name} was replaced while it was in use")
            with self._transaction() as connection:
                connection.execute("SELECT count(*) FROM person WHERE key = ''").fetchone()

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._connections.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._connections.one() as connection, self._one_writer:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def _keep_a_log(self) -> None:
        """Switch the file to write-ahead logging, once and for all.

        SQLite itself does not wait here for another process that is doing the same.
        """
        end = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                with self._connections.one() as connection:
                    connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(_PAUSE)
            else:
                return

    def _migrate(self) -> None:
        with self._transaction() as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > len(_MIGRATIONS):
                raise StoreFailed(f"{self._path.name} was written by a later version")
            for script in _MIGRATIONS[version:]:
                for statement in script.split(";"):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")


def _identity(path: Path) -> tuple[int, int]:
    """Which file it is, whatever it is called."""
    status = path.stat()
    return status.st_dev, status.st_ino


def _read(connection: sqlite3.Connection, person: str) -> bytes | None:
    row = connection.execute("SELECT memory FROM person WHERE key = ?", (person,)).fetchone()
    return row[0] if row else None


def _log(connection: sqlite3.Connection, person: str, work: Sequence[RoundsDone]) -> int:
    """Enter work into the log, but for what is there already; how many pieces were new."""
    rows = [(person, d.id, d.exercise, d.rounds, d.whole, d.at, d.day) for d in work]
    statement = "INSERT OR IGNORE INTO did VALUES (?, ?, ?, ?, ?, ?, ?)"
    return connection.executemany(statement, rows).rowcount


def _known(
    connection: sqlite3.Connection, person: str, work: Sequence[RoundsDone]
) -> frozenset[str]:
    """Ids of this work that are in the log already."""
    query = "SELECT 1 FROM did WHERE person = ? AND id = ?"
    return frozenset(d.id for d in work if connection.execute(query, (person, d.id)).fetchone())


class _FailingAsStore:
    """Whatever goes wrong with the file is the store's failure."""

    def __init__(self, where: str = "") -> None:
        self._where = where

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if isinstance(error, sqlite3.Error | OSError | ValueError):
            raise StoreFailed(f"{self._where}{type(error).__name__}: {error}") from error


_FAILING_AS_STORE = _FailingAsStore()
