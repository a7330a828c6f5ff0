"""Fault table: faults of a store and of its servers, and what people hear, as a Markdown page.

python -m tests.bench.faults > docs/faults.md

Real files, disks, tables, processes and signals. "The disk is full" needs a user who may mount one.
"""

import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, cast
from uuid import uuid4

from flask import Flask

from skill.store import open_store
from skill.store.dynamodb_calls import connect, create_table
from tests.alexa.conftest import OURS, Alexa, Clock
from tests.server.test_serve import HEALTH, Server
from tests.servers import http_request, kill
from tests.store import faults
from tests.store.dynamodb_faults import TROUBLES, Trouble, dynamodb_place
from tests.store.dynamodb_server import NO_ACCOUNT, running
from tests.store.fault_table import (
    EVENTS,
    Cell,
    afterwards,
    guides,
    heard_in,
    let_it_happen,
    practise,
    prepare,
    run,
    sqlite_place,
)

HEAD = Path(__file__).with_name("faults.head.md")
SETTINGS = {"BACK_COACH_VERIFY_REQUESTS": "off", "BACK_COACH_SKILL_ID": OURS}


class _Response(NamedTuple):
    status_code: int
    json: Any
    data: bytes = b""

    def get_json(self) -> Any:
        return self.json


class _Client:
    """What Flask's test client does, over HTTP."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def post(self, _: str, data: str | bytes, content_type: str) -> _Response:
        del content_type
        body = data.encode() if isinstance(data, str) else data
        return _Response(*self._server.ask(http_request(body)))


class _App:
    """Stands in for the application where it is another process."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def test_client(self) -> _Client:
        return _Client(self._server)


class _RealTime(Clock):
    """A clock that cannot be moved; instead, what a session is guided through began earlier."""

    def __init__(self) -> None:
        super().__init__(datetime.now(UTC))
        self.alexa: Alexa | None = None
        self._waits = 0

    def wait(self, seconds: float) -> None:
        self.now = datetime.now(UTC)
        guidance = self.alexa.attributes.get("guidance") if self.alexa else None
        if guidance:
            # Work is told apart by when it began: no two may have begun at once.
            self._waits += 1
            guidance["started"] -= seconds + self._waits


def device(server: Server) -> Alexa:
    """A device that talks with a server process."""
    clock = _RealTime()
    clock.alexa = Alexa(cast("Flask", _App(server)), clock)
    return clock.alexa


def health(server: Server) -> int:
    """Status of a server's health."""
    return int(server.ask(HEALTH)[0])


class Ending(NamedTuple):
    """How a server ends, or is held up, once it has answered."""

    strike: Callable[[Server], object]
    is_back: Callable[[Server], object] | None = None
    """Brings it back; None if it has ended."""
    workers: str = "1"


def _send(number: int) -> Callable[[Server], None]:
    return lambda server: os.killpg(server.process.pid, number)


def _leave(_: Server) -> None:
    """Nothing befalls it."""


ENDINGS = {
    "SIGTERM": Ending(Server.stop),
    "SIGKILL": Ending(lambda server: kill(server.process)),
    "SIGSTOP, another server answers": Ending(_send(signal.SIGSTOP), _send(signal.SIGCONT)),
    "two workers": Ending(_leave, _leave, workers="2"),
    "two servers": Ending(_leave, _leave),
}


def ended(ending: Ending, folder: Path, event: str) -> Cell:
    """Have an event, end its server, and ask another one on the same file."""
    first = Server(folder, "--workers", ending.workers, **SETTINGS)
    others = [first]
    try:
        alexa = device(first)
        practise(alexa)
        prepare(alexa, event)
        heard = heard_in(let_it_happen(alexa, event))
        ending.strike(first)
        elsewhere = folder / "other"
        elsewhere.mkdir()
        url = f"sqlite://{first.store}"
        others.append(Server(elsewhere, **SETTINGS, BACK_COACH_STORE=url))
        status = health(others[-1])
        unasked = ["another server"] if guides(device(others[-1])) else []
        if ending.is_back is not None:
            ending.is_back(first)
            # Several times, so that every worker is asked.
            unasked += ["the same server"] if any(guides(device(first)) for _ in range(4)) else []
        return Cell(heard, status, afterwards(open_store(url)), tuple(unasked))
    finally:
        for server in others:
            kill(server.process)


def rows() -> Iterator[tuple[str, dict[str, Cell]]]:
    """Each fault with its cells."""
    of_a_file = {**faults.IN_PLACE, "nothing is written (read-only)": faults.nothing_is_written}
    for name, fault in of_a_file.items():
        yield name, _cells(partial(_hurt_file, fault))
    if faults.can_mount():
        yield "disk full", _cells(_on_a_full_disk)
    for name, ending in ENDINGS.items():
        yield name, _cells(partial(ended, ending))
    with _dynamodb() as table:
        for name, trouble in TROUBLES.items():
            yield f"two Lambda functions, {name}", _cells(partial(_hurt_table, table, trouble))


def _cells(cell: Callable[[Path, str], Cell]) -> dict[str, Cell]:
    return {event: _in_folder(cell, event) for event in EVENTS}


def _hurt_file(fault: faults.Fault, folder: Path, event: str) -> Cell:
    return run(sqlite_place(folder, fault), event)


def _hurt_table(table: Callable[[], str], trouble: Trouble, folder: Path, event: str) -> Cell:
    return run(dynamodb_place(folder, table(), trouble), event)


def _in_folder(cell: Callable[[Path, str], Cell], event: str) -> Cell:
    with tempfile.TemporaryDirectory() as folder:
        return cell(Path(folder), event)


def _on_a_full_disk(folder: Path, event: str) -> Cell:
    with faults.small_disk(folder / "disk"):
        return run(sqlite_place(folder / "disk", faults.disk_full), event)


@contextmanager
def _dynamodb() -> Iterator[Callable[[], str]]:
    def table() -> str:
        name = f"faults-{uuid4().hex}"
        create_table(connect(), name)
        return name

    with running() as address:
        os.environ.update({**NO_ACCOUNT, "AWS_ENDPOINT_URL_DYNAMODB": address})
        yield table


def wrong(event: str, cell: Cell) -> bool:
    """Whether a cell is one that may not be."""
    is_pain_lost = event in ("pain", "doubt") and bool(cell.unasked)
    is_not_erased = "forgotten" in cell.heard and bool(cell.afterwards)
    is_not_set = "reminder-set" in cell.heard and "a reminder at Alexa" not in cell.afterwards
    return is_pain_lost or is_not_erased or is_not_set


def _text(event: str, cell: Cell) -> str:
    heard = ", ".join(f"`{key}`" for key in cell.heard) or "(an open answer)"
    there = ", ".join(cell.afterwards) or "nothing"
    asked = (
        ""
        if event not in ("pain", "doubt")
        else "; guided unasked: " + (", ".join(cell.unasked) or "nobody")
    )
    mark = " **WRONG**" if wrong(event, cell) else ""
    return f"{heard}; {cell.health}; {there}{asked}{mark}"


def main() -> None:
    """Print the page; exit with 1 if a cell is wrong."""
    print(HEAD.read_text(), end="")
    print(f"| fault | {' | '.join(EVENTS)} |")
    print("| --- " * (len(EVENTS) + 1) + "|")
    found = []
    for name, cells in rows():
        print(
            f"| {name} | {' | '.join(_text(event, cell) for event, cell in cells.items())} |",
            flush=True,
        )
        found += [cell for event, cell in cells.items() if wrong(event, cell)]
    print(f"\nCells that may not be: {len(found)}.")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
