"""Server processes for the benchmarks: weighed, timed and stopped."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.servers import kill


@contextmanager
def stopped_at_end(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """The process, told to stop when it is no longer needed."""
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(15)
        kill(process)


def megabytes(process: subprocess.Popen[bytes]) -> float:
    """Memory of the process and its children, what they share counted once."""
    kibibytes = 0
    for member in _group(process.pid):
        with suppress(OSError):
            rollup = Path(f"/proc/{member}/smaps_rollup").read_text()
            kibibytes += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]
    return kibibytes / 1024


def cpu_seconds(process: subprocess.Popen[bytes]) -> float:
    """What the process and its children have used of processors so far."""
    ticks = 0
    for member in _group(process.pid):
        with suppress(OSError):
            fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def stolen_seconds() -> float:
    """What other machines on the same host have taken of our processors; 0 if nobody tells."""
    try:
        ticks = int(Path("/proc/stat").read_text().split(maxsplit=9)[8])
    except (OSError, IndexError, ValueError):
        return 0.0
    return ticks / os.sysconf("SC_CLK_TCK")


def _group(leader: int) -> list[int]:
    members = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if os.getpgid(int(entry.name)) == leader:
                    members.append(int(entry.name))
    return members
