"""The embedded store: one SQLite file in WAL mode, for any number of threads and processes."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import msgspec

from skill.coach.memory import Cleared, Did, Effect, Forgotten, Memory, Preferred, Underway, Voided
from skill.coach.state import Guidance
from skill.store.interface import StoreFailed

BUSY_SECONDS = 2.0
"""How long a write waits for another process before it fails."""

_MIGRATIONS = (
    """
    CREATE TABLE person (
        key TEXT PRIMARY KEY,
        cleared REAL,
        fully_cleared REAL,
        stopped_for_pain INTEGER NOT NULL DEFAULT 0,
        pace TEXT NOT NULL DEFAULT 'normal',
        underway BLOB,
        underway_at REAL
    ) WITHOUT ROWID;
    CREATE TABLE did (
        person TEXT NOT NULL REFERENCES person (key) ON DELETE CASCADE,
        id TEXT NOT NULL,
        exercise TEXT NOT NULL,
        rounds INTEGER NOT NULL,
        whole INTEGER NOT NULL,
        at REAL NOT NULL,
        PRIMARY KEY (person, id)
    ) WITHOUT ROWID;
    CREATE INDEX did_at ON did (person, at);
    CREATE TABLE times (
        person TEXT NOT NULL REFERENCES person (key) ON DELETE CASCADE,
        exercise TEXT NOT NULL,
        sessions INTEGER NOT NULL,
        PRIMARY KEY (person, exercise)
    ) WITHOUT ROWID;
    """,
)
"""One script for each version of the schema, applied in order."""


class SqliteStore:
    """People are kept under a hash of their key, so that a lost file names nobody."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file; raises StoreFailed if that cannot be done."""
        self._path = path
        self._local = threading.local()
        with _failing_as_store():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._migrate()

    def recall(self, person: str, midnight: float) -> Memory:
        """What is known of a person; today begins at this Unix time."""
        key = _hashed(person)
        with _failing_as_store():
            return self._read(self._connection(), key, midnight)

    def keep(self, person: str, effects: Sequence[Effect]) -> None:
        """Carry out a turn's effects in one transaction."""
        if not effects:
            return
        key = _hashed(person)
        with _failing_as_store(), self._transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO person (key) VALUES (?)", (key,))
            for effect in effects:
                _carry_out(connection, key, effect)

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

    def _read(self, connection: sqlite3.Connection, key: str, midnight: float) -> Memory:
        row = connection.execute(
            "SELECT cleared, fully_cleared, stopped_for_pain, pace, underway, underway_at"
            " FROM person WHERE key = ?",
            (key,),
        ).fetchone()
        if row is None:
            return Memory()
        today = connection.execute(
            "SELECT exercise, sum(rounds), sum(whole) FROM did"
            " WHERE person = ? AND at >= ? GROUP BY exercise",
            (key, midnight),
        ).fetchall()
        times = connection.execute(
            "SELECT exercise, sessions FROM times WHERE person = ?", (key,)
        ).fetchall()
        return Memory(
            cleared=row[0],
            fully_cleared=row[1],
            stopped_for_pain=bool(row[2]),
            pace=row[3],
            underway=_guidance(row[4]),
            underway_at=row[5],
            times=dict(times),
            rounds_today={exercise: rounds for exercise, rounds, _ in today},
            sessions_today={exercise: whole for exercise, _, whole in today if whole},
        )


def _carry_out(connection: sqlite3.Connection, key: str, effect: Effect) -> None:
    match effect:
        case Cleared(at, full):
            connection.execute(
                "UPDATE person SET cleared = ?, stopped_for_pain = 0,"
                " fully_cleared = CASE WHEN ? THEN ? ELSE fully_cleared END WHERE key = ?",
                (at, full, at, key),
            )
        case Voided():
            connection.execute(
                "UPDATE person SET cleared = NULL, fully_cleared = NULL, stopped_for_pain = 1"
                " WHERE key = ?",
                (key,),
            )
        case Did():
            _record(connection, key, effect)
        case Underway(guidance, at):
            kept = None if guidance is None else msgspec.json.encode(guidance)
            connection.execute(
                "UPDATE person SET underway = ?, underway_at = ? WHERE key = ?", (kept, at, key)
            )
        case Preferred(pace):
            connection.execute("UPDATE person SET pace = ? WHERE key = ?", (pace, key))
        case Forgotten():
            connection.execute("DELETE FROM person WHERE key = ?", (key,))


def _record(connection: sqlite3.Connection, key: str, work: Did) -> None:
    added = connection.execute(
        "INSERT OR IGNORE INTO did VALUES (?, ?, ?, ?, ?, ?)",
        (key, work.id, work.exercise, work.rounds, work.whole, work.at),
    ).rowcount
    if added and work.whole:
        connection.execute(
            "INSERT INTO times VALUES (?, ?, 1)"
            " ON CONFLICT (person, exercise) DO UPDATE SET sessions = sessions + 1",
            (key, work.exercise),
        )


def _guidance(kept: bytes | None) -> Guidance | None:
    """Guidance as it was kept; None where there is none, or an older version wrote it."""
    if kept is None:
        return None
    try:
        return msgspec.json.decode(kept, type=Guidance)
    except msgspec.DecodeError:
        return None


def _hashed(person: str) -> str:
    return sha256(person.encode()).hexdigest()


@contextmanager
def _failing_as_store() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StoreFailed(f"{type(error).__name__}: {error}") from error
