"""The journal of withdrawals: kept where the store takes nothing, and written before all else."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from skill.coach.effects import (
    ClearanceWithdrawn,
    Cleared,
    Effect,
    Forgotten,
    PainReported,
    Preferred,
    RoundsDone,
)
from skill.coach.memory import Memory
from skill.store import StoreFailed, WrittenLater
from skill.store.sqlite import SqliteStore
from skill.store.withdrawals import SLOT_BYTES, SLOTS, WithdrawalJournal
from skill.web import create_app
from tests.alexa.conftest import HOUSEHOLD, Alexa, Clock, intent, matched, says, settings_in
from tests.store.fault_table import ANNE, guides

CLEARED = [Cleared(1736150400.0, full=True)]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("skill.store.sqlite.BUSY_SECONDS", 0.02)
    monkeypatch.setattr("skill.store.sqlite.CHECK_SECONDS", 0.02)
    return tmp_path / "memory.sqlite3"


@contextmanager
def locked(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def withdraw(file: Path, person: str, *effects: Effect) -> None:
    """In a process of its own, which is killed at once."""
    store = SqliteStore(file)
    with locked(file), pytest.raises(WrittenLater):
        store.keep(person, effects, "home")


WITHDRAWALS: list[tuple[Sequence[Effect], Memory]] = [
    ([PainReported()], Memory(voided=True, pace="slower")),
    ([ClearanceWithdrawn()], Memory(pace="slower")),
    ([Forgotten()], Memory()),
    ([PainReported(), Forgotten()], Memory()),
]


@pytest.mark.parametrize(("effects", "left"), WITHDRAWALS)
def test_it_counts_at_once_in_every_process_and_is_written_by_the_next(
    effects: Sequence[Effect], left: Memory, file: Path
) -> None:
    other = SqliteStore(file)
    other.keep("anne", [*CLEARED, Preferred("slower")])
    withdraw(file, "anne", *effects)
    assert other.recall("anne") == left
    other.keep("ben", [Preferred("faster")])
    with closing(sqlite3.connect(file)) as looking:
        kept = looking.execute("SELECT memory FROM person WHERE key = 'anne'").fetchall()
    assert len(kept) == (left != Memory())
    assert SqliteStore(file).recall("anne") == left


def test_pain_after_forgetting_leaves_nothing_but_the_stop(file: Path) -> None:
    SqliteStore(file).keep("anne", [*CLEARED, Preferred("slower")])
    withdraw(file, "anne", Forgotten())
    withdraw(file, "anne", PainReported())
    store = SqliteStore(file)
    store.check()
    assert store.recall("anne") == Memory(voided=True)


def test_a_household_that_leaves_takes_along_what_waits(file: Path) -> None:
    SqliteStore(file).keep("anne", CLEARED, "home")
    withdraw(file, "anne", PainReported())
    store = SqliteStore(file)
    store.forget_household("home")
    store.check()
    assert store.recall("anne") == Memory()


def test_who_is_cleared_again_after_a_withdrawal_stays_so(file: Path) -> None:
    SqliteStore(file).keep("anne", CLEARED)
    withdraw(file, "anne", PainReported())
    store = SqliteStore(file)
    store.keep("anne", CLEARED)
    store.check()
    assert store.recall("anne").cleared == CLEARED[0].at


def test_a_journal_without_room_leaves_it_to_the_process(tmp_path: Path) -> None:
    journal = WithdrawalJournal(tmp_path / "journal")
    for number in range(SLOTS):
        assert journal.add(f"person {number}", (PainReported(),), "home")
    assert journal.add("person 5", (Forgotten(),), "home"), "who is there has room"
    assert not journal.add("one more", (PainReported(),), "home")
    assert len(journal.pending()) == SLOTS + 1
    journal.remove(journal.pending())
    assert journal.pending() == ()
    assert (tmp_path / "journal").stat().st_size == SLOTS * SLOT_BYTES


def test_half_a_withdrawal_is_none_and_makes_room(tmp_path: Path) -> None:
    journal = WithdrawalJournal(tmp_path / "journal")
    with (tmp_path / "journal").open("r+b") as file:
        file.write(b'{"person":"an')
    assert journal.pending() == ()
    assert journal.add("anne", (PainReported(),), "")
    journal.remove(journal.pending())
    assert (tmp_path / "journal").read_bytes() == bytes(SLOTS * SLOT_BYTES)


def test_a_process_that_holds_the_journal_and_stands_still_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("skill.store.withdrawals.LOCK_SECONDS", 0.01)
    journal = WithdrawalJournal(tmp_path / "journal")
    held = os.open(tmp_path / "journal", os.O_RDWR)
    fcntl.flock(held, fcntl.LOCK_EX)
    assert not journal.add("anne", (PainReported(),), "")
    os.close(held)
    assert [waiting.person for waiting in journal.pending()] == ["anne"]


def test_what_only_the_process_knows_is_told_when_it_ends(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal = WithdrawalJournal()
    journal.add("anne", (PainReported(),), "")
    journal.close()
    assert caplog.messages == ["the store never took what was withdrawn; people: 1"]
    assert HOUSEHOLD not in caplog.text


class Overtaken(SqliteStore):
    """A store in which something else is written after each read, before the write."""

    other: SqliteStore
    effects: tuple[Effect, ...] = ()

    def recall(self, person: str) -> Memory:
        memory = super().recall(person)
        if self.effects:
            self.other.keep(person, self.effects)
        return memory


@pytest.fixture
def overtaken(file: Path) -> Overtaken:
    store = Overtaken(file)
    store.other = SqliteStore(file)
    return store


@pytest.fixture
def alexa(overtaken: Overtaken, tmp_path: Path) -> Alexa:
    clock = Clock()
    device = Alexa(create_app(settings_in(tmp_path), clock=clock, store=overtaken), clock)
    device.be_guided("bridge")
    device.clock.wait(400)
    return device


@pytest.mark.parametrize("effect", [PainReported(), ClearanceWithdrawn(), Forgotten()])
def test_nobody_is_guided_on_a_clearance_that_was_withdrawn_meanwhile(
    effect: Effect, overtaken: Overtaken, alexa: Alexa
) -> None:
    alexa.say("Stop")
    overtaken.effects = (effect,)
    assert not guides(alexa)
    assert alexa.screening == "full"


@pytest.mark.parametrize("told", ["DescribeExerciseIntent", "AMAZON.RepeatIntent"])
def test_nobody_is_told_steps_on_it_either(told: str, overtaken: Overtaken, alexa: Alexa) -> None:
    alexa.say("Stop")
    the_bridge = intent("DescribeExerciseIntent", exercise=matched("bridge", "bridge"))
    assert says(alexa.ask(the_bridge), "bridge-steps")
    overtaken.effects = (PainReported(),)
    again = the_bridge if told == "DescribeExerciseIntent" else intent(told)
    assert not says(alexa.ask(again), "bridge-steps")


def test_work_is_recorded_though_the_clearance_changed_meanwhile(
    overtaken: Overtaken, alexa: Alexa
) -> None:
    overtaken.effects = (PainReported(),)
    alexa.say("Stop")
    assert overtaken.other.recall(ANNE).times == {"bridge": 1}
    assert overtaken.other.recall(ANNE).voided


def test_erased_stays_erased_though_a_turn_was_in_flight(
    overtaken: Overtaken, alexa: Alexa
) -> None:
    overtaken.effects = (Forgotten(),)
    alexa.say("Stop")
    assert overtaken.other.recall(ANNE) == Memory()
    assert overtaken.other.history(ANNE) == list[RoundsDone]()


def test_a_store_that_fails_otherwise_loses_nothing_it_was_asked_to(file: Path) -> None:
    store = SqliteStore(file)
    with locked(file), pytest.raises(StoreFailed) as failed:
        store.keep("anne", CLEARED)
    assert not isinstance(failed.value, WrittenLater)
    assert store.recall("anne") == Memory()
