"""Server processes for the benchmarks: started, timed, weighed and stopped."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

PROJECT = Path(__file__).parents[2]
START_SECONDS = 30


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(command: Sequence[str], errors: Path) -> subprocess.Popen[bytes]:
    """A process group of its own; what it complains about goes to a file."""
    with errors.open("ab") as complaints:
        return subprocess.Popen(
            command,
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            start_new_session=True,
        )


def wait_for_answer(port: int, request: bytes, process: subprocess.Popen[bytes]) -> float:
    """Seconds until it gives any HTTP answer; RuntimeError if it never does."""
    begin = time.perf_counter()
    while time.perf_counter() - begin < START_SECONDS:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.settimeout(5)
            connection.sendall(request)
            if connection.recv(100).startswith(b"HTTP/"):
                return time.perf_counter() - begin
        if process.poll() is not None:
            break
        time.sleep(0.005)
    raise RuntimeError("the server does not answer")


def connect(port: int) -> socket.socket:
    """A connection to a port of this machine."""
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def ask(port: int, request: bytes) -> int:
    """The status of the answer to a request on a connection of its own."""
    with connect(port) as connection:
        connection.sendall(request)
        return int(connection.recv(65536)[9:12])


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL for the process and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


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
