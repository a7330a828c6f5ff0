"""Write-ahead journal of withdrawals: pain, doubt and forgetting that the store could not take.

The file lies beside the store and has its full size from the start, so that a disk without space
stops nobody from writing into it. All processes share it. What is in it counts at once, and is the
first thing that the next write carries over into the store, in whichever process that is.
"""

import fcntl
import logging
import os
import threading
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from skill.coach.effects import Withdrawn
from skill.coach.memory import Memory
from skill.store.codec import ends_forgotten, folded

SLOTS = 128
"""People whose withdrawals the file holds at once."""
SLOT_BYTES = 256
LOCK_SECONDS = 0.5
"""How long another process may hold the file."""

_EMPTY = bytes(SLOTS * SLOT_BYTES)

log = logging.getLogger(__name__)


class Withdrawal(Struct, frozen=True, omit_defaults=True):
    """What somebody withdrew, in order."""

    person: str
    effects: tuple[Withdrawn, ...]
    household: str = ""


def after_withdrawals(memory: Memory, person: str, pending: Sequence[Withdrawal]) -> Memory:
    """A person's memory once what is pending is written."""
    for withdrawal in pending:
        if withdrawal.person == person:
            memory = folded(memory, withdrawal.effects, frozenset())
    return memory


class WithdrawalJournal:
    """Withdrawals that wait for the store. Without a file, or where it fails, in this process."""

    def __init__(self, path: Path | None = None) -> None:
        """Opens or makes the file; raises OSError if that cannot be done."""
        self._path = path
        self._lock = threading.Lock()
        self._file = -1 if path is None else _opened(path)
        if path is not None:
            weakref.finalize(self, os.close, self._file)
        self._unwritten: dict[str, Withdrawal] = {}
        """What only this process knows of."""

    def add(self, person: str, effects: Sequence[Withdrawn], household: str) -> bool:
        """Keep a withdrawal until it is written.

        Returns:
            Whether it is safe; if not, only this process has it, and it would be lost with it.
        """
        more = Withdrawal(person, tuple(effects), household)
        with self._lock:
            if self._path is not None:
                try:
                    with self._locked_file() as file:
                        _put(file, more)
                except OSError as error:
                    log.error("a withdrawal could not be kept: %s", error)  # noqa: TRY400
                else:
                    return True
            self._unwritten[person] = _merged(self._unwritten.get(person), more)
        return False

    def pending(self) -> tuple[Withdrawal, ...]:
        """All that waits; raises OSError if nobody can tell."""
        own = tuple(self._unwritten.values()) if self._unwritten else ()
        if self._path is None:
            return own
        written = os.pread(self._file, len(_EMPTY), 0)
        if written == _EMPTY:
            return own
        return (*(found for _, found in _slots(written) if found is not None), *own)

    def remove(self, done: Sequence[Withdrawal]) -> None:
        """Let go of what is in the store now. What came meanwhile stays."""
        with self._lock:
            for withdrawal in done:
                if self._unwritten.get(withdrawal.person) == withdrawal:
                    del self._unwritten[withdrawal.person]
            if self._path is None:
                return
            with self._locked_file() as file:
                for place, found in _slots(os.pread(file, len(_EMPTY), 0)):
                    if found is None or found in done:
                        _write(file, bytes(SLOT_BYTES), place)

    def reopen(self) -> None:
        """Use the file that has the name now; raises OSError."""
        if self._path is None:
            return
        with self._lock:
            file = _opened(self._path)
            os.dup2(file, self._file)
            os.close(file)

    def close(self) -> None:
        """A line if something is lost with this process."""
        if self._unwritten:
            log.error("the store never took what was withdrawn; people: %d", len(self._unwritten))

    @contextmanager
    def _locked_file(self) -> Iterator[int]:
        end = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.005)
            else:
                break
        try:
            yield self._file
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)


def _opened(path: Path) -> int:
    """The file, private and of its full size: bytes that are there can be written on any disk."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    size = os.fstat(file).st_size
    if size < len(_EMPTY):
        os.pwrite(file, _EMPTY[size:], size)
        os.fsync(file)
    return file


def _slots(written: bytes) -> Iterator[tuple[int, Withdrawal | None]]:
    """Where each withdrawal begins, and what it is; None for a part of one."""
    for place in range(0, len(written), SLOT_BYTES):
        text = written[place : place + SLOT_BYTES].rstrip(b"\0")
        if not text:
            continue
        try:
            yield place, msgspec.json.decode(text, type=Withdrawal)
        except ValueError:
            yield place, None


def _put(file: int, more: Withdrawal) -> None:
    written = os.pread(file, len(_EMPTY), 0)
    theirs = [(place, w) for place, w in _slots(written) if w and w.person == more.person]
    free = (p for p in range(0, len(_EMPTY), SLOT_BYTES) if not written[p : p + 1].strip(b"\0"))
    place, before = theirs[0] if theirs else (next(free, -1), None)
    text = msgspec.json.encode(_merged(before, more))
    if place < 0 or len(text) > SLOT_BYTES:
        raise OSError("the journal of withdrawals has no room")
    _write(file, text.ljust(SLOT_BYTES, b"\0"), place)


def _write(file: int, slot: bytes, place: int) -> None:
    """Write a slot to the disk itself, or raise OSError."""
    if os.pwrite(file, slot, place) != len(slot):
        raise OSError("only a part of a withdrawal could be written")
    os.fdatasync(file)


def _merged(before: Withdrawal | None, more: Withdrawal) -> Withdrawal:
    if before is None:
        return more
    effects = [effect for effect in before.effects if effect not in more.effects]
    if ends_forgotten(more.effects):
        effects = []
    household = more.household or before.household
    return Withdrawal(more.person, (*effects, *more.effects), household)
