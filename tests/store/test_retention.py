"""Who is forgotten for not being heard of, and when that is looked at."""

import logging
import threading
from pathlib import Path

import pytest

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

    def expire(self, before: float) -> int:
        self.looked.append(before)
        if self.fails:
            raise StoreFailed("not now")
        return super().expire(before)


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
        ("skill.store.retention", logging.WARNING, "nobody was forgotten for their age: not now")
    ]
    now += DAY
    retention.on_a_request()
    wait()
    assert len(store.looked) == 2
