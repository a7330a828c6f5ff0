"""Files of a SQLite store: private ones, and whether they are still the ones that were opened."""

import os
from contextlib import suppress
from pathlib import Path

JOURNAL = ".withdrawn"
"""What the name of the journal of withdrawals ends with."""
_PRIVATE = 0o600

Identity = tuple[int, int] | None
"""Device and number of a file, whatever its name; None if there is none."""


class StoreFiles:
    """The file, its write-ahead log, and the journal of withdrawals.

    What is written into a file that has lost its name is never found again: each use looks first.
    """

    def __init__(self, path: Path) -> None:
        """Args: path: the file; the others have its name and an ending."""
        self.journal = path.with_name(path.name + JOURNAL)
        self._path = path
        self._names = (str(path), f"{path}-wal", str(self.journal))
        self._known: tuple[Identity, ...] = ()

    @property
    def are_new(self) -> bool:
        """Whether none were known before, or since they were closed."""
        return not self._known

    def create(self) -> None:
        """Make the file, if there is none, for its owner alone; raises OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _PRIVATE))

    def make_private(self) -> None:
        """Take from others what an earlier version left them."""
        for name in self._names:
            with suppress(FileNotFoundError, PermissionError):
                Path(name).chmod(_PRIVATE)

    def know(self) -> None:
        """These are the ones in use."""
        self._known = self._present()

    def forget(self) -> None:
        """None are in use."""
        self._known = ()

    def are_known(self, *, is_log_open: bool) -> bool:
        """Whether they are the ones in use. Who closes a log as the last removes it, rightly."""
        present = self._present()
        if present == self._known:
            return True
        if not self._known:
            return False
        (file, _, journal), (own_file, own_log, own_journal) = present, self._known
        if (file, journal) != (own_file, own_journal) or (own_log is not None and is_log_open):
            return False
        self._known = present
        return True

    def _present(self) -> tuple[Identity, ...]:
        file, log, journal = self._names
        return _identity(file, least=1), _identity(log), _identity(journal, least=1)


def new_private(path: Path) -> None:
    """Make a file for its owner alone; raises FileExistsError if there is one."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _PRIVATE))


def _identity(name: str, least: int = 0) -> Identity:
    """Which file it is; None also for one of fewer bytes."""
    try:
        status = os.stat(name)  # noqa: PTH116 - for every request, and quicker
    except FileNotFoundError:
        return None
    return (status.st_dev, status.st_ino) if status.st_size >= least else None
