"""The endpoint under load from a second process, beside the SDK's own and Node's.

Ours does the whole work: verification, state, a whole exercise's SSML and the store. The others
answer "Hello, world", and so does a second one of ours, behind the same endpoint and server. Each
contender is started, warmed and loaded in turn, again and again: one process is a tenth quicker or
slower than the next, as its memory happens to lie.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from msgspec import Struct

from skill.server.serve import usable_cores
from tests.bench.load import Result, apply_load, write_requests
from tests.bench.processes import cpu_seconds, megabytes, stolen_seconds, stopped_at_end
from tests.servers import PROJECT, free_port, http_request, start, wait_for_answer
from tests.signed_requests import PEOPLE, fresh_requests, make_world

NODE_CACHE = PROJECT / ".venv" / "bench-node"
NODE_PACKAGES = ("ask-sdk-express-adapter@2", "ask-sdk-core@2", "ask-sdk-model@1", "express@5")
WARM_UP = 1500
"""Requests before it is measured, if they take no longer than that:"""
WARM_UP_SECONDS = 2.0
MOST_STOLEN = 0.02
"""Of a turn; if it was more, it is played again, once."""
WHOLE_EXERCISE = 1500
"""Bytes that an answer with a whole exercise has at least."""

LABELS = {
    "ours": "ours, verified, whole exercise",
    "hello": "our hello, verified",
    "sdk": "(a) SDK hello, verified",
    "sdk-unverified": "(b) SDK hello, unverified",
    "node": "(c) Node hello, verified",
}


class Turn(Struct):
    """What was measured of one process."""

    started: float
    """Seconds from its start to its first answer."""
    load: Result
    cpu: float
    """Milliseconds of processor for a request."""
    megabytes: float
    stolen: float
    """The share of our processors that other machines on the same host took meanwhile."""


class Contender(Struct):
    """A server that is to be loaded, and what was measured in each round."""

    name: str
    turns: list[Turn] = []


def command_for(name: str, port: int, folder: Path, options: argparse.Namespace) -> list[str]:
    """How a contender is started."""
    place = [str(port), str(folder)]
    match name:
        case "ours" | "hello":
            extra = [str(options.workers), str(options.threads)]
            module = "tests.whole_skill" if name == "ours" else "tests.bench.our_hello"
            return [sys.executable, "-m", module, *place, *extra]
        case "node":
            script = str(PROJECT / "tests" / "bench" / "node_adapter.js")
            return ["node", script, *place, str(NODE_CACHE / "node_modules")]
        case _:
            verified = ["verified"] if name == "sdk" else []
            return [sys.executable, "-m", "tests.bench.sdk_hello", *place, *verified]


def install_node() -> bool:
    """Whether Node's adapter is there; says why if it is not."""
    if not (shutil.which("node") and shutil.which("npm")):
        print("Node or npm is missing: (c) is left out")
        return False
    if not (NODE_CACHE / "node_modules" / "ask-sdk-express-adapter").is_dir():
        NODE_CACHE.mkdir(parents=True, exist_ok=True)
        (NODE_CACHE / "package.json").write_text('{"private": true}')
        words = ["npm", "install", "--no-audit", "--no-fund", "--silent", *NODE_PACKAGES]
        if subprocess.run(words, cwd=NODE_CACHE, check=False).returncode:
            print("npm could not install Node's adapter: (c) is left out")
            return False
    return True


def play_round(
    contenders: list[Contender],
    folder: Path,
    options: argparse.Namespace,
    signed: Iterator[list[bytes]],
) -> None:
    """A turn of each, and another where other machines disturbed it.

    Ours is never asked the same twice, so that nobody does more than a day allows.
    """
    requests = next(signed)
    for contender in contenders:
        turn = play(contender, folder, options, requests)
        if turn.stolen > MOST_STOLEN:
            again = next(signed) if contender.name == "ours" else requests
            turn = play(contender, folder, options, again)
        contender.turns.append(turn)


