"""What a store adds to a request, and that it adds no more when it holds many people.

The request is a whole one through the Flask application: somebody who is cleared starts an exercise
(one reading, one writing), and stops it a minute later (one reading, one writing with work). Beside
each store stands the same with memories in the process alone. Everybody has a year behind them.
"""

import argparse
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from skill.alexa.identity import key_of
from skill.coach.effects import Cleared, Effect, RoundsDone
from skill.coach.memory import Memory
from skill.store import Store, open_store
from skill.store.codec import encode, folded
from skill.store.dynamodb_calls import connect, create_table
from skill.store.sqlite import SqliteStore
from skill.web import create_app
from tests.alexa.conftest import MORNING, Alexa, Clock, settings_in
from tests.store.dynamodb_server import NO_ACCOUNT, running

EXERCISES = ("bridge", "cat-arch", "pelvic-tilt")
DYNAMODB_DAYS = 20
"""Of history with a table: the local server copies the whole of it before each transaction."""


@dataclass
class InProcess:
    """Memories in a dictionary: a request with no store behind it."""

    memories: dict[str, Memory] = field(default_factory=dict)

    def recall(self, person: str) -> Memory:
        return self.memories.get(person, Memory())

    def keep(
        self,
        person: str,
        effects: Sequence[Effect],
        household: str = "",
        expected: Memory | None = None,
    ) -> None:
        self.memories[person] = folded(self.recall(person), effects, frozenset())

    def history(self, person: str) -> list[RoundsDone]:
        return []

    def forget_household(self, household: str) -> None:
        self.memories.clear()

    def expire(self, before: float, *, even_most: bool = False) -> int:
        return 0

    def check(self) -> None:
        return

    def close(self) -> None:
        return


def voice(number: int) -> str:
    return f"amzn1.ask.person.{number:08}"


def past(days: int) -> list[RoundsDone]:
    """A session a day until yesterday."""
    found = []
    for number in range(days, 0, -1):
        at = MORNING - timedelta(days=number)
        exercise = EXERCISES[number % len(EXERCISES)]
        started = round(at.timestamp() * 1000)
        day = at.date().isoformat()
        found.append(RoundsDone(f"{started}-0", exercise, 5, True, at.timestamp(), day))
    return found


def after(works: Sequence[RoundsDone]) -> Memory:
    cleared = Cleared(MORNING.timestamp() - 60, full=True)
    return folded(Memory(), [*works, cleared], frozenset())


def fill_sqlite(file: Path, people: int, works: Sequence[RoundsDone]) -> None:
    """Everybody at once, in the file's own order: one by one would take hours."""
    SqliteStore(file).close()
    keys = sorted(key_of(voice(number)) for number in range(people))
    document, now = encode(after(works)), MORNING.timestamp()
    logged = [(w.id, w.exercise, w.rounds, w.whole, w.at, w.day) for w in works]
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO person VALUES (?, ?, ?, ?)", ((key, key, document, now) for key in keys)
    )
    connection.executemany(
        "INSERT INTO did VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((key, *row) for key in keys for row in logged),
    )
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    connection.close()


@dataclass
class Timing:
    """Milliseconds of the requests of one kind."""

    start: list[float]
    stop: list[float]

    @property
    def usual(self) -> float:
        """Both medians together."""
        return statistics.median(self.start) + statistics.median(self.stop)

    def __str__(self) -> str:
        shown = []
        for name in ("start", "stop"):
            times = getattr(self, name)
            worst = statistics.quantiles(times, n=20)[-1]
            shown.append(f"{name} {statistics.median(times):6.2f} (95 % under {worst:6.2f})")
        return "  ".join(shown)


