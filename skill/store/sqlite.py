"""The embedded store: one SQLite file in WAL mode, for any number of threads and processes."""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from skill.coach.effects import Effect, RoundsDone, withdrawals_among
from skill.coach.memory import Memory
from skill.store.base import MemoryChanged, StoreFailed, WrittenLater, refuse_most
from skill.store.codec import (
    check_unchanged,
    decode,
    decode_or_begin_anew,
    encode,
    ends_forgotten,
    folded,
)
from skill.store.files import StoreFiles, new_private
from skill.store.sqlite_connections import Connections
from skill.store.withdrawals import (
    Withdrawal,
    WithdrawalJournal,
    after_withdrawals,
)

BUSY_SECONDS = 1.5
"""How long a write waits for another process before it fails, and as long for another thread."""
CHECK_SECONDS = 0.4
"""The same for a check, whose answer is due within a second."""
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


log = logging.getLogger(__name__)


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
        self._opening = threading.Lock()
        self._files = StoreFiles(path)
        self._untold = ""
        """What happened to the file, until a check has told it."""
        with _FailingAsStore(f"{path}: "):
            self._open()
            self._journal = WithdrawalJournal(self._files.journal)
            self._files.know()

    def recall(self, person: str) -> Memory:
        """What is known of a person, after what was withdrawn and is not written yet."""
        with _FAILING_AS_STORE:
            self._notice_other_files()
            pending = self._journal.pending()
            with self._connections.one() as connection:
                written = _read(connection, person)
            memory = decode(written)
            self._thread.seen = _Seen(person, written, memory) if written else None
            return after_withdrawals(memory, person, pending) if pending else memory

    def keep(
        self,
        person: str,
        effects: Sequence[Effect],
        household: str = "",
        expected: Memory | None = None,
    ) -> None:
        """Carry out a turn's effects in one transaction."""
        if not effects:
            return
        try:
            with _FAILING_AS_STORE:
                self._keep(person, effects, household, expected)
        except MemoryChanged:
            raise
        except StoreFailed as failure:
            withdrawn = withdrawals_among(effects)
            if withdrawn and self._journal.add(person, withdrawn, household):
                raise WrittenLater(str(failure)) from failure
            raise
        if self._has_traces:
            # What matters here was written; what is left can be wiped by the next.
            with suppress(sqlite3.Error, StoreFailed):
                self._wipe_log(_READERS_SECONDS if ends_forgotten(effects) else 0.0)

    def _keep(
        self, person: str, effects: Sequence[Effect], household: str, expected: Memory | None
    ) -> None:
        self._notice_other_files()
        work = [effect for effect in effects if isinstance(effect, RoundsDone)]
        pending = self._journal.pending()
        is_grave = bool(pending) or bool(withdrawals_among(effects))
        if is_grave or not self._written_over(person, effects, household, work, expected):
            self._write(person, effects, household, expected, is_grave=is_grave)

    def _written_over(
        self,
        person: str,
        effects: Sequence[Effect],
        household: str,
        work: Sequence[RoundsDone],
        expected: Memory | None,
    ) -> bool:
        """Whether it could be done in short: what this thread has just read is still there."""
        seen: _Seen | None = getattr(self._thread, "seen", None)
        if seen is None or seen.person != person:
            return False
        self._thread.seen = None
        check_unchanged(seen.written, expected)
        memory = encode(folded(seen.memory, effects, frozenset()))
        written = (memory, person, household or person, self._today(), seen.written)
        if not work:
            with self._connections.one() as connection, self._writing():
                return connection.execute(_UNCHANGED, written).rowcount == 1
        with suppress(_Otherwise), self._transaction() as connection:
            if connection.execute(_UNCHANGED, written).rowcount != 1:
                raise _Otherwise
            if _log(connection, person, work) != len(work):
                raise _Otherwise
            return True
        return False

    def _write(
        self,
        person: str,
        effects: Sequence[Effect],
        household: str,
        expected: Memory | None,
        *,
        is_grave: bool,
    ) -> None:
        """Carry out effects, after the withdrawals that waited; synced if it is grave."""
        with self._transaction(is_synced=is_grave) as connection:
            pending = self._carry_over(connection) if is_grave else ()
            written = _read(connection, person) if expected is not None else None
            check_unchanged(written, expected)
            self._carry_out(connection, person, effects, household)
        self._carried_over(pending)

    def _carry_out(
        self,
        connection: sqlite3.Connection,
        person: str,
        effects: Sequence[Effect],
        household: str,
    ) -> None:
        if ends_forgotten(effects):
            connection.execute("DELETE FROM person WHERE key = ?", (person,))
            self._has_traces = True
            return
        work = [effect for effect in effects if isinstance(effect, RoundsDone)]
        known = _known(connection, person, work)
        memory = decode_or_begin_anew(_read(connection, person))
        memory = folded(memory, effects, known)
        written = (encode(memory), person, household or person, self._today())
        # An index is written again wherever its column is set, even to the same value.
        if not connection.execute(_SAME_DAY, written).rowcount:
            connection.execute(_ANOTHER_DAY, written)
        _log(connection, person, work)

    def _carry_over(self, connection: sqlite3.Connection) -> tuple[Withdrawal, ...]:
        """Write the withdrawals that waited; what they were."""
        pending = self._journal.pending()
        for withdrawal in pending:
            household = withdrawal.household
            for effect in withdrawal.effects:
                self._carry_out(connection, withdrawal.person, (effect,), household)
        return pending

    def _carried_over(self, pending: Sequence[Withdrawal]) -> None:
        if pending:
            self._journal.remove(pending)
            log.warning("withdrawals of %d people were written late", len(pending))

    def _today(self) -> float:
        """When the day began: to forget people in time, no more needs to be known."""
        return self._clock() // _DAY * _DAY

    def history(self, person: str) -> list[RoundsDone]:
        """The whole log of a person's work, oldest first."""
        with _FAILING_AS_STORE:
            self._notice_other_files()
            pending = self._journal.pending()
            if any(w.person == person and ends_forgotten(w.effects) for w in pending):
                return []
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
        with _FAILING_AS_STORE:
            self._notice_other_files()
            with self._transaction(is_synced=True) as connection:
                # What is pending of theirs must not bring anybody back.
                pending = self._carry_over(connection)
                connection.execute(
                    "DELETE FROM person WHERE household = ?1 OR key = ?1", (household,)
                )
            self._carried_over(pending)
            self._wipe_log(_READERS_SECONDS)

    def expire(self, before: float, *, even_most: bool = False) -> int:
        """Erase everybody not heard of since the beginning of that day."""
        with _FAILING_AS_STORE:
            self._notice_other_files()
            with self._transaction(is_synced=True) as connection:
                old = "FROM person WHERE heard_of < ?"
                day = (before // _DAY * _DAY,)
                (count,) = connection.execute(f"SELECT count(*) {old}", day).fetchone()
                (everybody,) = connection.execute("SELECT count(*) FROM person").fetchone()
                if not even_most:
                    refuse_most(count, everybody)
                connection.execute(f"DELETE {old}", day)
            self._wipe_log(_READERS_SECONDS)
            return int(count)

    def _wipe_log(self, seconds: float) -> None:
        """Take what was erased out of the log, unless somebody reads it for longer than that."""
        with self._connections.one() as connection, self._writing():
            self._has_traces = True
            connection.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")
            try:
                wiped = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
            is_busy, _, _ = wiped
            self._has_traces = bool(is_busy)

    def check(self) -> None:
        """Raise StoreFailed unless the file can be read and written now; this writes a page."""
        with _FAILING_AS_STORE:
            self._notice_other_files()
            untold, self._untold = self._untold, ""
            if untold:
                raise StoreFailed(untold)
            with self._transaction(seconds=CHECK_SECONDS) as connection:
                connection.execute("SELECT count(*) FROM person WHERE key = ''").fetchone()
                self._require_known(version := _version(connection))
                _write_version(connection, version)
            if self._journal.pending():
                with self._transaction(is_synced=True, seconds=CHECK_SECONDS) as connection:
                    pending = self._carry_over(connection)
                self._carried_over(pending)

    def backup(self, target: Path) -> None:
        """Copy the file as it is at one moment, log and pending withdrawals included.

        Raises:
            StoreFailed: there is such a file already, or it could not be written.
        """
        with _FAILING_AS_STORE:
            self.check()
            new_private(target)
            copy = sqlite3.connect(target)
            try:
                with self._connections.one() as connection:
                    connection.backup(copy)
            finally:
                copy.close()

    def close(self) -> None:
        """Write what waits, move the log into the file, and close the connections not in use."""
        try:
            self.check()
            with _FAILING_AS_STORE:
                self._wipe_log(_READERS_SECONDS)
        except StoreFailed as error:
            log.error("the store could not be closed cleanly: %s", error)  # noqa: TRY400 - one line
        self._files.forget()
        self._connections.close()
        self._journal.close()

    @contextmanager
    def _transaction(
        self, *, is_synced: bool = False, seconds: float | None = None
    ) -> Iterator[sqlite3.Connection]:
        """One transaction.

        Args:
            is_synced: whether it is on the disk itself before this goes on.
            seconds: how long to wait for other writers; by default as long as a person can.
        """
        with self._connections.one() as connection, self._writing(seconds):
            if seconds is not None:
                connection.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")
            if is_synced:
                connection.execute("PRAGMA synchronous = FULL")
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
            finally:
                if is_synced:
                    connection.execute("PRAGMA synchronous = NORMAL")
                if seconds is not None:
                    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")

    @contextmanager
    def _writing(self, seconds: float | None = None) -> Iterator[None]:
        """The right of this thread, alone in this process, to write."""
        if not self._one_writer.acquire(timeout=BUSY_SECONDS if seconds is None else seconds):
            raise StoreFailed(f"{self._path.name} is locked by others of this process")
        try:
            yield
        finally:
            self._one_writer.release()

    def _open(self) -> None:
        self._files.create()
        self._keep_a_log()
        self._migrate()
        self._files.make_private()

    def _notice_other_files(self) -> None:
        """Raise StoreFailed if a file was removed or replaced; the next use finds it open again."""
        if self._files.are_known(is_log_open=self._connections.are_open):
            return
        with self._opening:
            if self._files.are_known(is_log_open=self._connections.are_open):
                return
            is_first = self._files.are_new
            used, self._connections = self._connections, Connections(self._path, BUSY_SECONDS)
            # SQLite saves what it can of a log without a name when the last connection is closed.
            used.close()
            self._open()
            self._journal.reopen()
            self._files.know()
        if not is_first:
            self._untold = f"{self._path.name} or its log was removed while it was in use"
            raise StoreFailed(self._untold)

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

    def _require_known(self, version: int) -> None:
        if version > len(_MIGRATIONS):
            raise StoreFailed(f"{self._path.name} was written by a later version")

    def _migrate(self) -> None:
        with self._transaction() as connection:
            version = _version(connection)
            self._require_known(version)
            for script in _MIGRATIONS[version:]:
                for statement in script.split(";"):
                    connection.execute(statement)
            if version < len(_MIGRATIONS):
                _write_version(connection, len(_MIGRATIONS))


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _write_version(connection: sqlite3.Connection, version: int) -> None:
    connection.execute(f"PRAGMA user_version = {version}")


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
