"""Real faults of a SQLite file, each put there and lifted again."""

import os
import resource
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

Fault = Callable[[Path], AbstractContextManager[None]]
"""Hurts the store in a file's folder, until the end of the `with` block."""

DISK = "size=1m"


def can_mount() -> bool:
    """Whether this user may mount a disk of its own; elsewhere those tests are left out."""
    return (
        os.geteuid() == 0
        and not subprocess.run(
            ["unshare", "--mount", "true"], check=False, capture_output=True
        ).returncode
    )


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A folder that is a disk of one megabyte."""
    folder.mkdir(exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", DISK, "none", str(folder))
    try:
        yield
    finally:
        _run("umount", "--lazy", str(folder))


@contextmanager
def disk_full(file: Path) -> Iterator[None]:
    """Not one more byte fits on the disk. The log is empty, so that none of it is used again."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ballast = file.with_name("ballast")
    with ballast.open("wb", buffering=0) as filling:
        for size in (65536, 4096, 1):
            with suppress(OSError):
                while filling.write(b"x" * size):
                    pass
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def nothing_is_written(file: Path) -> Iterator[None]:
    """No file of this process takes a byte, as on a disk that went read-only under it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Somebody else writes, and does not come to an end."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@contextmanager
def corrupt(file: Path) -> Iterator[None]:
    """The file and its log are overwritten. They are removed in the end: nothing mends them."""
    for part in (file, log_of(file)):
        part.write_bytes(b"spoilt " * 2000)
    yield
    _remove(file)


@contextmanager
def truncated(file: Path) -> Iterator[None]:
    """The file has lost all its bytes; it is removed in the end."""
    os.truncate(file, 0)
    yield
    _remove(file)


@contextmanager
def without_tables(file: Path) -> Iterator[None]:
    """The table of people has another name."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE person RENAME TO elsewhere")
        try:
            yield
        finally:
            connection.execute("ALTER TABLE elsewhere RENAME TO person")


@contextmanager
def from_the_future(file: Path) -> Iterator[None]:
    """A later version has been at the file."""
    with closing(sqlite3.connect(file)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute("PRAGMA user_version = 99")
        try:
            yield
        finally:
            connection.execute(f"PRAGMA user_version = {version}")


@contextmanager
def no_descriptors(file: Path) -> Iterator[None]:
    """This process can open nothing more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Path(os.devnull).open("rb") as highest:
        resource.setrlimit(resource.RLIMIT_NOFILE, (highest.fileno(), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextmanager
def removed(file: Path) -> Iterator[None]:
    """The file and its log are gone for good."""
    _remove(file)
    yield


@contextmanager
def log_removed(file: Path) -> Iterator[None]:
    """The log is gone for good, and nothing else."""
    log_of(file).unlink()
    yield


def log_of(file: Path) -> Path:
    """The write-ahead log of a file."""
    return file.with_name(f"{file.name}-wal")


def _remove(file: Path) -> None:
    for part in (file, log_of(file), file.with_name(f"{file.name}-shm")):
        part.unlink(missing_ok=True)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


IN_PLACE: dict[str, Fault] = {
    "locked": locked,
    "corrupt": corrupt,
    "truncated": truncated,
    "without tables": without_tables,
    "from the future": from_the_future,
    "no descriptors": no_descriptors,
    "log removed": log_removed,
    "file removed": removed,
}
"""Faults that need no disk of their own."""
