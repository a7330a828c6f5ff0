"""Whatever befalls the store: the person is answered in time, and nothing recorded is lost.

The app is the whole one; the faults are real ones in real files, and lifted again.
"""

import re
import resource
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from skill.alexa.identity import key_of
from skill.coach.effects import Effect
from skill.coach.memory import Memory
from skill.store import Store, StoreFailed, open_store
from skill.store.backlog import Backlog
from skill.store.dynamodb_calls import CONNECT_SECONDS, READ_SECONDS
from skill.store.sqlite import BUSY_SECONDS, SqliteStore
from skill.web import create_app
from tests.alexa.conftest import HOUSEHOLD, Alexa, Answer, Clock, says, settings_in

IN_TIME = 3.0
"""Seconds that a person is ready to wait. Once a store's own limit is within it, twice is not."""

ANNE = key_of(HOUSEHOLD)
BEN = "amzn1.ask.person.BEN"


class Unanswered:
    """A store, and the seconds waited for it in vain: each time as long as its own limit."""

    def __init__(self, store: Store, limit: float) -> None:
        self._store, self._limit = store, limit
        self.spent = 0.0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(*words: Any) -> Any:
            try:
                return getattr(self._store, name)(*words)
            except StoreFailed:
                self.spent += self._limit
                raise

        return ask


@dataclass
class House:
    """A server whose store can be hurt and mended, and somebody who talks to it."""

    folder: Path
    store: Store
    alexa: Alexa
    backlog: Backlog
    passing: Callable[[], float]
    slowest: float = 0.0

    def timed(self, talk: Callable[[], Answer]) -> Answer:
        began = self.passing()
        answer = talk()
        self.slowest = max(self.slowest, self.passing() - began)
        return answer

    @property
    def file(self) -> Path:
        return self.folder / "memory.sqlite3"

    def do_the_bridge(self) -> None:
        """From "start" to the last question, as somebody at home hears it."""
        answer = self.timed(lambda: self.alexa.start("bridge"))
        for _ in range(6):
            if not self.alexa.screening:
                break
            self.alexa.clock.wait(20)
            answer = self.timed(lambda: self.alexa.say("No"))
        if says(answer, "ask-anyway"):
            answer = self.timed(lambda: self.alexa.say("Yes"))
        if says(answer, "ask-grow", rounds=7):
            answer = self.timed(lambda: self.alexa.say("No"))
        assert "<break" in answer.ssml
        self.alexa.clock.wait(400)
        answer = self.timed(lambda: self.alexa.say("Stop"))
        assert not answer.is_open


def house(
    folder: Path,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    limit: float = 0.0,
    passing: Callable[[], float] | None = None,
) -> House:
    built: list[Backlog] = []
    asked = Unanswered(store, limit)
    passing = passing or (lambda: asked.spent)

    def without_a_thread(_: Store) -> Backlog:
        built.append(Backlog(cast("Store", asked), clock=passing, in_background=False))
        return built[0]

    monkeypatch.setattr("skill.web.Backlog", without_a_thread)
    clock = Clock()
    app = create_app(settings_in(folder), clock=clock, store=store)
    return House(folder, store, Alexa(app, clock), built[0], passing)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr("skill.store.sqlite.BUSY_SECONDS", 0.05)
    store = SqliteStore(tmp_path / "memory.sqlite3")
    found = house(tmp_path, store, monkeypatch, BUSY_SECONDS)
    found.do_the_bridge()
    assert store.recall(ANNE).times == {"bridge": 1}
    return found


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]


