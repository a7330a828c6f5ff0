"""The embedded store: one SQLite file in WAL mode, for any number of threads and processes."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from skill.coach.memory import Did, Effect, Memory
from skill.store.interface import StoreFailed
from skill.store.record import decode, encode, ends_forgotten, folded, hashed

BUSY_SECONDS = 2.0
"""How long a write waits for another process before it fails."""

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


class SqliteStore:
    """People are kept under a hash of their key, so that a lost file names nobody."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        """Opens or makes the file; raises StoreFailed if that cannot be done."""
        self._path = path
        self._clock = clock
        self._local = threading.local()
        with _failing_as_store():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._migrate()

    def recall(self, person: str) -> Memory:
        """What is known of a person."""
        with _failing_as_store():
            return _read(self._connection(), hashed(person)) or Memory()

    def keep(self, person: str, effects: Sequence[Effect], household: str = "") -> None:
        """Carry out a turn's effects in one transaction."""
        if not effects:
            return
        key = hashed(person)
        with _failing_as_store(), self._transaction() as connection:
            if ends_forgotten(effects):
                connection.execute("DELETE FROM person WHERE key = ?", (key,))
                return
            work = [effect for effect in effects if isinstance(effect, Did)]
            known = _known(connection, key, work)
            memory = folded(_read(connection, key) or Memory(), effects, known)
            connection.execute(
                "INSERT INTO person VALUES (?1, ?2, ?3, ?4)"
                " ON CONFLICT (key) DO UPDATE SET household = ?2, memory = ?3, heard_of = ?4",
                (key, hashed(household or person), encode(memory), self._clock()),
            )
            connection.executemany(
                "INSERT OR IGNORE INTO did VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(key, d.id, d.exercise, d.rounds, d.whole, d.at, d.day) for d in work],
            )

    def history(self, person: str) -> list[Did]:
        """The whole log of a person's work, oldest first."""
        with _failing_as_store():
            rows = self._connection().execute(
                "SELECT id, exercise, rounds, whole, at, day FROM did WHERE person = ?"
                " ORDER BY at, id",
                (hashed(person),),
            )
            return [Did(row[0], row[1], row[2], bool(row[3]), row[4], row[5]) for row in rows]

    def forget_household(self, household: str) -> None:
        """Erase everybody of a household, and the household itself."""
        key = hashed(household)
        with _failing_as_store(), self._transaction() as connection:
            connection.execute("DELETE FROM person WHERE household = ?1 OR key = ?1", (key,))

    def expire(self, before: float) -> int:
        """Erase everybody not heard of since then."""
        with _failing_as_store(), self._transaction() as connection:
            gone = connection.execute("DELETE FROM person WHERE heard_of < ?", (before,))
            return gone.rowcount

    def check(self) -> None:
        """Raise StoreFailed unless the file can be read and written now."""
        with _failing_as_store(), self._transaction() as connection:
            connection.execute("SELECT count(*) FROM person WHERE key = ''").fetchone()

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            del self._local.connection

    def _connection(self) -> sqlite3.Connection:
        existing: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if existing is not None:
            return existing
        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        # What is erased shall be gone from the file, too.
        connection.execute("PRAGMA secure_delete = ON")
        self._local.connection = connection
        return connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()

    def _migrate(self) -> None:
        with self._transaction() as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > len(_MIGRATIONS):
                raise StoreFailed(f"{self._path.name} was written by a later version")
            for script in _MIGRATIONS[version:]:
                for statement in script.split(";"):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")


def _read(connection: sqlite3.Connection, key: str) -> Memory | None:
    row = connection.execute("SELECT memory FROM person WHERE key = ?", (key,)).fetchone()
    return decode(row[0]) if row else None


def _known(connection: sqlite3.Connection, key: str, work: Sequence[Did]) -> frozenset[str]:
    """Ids of this work that are in the log already."""
    query = "SELECT 1 FROM did WHERE person = ? AND id = ?"
    return frozenset(d.id for d in work if connection.execute(query, (key, d.id)).fetchone())


@contextmanager
def _failing_as_store() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, ValueError) as error:
        raise StoreFailed(f"{type(error).__name__}: {error}") from error
