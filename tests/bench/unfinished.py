"""Clients that never finish: how long others wait for their answers meanwhile.

Opens connections that send half a body, and connections that send nothing, to the whole skill, and
then times a signed request and the health check. `python -m tests.bench.unfinished [EACH]`.
"""

import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench.processes import cpu_seconds, megabytes, stopped_at_end
from tests.servers import ask, connect, free_port, http_request, start, wait_for_answer
from tests.signed_requests import fresh_requests, make_world

EACH = 1000
ROUNDS = 5
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


def hang(port: int, each: int) -> ExitStack:
    """So many connections of each kind, which are closed with what is returned."""
    hanging = ExitStack()
    half = http_request(b"x" * 3000)[:-1500]
    for _ in range(each):
        hanging.enter_context(connect(port)).sendall(half)
        hanging.enter_context(connect(port))
    return hanging


def timed(port: int, request: bytes) -> float:
    """Seconds to a good answer."""
    begin = time.perf_counter()
    status = ask(port, request)
    if status != 200:
        raise RuntimeError(f"answered with {status}")
    return time.perf_counter() - begin


def main() -> None:
    """Print the waits."""
    each = int(sys.argv[1]) if len(sys.argv) > 1 else EACH
    port = free_port()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make_world(folder)
        command = [sys.executable, "-m", "tests.whole_skill", str(port), place, "1", "8"]
        process = start(command, folder / "errors")
        with stopped_at_end(process):
            wait_for_answer(port, HEALTH, process)
            requests = fresh_requests(2 * ROUNDS + 1)
            timed(port, requests.pop())
            alone = [timed(port, requests.pop()) for _ in range(ROUNDS)]
            used = cpu_seconds(process)
            with hang(port, each):
                signed = [timed(port, requests.pop()) for _ in range(ROUNDS)]
                health = [timed(port, HEALTH) for _ in range(ROUNDS)]
                used = cpu_seconds(process) - used
                print(f"{each} half-sent bodies and {each} idle connections:")
                print(f"a signed request   {max(signed):.3f} s at worst, alone {max(alone):.3f} s")
                print(f"the health check   {max(health):.3f} s at worst")
                print(f"processor {used:.2f} s, memory {megabytes(process):.0f} MB")


if __name__ == "__main__":
    main()
