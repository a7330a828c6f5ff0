"""Server processes: started, asked and killed."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

PROJECT = Path(__file__).parents[1]
START_SECONDS = 120
"""A busy machine starts it slowly; one that cannot start ends by itself."""


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


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL for the process and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def http_request(body: bytes, headers: Sequence[tuple[str, str]] = ()) -> bytes:
    """A POST to /alexa as it goes over the wire."""
    lines = ["POST /alexa HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def connect(port: int) -> socket.socket:
    """A connection to a port of this machine."""
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def ask(port: int, request: bytes) -> int:
    """The status of the answer to a request on a connection of its own."""
    with connect(port) as connection:
        connection.sendall(request)
        return int(connection.recv(65536)[9:12])