@contextmanager
def locked(home: House) -> Iterator[None]:
    other = sqlite3.connect(home.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@contextmanager
def full(home: House) -> Iterator[None]:
    """No file may grow any more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def corrupt(home: House) -> Iterator[None]:
    parts = [part for part in home.folder.iterdir() if part.is_file()]
    good = {part: part.read_bytes() for part in parts}
    for part in parts:
        part.write_bytes(b"spoilt " * 2000)
    yield
    for part, content in good.items():
        part.write_bytes(content)
    # Whoever mends a file starts the program again, or at least its connections.
    assert isinstance(home.store, SqliteStore)
    home.store.close()


@contextmanager
def without_tables(home: House) -> Iterator[None]:
    connection = sqlite3.connect(home.file)
    connection.execute("ALTER TABLE person RENAME TO elsewhere")
    yield
    connection.execute("ALTER TABLE elsewhere RENAME TO person")
    connection.close()


FAULTS = {
    "locked": (locked, "locked"),
    "disk full": (full, "disk"),
    "corrupt": (corrupt, "database|malformed"),
    "without tables": (without_tables, "no such table"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_person_is_coached_on_and_nothing_is_lost(
    fault: str, home: House, caplog: pytest.LogCaptureFixture
) -> None:
    hurt, reason = FAULTS[fault]
    with hurt(home):
        home.do_the_bridge()
        assert 0 < home.slowest < IN_TIME
        assert len(errors(caplog)) == 1
        assert re.search(reason, errors(caplog)[0])
        assert home.backlog.write_held() > 0
    assert home.backlog.write_held() == 0
    assert home.store.recall(ANNE).times == {"bridge": 2}
    assert len(home.store.history(ANNE)) == 2


@pytest.mark.parametrize("fault", FAULTS)
def test_pain_in_a_fault_asks_everything_again(fault: str, home: House) -> None:
    hurt, _ = FAULTS[fault]
    with hurt(home):
        home.do_the_bridge()
        answer = home.timed(lambda: home.alexa.say("ReportPainIntent"))
        assert not answer.is_open
        home.timed(lambda: home.alexa.start("cat-arch"))
        assert home.alexa.screening == "full"
    home.backlog.write_held()
    assert home.store.recall(ANNE).voided


class Slow(SqliteStore):
    """Takes two seconds for whatever it does, on a clock of its own kind."""

    seconds = 2.0

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.spent = 0.0

    def recall(self, person: str) -> Memory:
        self.spent += self.seconds
        return super().recall(person)

    def keep(self, person: str, effects: Sequence[Effect], household: str = "") -> None:
        self.spent += self.seconds
        super().keep(person, effects, household)


def test_a_slow_store_is_waited_for_once_in_a_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Slow(tmp_path / "memory.sqlite3")
    slow = house(tmp_path, store, monkeypatch, passing=lambda: store.spent)
    slow.do_the_bridge()
    slow.do_the_bridge()
    assert 0 < slow.slowest < IN_TIME
    assert slow.backlog.write_held() == 0
    assert store.recall(ANNE).times == {"bridge": 2}


def test_a_table_that_is_nowhere_costs_no_guidance(
    tmp_path: Path,
    dynamodb: str,
    table: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", address)
    away = house(tmp_path, open_store(f"dynamodb://{table}"), monkeypatch, CONNECT_SECONDS)
    away.do_the_bridge()
    assert 0 < away.slowest < IN_TIME
    assert len(errors(caplog)) == 1
    assert "EndpointConnectionError" in errors(caplog)[0]
    held = away.backlog.write_held()
    assert held > 0
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", dynamodb)
    away.backlog._store = open_store(f"dynamodb://{table}")
    assert away.backlog.write_held() == 0
    assert away.backlog.recall(ANNE).times == {"bridge": 1}


@contextmanager
def silent_server() -> Iterator[str]:
    """Takes connections, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    taken.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in taken:
            connection.close()


def test_a_table_that_never_answers_is_given_up_in_time(
    tmp_path: Path,
    dynamodb: str,
    table: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("skill.store.dynamodb_calls.READ_SECONDS", 0.1)
    with silent_server() as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", address)
        away = house(tmp_path, open_store(f"dynamodb://{table}"), monkeypatch, READ_SECONDS)
        away.do_the_bridge()
    assert 0 < away.slowest < IN_TIME
    assert len(errors(caplog)) == 1
    assert "ReadTimeoutError" in errors(caplog)[0]


def test_nothing_of_whoever_is_forgotten_is_in_the_file(home: House) -> None:
    beside = House(
        home.folder, home.store, home.alexa.another(person=BEN), home.backlog, home.passing
    )
    for _ in range(3):
        beside.do_the_bridge()
        home.do_the_bridge()
        home.alexa.clock.wait(86_400)
    for somebody, key in ((beside, key_of(BEN)), (home, ANNE)):
        assert key in everything(home)
        somebody.alexa.say("ForgetMeIntent")
        assert says(somebody.alexa.say("Yes"), "forgotten")
        assert key not in everything(home)
        sqlite3.connect(home.file).execute("VACUUM").connection.close()
        assert key not in everything(home)
        assert home.store.recall(key) == Memory()


def everything(home: House) -> str:
    """Every byte that the store has on the disk, as characters."""
    return "".join(part.read_bytes().decode("latin-1") for part in sorted(home.folder.iterdir()))
