"""Who is forgotten for not being heard of, and when that is looked at."""

import logging
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from skill.coach.effects import Preferred
from skill.store import StoreFailed
from skill.store.retention import DAY, Retention
from skill.store.sqlite import SqliteStore

NOON = 1736164800.0
LIMIT = 400 * DAY


class Counting(SqliteStore):
    """Notes since when people must have been heard of."""

    fails = False

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.looked: list[float] = []

    def expire(self, before: float, *, even_most: bool = False) -> int:
        self.looked.append(before)
        if self.fails:
            raise StoreFailed("not now")
        return super().expire(before, even_most=even_most)


@pytest.fixture
def store(tmp_path: Path) -> Counting:
    return Counting(tmp_path / "memory.sqlite3")


def wait() -> None:
    for thread in threading.enumerate():
        if thread.name == "retention":
            thread.join(60)


def test_it_is_looked_at_once_a_day_however_much_is_asked(store: Counting) -> None:
    now = NOON
    retention = Retention(store, LIMIT, lambda: now)
    retention.expire()
    for hours in (0, 1, 23.9, 24, 24.1, 47.9, 48, 240, 240.1):
        now = NOON + hours * 3600
        retention.on_a_request()
        wait()
    assert store.looked == [NOON - LIMIT + days * DAY for days in (0, 1, 2, 10)]


def test_a_store_that_fails_is_asked_again_another_day(
    store: Counting, caplog: pytest.LogCaptureFixture
) -> None:
    now, store.fails = NOON, True
    retention = Retention(store, LIMIT, lambda: now)
    retention.expire()
    assert caplog.record_tuples == [
        ("skill.store.retention", logging.ERROR, "nobody was forgotten for their age: not now")
    ]
    now += DAY
    retention.on_a_request()
    wait()
    assert len(store.looked) == 2


def test_what_is_erased_is_told(store: Counting, caplog: pytest.LogCaptureFixture) -> None:
    for person in ("anne", "ben"):
        store.keep(person, [Preferred("slower")])
    now = time.time()
    Retention(store, LIMIT, lambda: now).expire()
    assert not caplog.messages
    rows(store, "UPDATE person SET heard_of = 0 WHERE key = 'anne'")
    Retention(store, LIMIT, lambda: now).expire()
    assert caplog.messages == ["people forgotten for their age: 1"]
    assert store.recall("ben").pace == "slower"


def test_a_wrong_clock_erases_nobody(store: Counting, caplog: pytest.LogCaptureFixture) -> None:
    people = ("anne", "ben", "carl", "dora")
    for person in people:
        store.keep(person, [Preferred("slower")])
    in_two_years = time.time() + 730 * DAY
    Retention(store, LIMIT, lambda: in_two_years).expire()
    assert {store.recall(person).pace for person in people} == {"slower"}
    (line,) = caplog.messages
    assert "4 of 4 people would be erased: is the clock right?" in line
    assert store.expire(in_two_years - LIMIT, even_most=True) == len(people)


def rows(store: SqliteStore, statement: str) -> None:
    with sqlite3.connect(store._path) as connection:
        connection.execute(statement)
    connection.close()
