"""A closed loop of clients in a process of its own, for the benchmarks.

Run by them as `python -m tests.bench.load PORT FILE CONNECTIONS SECONDS`. The file holds
whole HTTP requests; the result is one line of JSON on standard output.
"""

import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct


class Result(Struct):
    """What a run of load came to."""

    answered: int
    seconds: float
    statuses: dict[str, int]
    """How many answers had each HTTP status."""
    p50: float
    """Milliseconds."""
    p99: float
    smallest: int
    """Bytes of the shortest answer, its headers included."""

    @property
    def rate(self) -> float:
        """Answers with status 200 a second."""
        return self.statuses.get("200", 0) / self.seconds


def write_requests(path: Path, requests: Sequence[bytes]) -> None:
    """Keep whole HTTP requests for a run of load."""
    path.write_bytes(msgspec.msgpack.encode(requests))


def apply_load(port: int, requests: Path, connections: int, seconds: float) -> Result:
    """Load from a second process, until the requests or the seconds run out."""
    words = [str(port), str(requests), str(connections), str(seconds)]
    command = [sys.executable, "-m", "tests.bench.load", *words]
    done = subprocess.run(command, check=True, capture_output=True)
    return msgspec.json.decode(done.stdout, type=Result)


class _Client:
    """One connection that sends the next request when it has its answer."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.socket = self._connect()
        self.sent_at = 0.0
        self._received = bytearray()
        self._missing = -1

    def send(self, request: bytes) -> None:
        self._received.clear()
        self._missing = -1
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> tuple[str, bool, int] | None:
        """Status, whether the connection ends, and bytes, once the whole answer is here."""
        chunk = self.socket.recv(65536)
        if not chunk:
            return ("closed", True, 0)
        self._received += chunk
        if self._missing < 0:
            head, found, body = bytes(self._received).partition(b"\r\n\r\n")
            if not found:
                return None
            self._missing = _length(head) - len(body)
        else:
            self._missing -= len(chunk)
        if self._missing > 0:
            return None
        head = bytes(self._received).partition(b"\r\n\r\n")[0]
        ends = b"connection: close" in head.lower()
        return head[9:12].decode(), ends, len(self._received)

    def reconnect(self) -> None:
        self.socket.close()
        self.socket = self._connect()

    def _connect(self) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self._port))
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise ValueError("an answer without a length")


def _run(port: int, requests: Iterator[bytes], connections: int, seconds: float) -> Result:
    selector = selectors.DefaultSelector()
    statuses: Counter[str] = Counter()
    waits: list[float] = []
    sizes: list[int] = []
    begin = time.perf_counter()
    busy = 0
    for _ in range(connections):
        opened = _Client(port)
        opened.send(next(requests))
        selector.register(opened.socket, selectors.EVENT_READ, opened)
        busy += 1
    while busy:
        for key, _ in selector.select():
            client: _Client = key.data
            answer = client.receive()
            if answer is None:
                continue
            statuses[answer[0]] += 1
            sizes.append(answer[2])
            waits.append(time.perf_counter() - client.sent_at)
            is_over = time.perf_counter() - begin > seconds
            following = None if is_over else next(requests, None)
            if following is None or answer[1]:
                selector.unregister(client.socket)
            if following is None:
                busy -= 1
                continue
            if answer[1]:
                client.reconnect()
                selector.register(client.socket, selectors.EVENT_READ, client)
            client.send(following)
    taken = time.perf_counter() - begin
    cuts = statistics.quantiles(waits, n=100)
    return Result(len(waits), taken, dict(statuses), cuts[49] * 1000, cuts[98] * 1000, min(sizes))


def main() -> None:
    """Run the load that the command line names."""
    port, path, connections, seconds = sys.argv[1:]
    requests = msgspec.msgpack.decode(Path(path).read_bytes(), type=list[bytes])
    result = _run(int(port), iter(requests), int(connections), float(seconds))
    sys.stdout.write(msgspec.json.encode(result).decode())


if __name__ == "__main__":
    main()
