"""A store that fails or is slow: what happened counts at once, and is written in the end."""

import logging
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from skill.coach.effects import Cleared, Effect, Forgotten, PainReported, Preferred, RoundsDone
from skill.coach.memory import Memory
from skill.store import StoreFailed
from skill.store.backlog import REST, SLOW, Backlog
from skill.store.sqlite import SqliteStore

ANNE, BEN = "anne", "ben"
NOON = 1736164800.0


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Troubled(SqliteStore):
    """A real store with a fault that can be lifted, and seconds that each use takes."""

    def __init__(self, path: Path, time: Clock) -> None:
        super().__init__(path)
        self.time = time
        self.reads = self.writes = self.reads_log = True
        self.answers = True
        """Whether it says that it has written."""
        self.refused = ""
        """Somebody who cannot be written."""
        self.takes = 0.0
        self.kept = 0

    def recall(self, person: str) -> Memory:
        self.time.now += self.takes
        if not self.reads:
            raise StoreFailed("no reading")
        return super().recall(person)

    def keep(self, person: str, effects: Sequence[Effect], household: str = "") -> None:
        self.time.now += self.takes
        if not self.writes or person == self.refused:
            raise StoreFailed("no writing")
        self.kept += 1
        super().keep(person, effects, household)
        if not self.answers:
            raise StoreFailed("no answer")

    def history(self, person: str) -> list[RoundsDone]:
        self.time.now += self.takes
        if not self.reads_log:
            raise StoreFailed("no log")
        return super().history(person)

    def forget_household(self, household: str) -> None:
        if not self.writes:
            raise StoreFailed("no writing")
        super().forget_household(household)

    def check(self) -> None:
        if not (self.reads and self.writes):
            raise StoreFailed("not well")
        super().check()

    def spoil(self, person: str) -> None:
        """Make one memory unreadable."""
        with sqlite3.connect(self._path) as connection:
            connection.execute("UPDATE person SET memory = 'spoilt' WHERE key = ?", (person,))
        connection.close()


@pytest.fixture
def time() -> Clock:
    return Clock()


@pytest.fixture
def inner(tmp_path: Path, time: Clock) -> Troubled:
    return Troubled(tmp_path / "memory.sqlite3", time)


@pytest.fixture
def store(inner: Troubled, time: Clock) -> Backlog:
    return Backlog(inner, clock=time, in_background=False)


