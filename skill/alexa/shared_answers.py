"""Answers remembered in a file, for workers in several processes and for after a crash."""

import itertools
import logging
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from skill.alexa.verification.replay import Claim, RequestKey

BUSY_SECONDS = 2.0
"""How long a write waits for another process before it fails."""

LEASE_SECONDS = 8.0
"""How long a claim is believed. Alexa waits no longer for an answer."""

MOST_ANSWERS = 10_000
"""Answers kept whole; of older ones only that they were given."""

SWEEP_EVERY = 200
"""Claims between two removals of what has expired."""

_POLL_SECONDS = 0.02
_NONCE_BYTES = 12
_SCHEMA = """
CREATE TABLE IF NOT EXISTS claim (
    number INTEGER PRIMARY KEY,
    request BLOB NOT NULL UNIQUE,
    until REAL NOT NULL,
    owner TEXT,
    claimed REAL NOT NULL,
    answer BLOB
)
"""

_OWNERS_HERE: set[str] = set()

log = logging.getLogger(__name__)
_Outcome = TypeVar("_Outcome")


class SharedAnswers:
    """An ``AnswerStore`` in one SQLite file, for any number of threads and processes.

    An answer may say what a person said, so it is sealed with its request's own key, which the
    file does not hold: only who has the request can read its answer. Where the file cannot be
    used requests are answered unprotected, for a replay changes nothing that was not changed.
    """

    def __init__(self, path: Path) -> None:
        """Opens or makes the file; raises ``sqlite3.Error`` or ``OSError`` if it cannot."""
        self._path = path
        self._local = threading.local()
        # A number of a process may come again after a crash, this name will not.
        self._owner = f"{os.getpid()}:{secrets.token_hex(8)}"
        _OWNERS_HERE.add(self._owner)
        self._claims = itertools.count(1)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._connection().execute(_SCHEMA)

    def claim(self, key: RequestKey, now: datetime, until: datetime) -> bytes | Claim:
        """The answer if there is one, else what to do."""
        if next(self._claims) % SWEEP_EVERY == 0:
            self._unless_broken(lambda c: _sweep(c, now.timestamp()), None)
        wanted = (_name(key), now.timestamp(), until.timestamp())
        granted: bytes | Claim = Claim.GRANTED
        return self._unless_broken(lambda c: self._claimed(c, key, *wanted), granted)

    def keep(self, key: RequestKey, answer: bytes) -> None:
        """Remember the answer to a claimed request."""
        sealed = _seal(key, answer)
        self._unless_broken(
            lambda c: c.execute(
                "UPDATE claim SET answer = ?, owner = NULL WHERE request = ?", (sealed, _name(key))
            ),
            None,
        )

    def release(self, key: RequestKey) -> None:
        """Give a claim up with no answer."""
        mine = (_name(key), self._owner)
        self._unless_broken(
            lambda c: c.execute("DELETE FROM claim WHERE request = ? AND owner = ?", mine), None
        )

    def wait(self, key: RequestKey, seconds: float) -> None:  # noqa: ARG002 - the protocol's
        """Return after a moment: another process cannot be heard."""
        time.sleep(min(seconds, _POLL_SECONDS))

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            del self._local.connection

    def _claimed(
        self, connection: sqlite3.Connection, key: RequestKey, name: bytes, now: float, until: float
    ) -> bytes | Claim:
        added = connection.execute(
            "INSERT INTO claim (request, until, owner, claimed) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (request) DO UPDATE SET until = excluded.until, owner = excluded.owner,"
            " claimed = excluded.claimed, answer = NULL WHERE until <= excluded.claimed",
            (name, until, self._owner, now),
        ).rowcount
        if added:
            return Claim.GRANTED
        row = connection.execute(
            "SELECT owner, claimed, answer FROM claim WHERE request = ?", (name,)
        ).fetchone()
        if row is None:
            return Claim.TAKEN
        owner, claimed, answer = row
        if owner is None:
            return Claim.FORGOTTEN if answer is None else _unseal(key, answer)
        if 0 <= now - claimed < LEASE_SECONDS and self._lives(owner):
            return Claim.TAKEN
        taken_over = connection.execute(
            "UPDATE claim SET owner = ?, claimed = ?, until = ?"
            " WHERE request = ? AND owner = ? AND claimed = ?",
            (self._owner, now, until, name, owner, claimed),
        ).rowcount
        return Claim.GRANTED if taken_over else Claim.TAKEN

    @staticmethod
    def _lives(owner: str) -> bool:
        number = int(owner.partition(":")[0])
        if number == os.getpid():
            return owner in _OWNERS_HERE
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            pass
        return True

    def _connection(self) -> sqlite3.Connection:
        existing: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if existing is not None:
            return existing
        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        self._local.connection = connection
        return connection

    def _unless_broken(
        self, work: Callable[[sqlite3.Connection], _Outcome], otherwise: _Outcome
    ) -> _Outcome:
        try:
            return work(self._connection())
        except sqlite3.Error as error:
            log.error("answers cannot be remembered: %s", error)  # noqa: TRY400 - one line
            return otherwise


def _sweep(connection: sqlite3.Connection, now: float) -> None:
    connection.execute("DELETE FROM claim WHERE until <= ?", (now,))
    connection.execute(
        "UPDATE claim SET answer = NULL WHERE answer IS NOT NULL"
        " AND number <= (SELECT max(number) FROM claim) - ?",
        (MOST_ANSWERS,),
    )


def _name(key: RequestKey) -> bytes:
    return blake2b(key, digest_size=16).digest()


def _seal(key: RequestKey, answer: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, answer, None)


def _unseal(key: RequestKey, sealed: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