def play(
    contender: Contender, folder: Path, options: argparse.Namespace, requests: list[bytes]
) -> Turn:
    """A fresh process, warmed and then loaded."""
    port, begin = free_port(), time.perf_counter()
    process = start(command_for(contender.name, port, folder, options), folder / "errors")
    with stopped_at_end(process):
        wait_for_answer(port, http_request(b"{}"), process)
        started = time.perf_counter() - begin
        warm_up, measured = folder / "warm-up", folder / "requests"
        write_requests(warm_up, requests[:WARM_UP])
        write_requests(measured, requests[WARM_UP:])
        apply_load(port, warm_up, options.connections, WARM_UP_SECONDS)
        used, stolen = cpu_seconds(process), stolen_seconds()
        result = apply_load(port, measured, options.connections, options.seconds)
        used, stolen = cpu_seconds(process) - used, stolen_seconds() - stolen
        share = stolen / result.seconds / (os.cpu_count() or 1)
        require_whole(contender, result)
        return Turn(started, result, used / result.answered * 1000, megabytes(process), share)


def require_whole(contender: Contender, result: Result) -> None:
    """Raise RuntimeError unless it did all of its work."""
    wrong = {status: n for status, n in result.statuses.items() if status != "200"}
    if wrong:
        raise RuntimeError(f"{contender.name} answered {wrong}")
    if contender.name == "ours" and result.smallest < WHOLE_EXERCISE:
        raise RuntimeError(f"only {result.smallest} bytes: that is no whole exercise")


def report(contenders: list[Contender]) -> None:
    """Medians of the rounds, and ratios: how often ours does what the others do once.

    Processor time is what other work on the machine disturbs least.
    """
    median = statistics.median
    rates = {c.name: median(t.load.rate for t in c.turns) for c in contenders}
    costs = {c.name: median(t.cpu for t in c.turns) for c in contenders}
    hello = rates.get("hello", 0.0)
    print(
        f"{'':<32}{'req/s':>7}{'ours is':>9}{'hello is':>10}{'CPU ms':>8}{'ours is':>9}"
        f"{'p50 ms':>8}{'p99 ms':>8}{'start s':>9}{'MB':>6}"
    )
    for c in contenders:
        print(
            f"{LABELS[c.name]:<32}"
            f"{rates[c.name]:>7.0f}{rates['ours'] / rates[c.name]:>8.2f}x"
            f"{hello / rates[c.name]:>9.2f}x"
            f"{costs[c.name]:>8.2f}{costs[c.name] / costs['ours']:>8.2f}x"
            f"{median(t.load.p50 for t in c.turns):>8.2f}"
            f"{median(t.load.p99 for t in c.turns):>8.2f}"
            f"{median(t.started for t in c.turns):>9.2f}"
            f"{median(t.megabytes for t in c.turns):>6.0f}"
        )
    turns = [turn for c in contenders for turn in c.turns]
    disturbed = sum(turn.stolen > MOST_STOLEN for turn in turns)
    print(f"Of {len(turns)} turns, other machines on the host disturbed {disturbed} every time.")


def arguments() -> argparse.Namespace:
    """What may be varied."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of load in a round")
    parser.add_argument("--requests", type=int, default=2400, help="most requests in a round")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--workers", type=int, default=usable_cores(), help="of ours")
    parser.add_argument("--threads", type=int, default=4, help="of each worker of ours")
    parser.add_argument("--only", nargs="*", choices=list(LABELS), default=list(LABELS))
    return parser.parse_args()


def main() -> None:
    """Print the comparison."""
    options = arguments()
    names = [n for n in LABELS if n in {"ours", *options.only}]
    if "node" in names and not install_node():
        names.remove("node")
    with tempfile.TemporaryDirectory() as place:
        contenders = [Contender(name) for name in names]
        # A disturbed turn is played again with other people of the same world.
        in_a_turn = min(WARM_UP + options.requests, PEOPLE // 2)
        signed = (fresh_requests(in_a_turn, first) for first in count(0, in_a_turn))
        for number in range(options.rounds):
            # Who comes again is asked first how the last session ended: others come in each round.
            folder = Path(place) / str(number)
            folder.mkdir()
            make_world(folder)
            play_round(contenders, folder, options, signed)
        report(contenders)


if __name__ == "__main__":
    main()