def did(number: int, exercise: str = "bridge") -> RoundsDone:
    return RoundsDone(str(number), exercise, 1, whole=True, at=NOON + number, day="2025-01-06")


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def all_clears(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [message for message in caplog.messages if "can be written again" in message]


def test_where_nothing_is_wrong_nothing_is_held(store: Backlog, inner: Troubled) -> None:
    store.keep(ANNE, [did(1)])
    assert inner.recall(ANNE) == store.recall(ANNE)
    assert inner.recall(ANNE).times == {"bridge": 1}
    assert store.write_held() == 0


@pytest.mark.parametrize("reads", [True, False], ids=["can be read", "cannot be read"])
def test_what_cannot_be_written_counts_at_once_and_is_written_later(
    reads: bool, store: Backlog, inner: Troubled, caplog: pytest.LogCaptureFixture
) -> None:
    inner.writes, inner.reads = False, reads
    store.keep(ANNE, [Cleared(NOON, full=True), did(1)])
    store.keep(ANNE, [did(1), did(2, "cat-arch"), Preferred("slower")])
    there = store.recall(ANNE)
    assert there.times == {"bridge": 1, "cat-arch": 1}
    assert (there.cleared, there.pace) == (NOON, "slower")
    assert [work.id for work in store.history(ANNE)] == ["1", "2"]
    assert store.write_held() == 2
    assert len(errors(caplog)) == 1
    inner.writes = inner.reads = True
    assert store.write_held() == 0
    assert inner.recall(ANNE) == there
    assert caplog.messages[-1] == "the store can be written again; turns kept late: 2"


def test_what_is_held_is_added_to_what_was_kept(store: Backlog, inner: Troubled) -> None:
    store.keep(ANNE, [did(1), Preferred("slower")])
    inner.writes = False
    store.keep(ANNE, [did(2)])
    assert store.recall(ANNE).times == {"bridge": 2}
    assert store.recall(ANNE).pace == "slower"


def test_pain_voids_the_clearance_though_nothing_can_be_written(
    store: Backlog, inner: Troubled
) -> None:
    store.keep(ANNE, [Cleared(NOON, full=True)])
    inner.writes = False
    store.keep(ANNE, [PainReported()])
    assert inner.recall(ANNE).cleared == NOON
    assert store.recall(ANNE).cleared is None
    assert store.recall(ANNE).voided


def test_pain_is_held_beyond_the_bound_and_other_things_are_refused(
    inner: Troubled, time: Clock
) -> None:
    store = Backlog(inner, clock=time, most_turns=3, in_background=False)
    inner.writes = False
    store.keep(ANNE, [Cleared(NOON, full=True)])
    for number in range(2):
        store.keep(ANNE, [did(number)])
    with pytest.raises(StoreFailed, match="no more can be held"):
        store.keep(ANNE, [did(3)])
    store.keep(ANNE, [PainReported()])
    store.keep(BEN, [did(1)])
    assert store.recall(ANNE).voided
    assert store.recall(ANNE).times == {"bridge": 2}
    inner.writes = True
    assert store.write_held() == 0
    assert inner.recall(ANNE).voided
    assert inner.recall(BEN).times == {"bridge": 1}


def test_whoever_is_forgotten_in_a_fault_is_forgotten_at_once_and_for_good(
    store: Backlog, inner: Troubled
) -> None:
    store.keep(ANNE, [Cleared(NOON, full=True), did(1)])
    inner.writes = False
    store.keep(ANNE, [did(2)])
    store.keep(ANNE, [Forgotten()])
    assert store.recall(ANNE) == Memory()
    assert store.history(ANNE) == []
    store.keep(ANNE, [did(3)])
    assert store.recall(ANNE).times == {"bridge": 1}
    inner.writes = True
    store.write_held()
    assert inner.recall(ANNE).times == {"bridge": 1}
    assert [work.id for work in inner.history(ANNE)] == ["3"]


def test_a_household_that_leaves_takes_along_what_is_held(store: Backlog, inner: Troubled) -> None:
    inner.writes = False
    store.keep(ANNE, [did(1)], "home")
    store.keep("home", [did(1)])
    store.keep(BEN, [did(1)], "elsewhere")
    inner.writes = True
    store.forget_household("home")
    assert store.write_held() == 0
    assert store.recall(ANNE) == store.recall("home") == Memory()
    assert store.recall(BEN).times == {"bridge": 1}


class Dawdling(Troubled):
    """Writes nothing until it may."""

    def __init__(self, path: Path, time: Clock) -> None:
        super().__init__(path, time)
        self.has_begun, self.may_end = threading.Event(), threading.Event()

    def keep(self, person: str, effects: Sequence[Effect], household: str = "") -> None:
        if self.writes:
            self.has_begun.set()
            assert self.may_end.wait(60)
        super().keep(person, effects, household)


def test_a_household_that_leaves_while_a_turn_is_written_late_does_not_come_back(
    tmp_path: Path, time: Clock
) -> None:
    inner = Dawdling(tmp_path / "memory.sqlite3", time)
    store = Backlog(inner, clock=time, in_background=False)
    inner.writes = False
    store.keep(ANNE, [did(1)], "home")
    inner.writes = True
    writing = threading.Thread(target=store.write_held)
    leaving = threading.Thread(target=store.forget_household, args=["home"])
    writing.start()
    assert inner.has_begun.wait(60)
    leaving.start()
    leaving.join(0.1)  # it may wait for what is being written; it may not overtake it
    inner.may_end.set()
    writing.join(60)
    leaving.join(60)
    assert store.write_held() == 0
    assert inner.recall(ANNE) == store.recall(ANNE) == Memory()


def test_a_household_that_cannot_be_erased_yet_loses_nothing(
    store: Backlog, inner: Troubled
) -> None:
    inner.writes = False
    store.keep(ANNE, [Cleared(NOON, full=True), did(1)], "home")
    store.keep(ANNE, [PainReported()], "home")
    with pytest.raises(StoreFailed):
        store.forget_household("home")
    assert store.recall(ANNE).voided
    assert store.recall(ANNE).times == {"bridge": 1}
    inner.writes = True
    store.forget_household("home")
    assert store.recall(ANNE) == Memory()
    assert store.write_held() == 0


def test_only_turns_that_were_written_are_told_as_kept_late(
    store: Backlog, inner: Troubled, caplog: pytest.LogCaptureFixture
) -> None:
    inner.writes = False
    store.keep(ANNE, [did(1)], "home")
    for number in range(2):
        store.keep(BEN, [did(number)])
    inner.writes, inner.refused = True, BEN
    store.forget_household("home")
    assert store.write_held() == 2
    store.keep("cleo", [did(1)])
    assert store.write_held() == 2
    inner.refused = ""
    assert store.write_held() == 0
    assert all_clears(caplog) == ["the store can be written again; turns kept late: 3"]


def test_a_store_that_could_not_be_read_is_well_when_it_says_so_itself(
    store: Backlog, inner: Troubled, caplog: pytest.LogCaptureFixture
) -> None:
    inner.reads = False
    assert store.recall(ANNE) == Memory()
    assert len(errors(caplog)) == 1
    assert store.write_held() == 0
    assert all_clears(caplog) == []
    inner.reads = True
    assert store.write_held() == 0
    assert all_clears(caplog) == ["the store can be written again; turns kept late: 0"]


def test_the_thread_behind_asks_on_until_the_store_is_well(
    inner: Troubled, time: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    store = Backlog(inner, clock=time)
    inner.reads = False
    store.recall(ANNE)
    thread = store._thread
    assert thread is not None
    inner.reads = True
    time.now += 2 * REST
    store.recall(BEN)
    thread.join(timeout=60)
    assert not thread.is_alive()
    assert len(all_clears(caplog)) == 1


def test_a_memory_that_cannot_be_read_troubles_nobody_else_and_is_begun_anew(
    store: Backlog, inner: Troubled, caplog: pytest.LogCaptureFixture
) -> None:
    store.keep(ANNE, [Cleared(NOON, full=True), did(1)], "home")
    inner.spoil(ANNE)
    assert store.recall(ANNE) == Memory()
    store.keep(BEN, [did(1)])
    assert inner.recall(BEN).times == {"bridge": 1}
    store.keep(ANNE, [did(2)], "home")
    assert inner.recall(ANNE).times == store.recall(ANNE).times == {"bridge": 1}
    assert store.recall(ANNE).cleared is None, "everything is asked again"
    assert store.write_held() == 0
    (line,) = errors(caplog)
    assert "begun anew" in line
    assert ANNE not in line


def test_a_write_that_failed_and_yet_landed_counts_once(
    store: Backlog, inner: Troubled, time: Clock
) -> None:
    store.keep(ANNE, [did(1)])
    inner.answers = False
    store.keep(ANNE, [did(2), Preferred("slower")])
    inner.answers, inner.writes = True, False
    store.keep(ANNE, [did(3), did(2)])
    time.now += 1
    assert inner.recall(ANNE).times == {"bridge": 2}
    assert store.recall(ANNE).times == {"bridge": 3}
    inner.writes = True
    assert store.write_held() == 0
    assert inner.recall(ANNE).times == store.recall(ANNE).times == {"bridge": 3}


def test_with_no_log_to_read_what_is_held_counts_all_the_same(
    store: Backlog, inner: Troubled, time: Clock
) -> None:
    store.keep(ANNE, [did(1)])
    inner.writes = inner.reads_log = False
    store.keep(ANNE, [did(2)])
    time.now += 1
    assert store.recall(ANNE).times == {"bridge": 2}


def test_a_slow_store_takes_no_request_twice(store: Backlog, inner: Troubled, time: Clock) -> None:
    inner.takes = 2.0
    for number in range(3):
        began = time.now
        assert store.recall(ANNE).times.get("bridge", 0) == number
        store.keep(ANNE, [did(number)])
        assert time.now - began < 3
    assert inner.kept == 0
    assert store.write_held() == 0
    assert inner.recall(ANNE).times == {"bridge": 3}


@pytest.mark.parametrize("reads", [True, False])
def test_a_store_that_fails_slowly_takes_no_request_twice(
    reads: bool, store: Backlog, inner: Troubled, time: Clock
) -> None:
    inner.takes, inner.writes, inner.reads = 2.0, False, reads
    for number in range(3):
        began = time.now
        store.recall(ANNE)
        store.keep(ANNE, [did(number)])
        assert time.now - began < 3
        time.now += 2 * REST
    assert store.recall(ANNE).times == {"bridge": 3}


def test_after_a_rest_others_are_written_directly_again(
    store: Backlog, inner: Troubled, time: Clock
) -> None:
    inner.writes = False
    store.keep(ANNE, [did(1)])
    inner.writes = True
    store.keep(BEN, [did(1)])
    assert inner.recall(BEN) == Memory()
    time.now += REST + SLOW
    store.keep("cleo", [did(1)])
    assert inner.recall("cleo").times == {"bridge": 1}


def test_one_person_who_cannot_be_written_does_not_hold_up_the_others(
    store: Backlog, inner: Troubled
) -> None:
    inner.writes = False
    people = [ANNE, *(f"person {number}" for number in range(5))]
    for person in people:
        store.keep(person, [did(2)])
    inner.writes, inner.refused = True, ANNE
    assert store.write_held() == 1
    assert all(inner.recall(person).times == {"bridge": 1} for person in people[1:])


def test_the_thread_behind_writes_when_a_later_request_shows_that_it_may(
    inner: Troubled, time: Clock
) -> None:
    store = Backlog(inner, clock=time)
    inner.writes = False
    store.keep(ANNE, [did(1)])
    thread = store._thread
    assert thread is not None
    inner.writes = True
    time.now += 2 * REST
    store.recall(BEN)
    thread.join(timeout=60)
    assert not thread.is_alive()
    assert inner.recall(ANNE).times == {"bridge": 1}
    assert store.recall(ANNE).times == {"bridge": 1}