def measure(store: Store, beside: Store, people: int, requests: int) -> tuple[Timing, Timing]:
    """Start and stop for different people, in turn with each store: load falls on both alike."""
    clock = Clock(MORNING)
    timings = Timing([], []), Timing([], [])
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_in(Path(folder))
        apps = [create_app(settings, clock=clock, store=each) for each in (store, beside)]
        for number in chosen(people, requests):
            for app, timing in zip(apps, timings, strict=True):
                start_and_stop(Alexa(app, clock, voice(number)), timing)
    return timings


def start_and_stop(alexa: Alexa, timing: Timing) -> None:
    began = time.perf_counter()
    answer = alexa.start("knees-to-chest")
    timing.start.append((time.perf_counter() - began) * 1000)
    if "<break" not in answer.ssml:
        raise RuntimeError(f"not guided: {answer.words}")
    alexa.clock.wait(25)
    began = time.perf_counter()
    alexa.say("Stop")
    timing.stop.append((time.perf_counter() - began) * 1000)


def chosen(people: int, requests: int) -> Iterator[int]:
    numbers = random.Random(1)
    return (numbers.randrange(people) for _ in range(requests))


def report(name: str, people: int, timing: Timing, base: Timing) -> None:
    ratio = timing.usual / base.usual
    print(f"{name:22} {people:7} people: {timing} ms  {ratio:5.2f} of without", flush=True)


def in_process(people: int, works: Sequence[RoundsDone], requests: int) -> InProcess:
    memory = after(works)
    return InProcess({key_of(voice(n)): memory for n in set(chosen(people, requests))})


def with_sqlite(people: int, works: Sequence[RoundsDone], requests: int) -> tuple[Timing, Timing]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "memory.sqlite3"
        began = time.monotonic()
        fill_sqlite(file, people, works)
        size, seconds = file.stat().st_size / 1e6, time.monotonic() - began
        print(f"  {people} people with {len(works)} days: {size:.0f} MB, made in {seconds:.0f} s")
        beside = in_process(people, works, requests)
        return measure(open_store(f"sqlite://{file}"), beside, people, requests)


def with_dynamodb(
    people: int, works: Sequence[RoundsDone], requests: int
) -> tuple[Timing, Timing, float]:
    """The timings, and how many calls a request made."""
    calls: list[str] = []
    with running() as address:
        os.environ.update({**NO_ACCOUNT, "AWS_ENDPOINT_URL_DYNAMODB": address})
        create_table(connect(), "bench")
        store = open_store("dynamodb://bench")
        for number in range(people):
            store.keep(
                key_of(voice(number)), [*works, Cleared(MORNING.timestamp() - 60, full=True)]
            )
        events = store._client.meta.events  # type: ignore[attr-defined]
        events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
        beside = in_process(people, works, requests)
        timing, base = measure(store, beside, people, requests)
    return (
        timing,
        base,
        (
            calls.count("GetItem")
            + calls.count("TransactGetItems")
            + calls.count("TransactWriteItems")
        )
        / (2 * requests),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--people", type=int, nargs="*", default=[1, 1000, 100_000])
    parser.add_argument("--tables", type=int, nargs="*", default=[1, 50])
    options = parser.parse_args()
    works = past(options.days)
    print(f"{datetime.now(UTC):%Y-%m-%d}; milliseconds, median of {options.requests} each")
    print(f"a document: {len(msgspec.json.encode(after(works)))} bytes")
    smallest = 0.0
    for people in options.people:
        timing, base = with_sqlite(people, works, options.requests)
        report("without a store", people, base, base)
        report("sqlite", people, timing, base)
        smallest = smallest or timing.usual / base.usual
        growth = timing.usual / base.usual / smallest
        print(f"  {growth:.2f} of the time with {options.people[0]}", flush=True)
    for people in options.tables:
        requests = max(40, options.requests // 10)
        timing, base, calls = with_dynamodb(people, past(DYNAMODB_DAYS), requests)
        report("without a store", people, base, base)
        report("dynamodb (moto)", people, timing, base)
        print(f"  {calls:.2f} calls a request")


if __name__ == "__main__":
    main()
