"""Faults of a store: nobody is guided after pain without a question, nothing false is claimed."""

from pathlib import Path

import pytest

from tests.store import faults
from tests.store.fault_table import EVENTS, Cell, run, sqlite_place
from tests.store.faults import IN_PLACE, can_mount, nothing_is_written, small_disk

GONE = ("file removed", "log removed", "corrupt", "truncated")
"""Faults after which nothing is left of what was there before."""

STILL_WRITABLE = ("corrupt", "from the future", "no descriptors")
"""Faults in which what is open already goes on: pages are at hand until they are read again."""

STILL_WELL = ("corrupt", "no descriptors")
"""Faults in which health need not say so."""

IN_THE_FAULT = "the other, in the fault"


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skill.store.sqlite.BUSY_SECONDS", 0.05)
    monkeypatch.setattr("skill.store.sqlite.CHECK_SECONDS", 0.05)


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("fault", IN_PLACE)
def test_a_fault_of_the_file(fault: str, event: str, tmp_path: Path) -> None:
    cell = run(sqlite_place(tmp_path, IN_PLACE[fault]), event)
    check(fault, event, cell)


@pytest.mark.parametrize("event", EVENTS)
def test_where_not_even_the_journal_can_be_written(event: str, tmp_path: Path) -> None:
    cell = run(sqlite_place(tmp_path, nothing_is_written), event)
    assert ("tell-me-again" in cell.heard) == (event in ("pain", "doubt"))
    check("nothing is written", event, cell)


@pytest.mark.skipif(not can_mount(), reason="only root may mount a disk")
@pytest.mark.parametrize("event", EVENTS)
def test_a_disk_that_is_full(event: str, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk"):
        cell = run(sqlite_place(tmp_path / "disk", faults.disk_full), event)
    check("disk full", event, cell)


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("trouble", ["throttled", "writes throttled", "conditions always fail"])
def test_a_table_that_two_functions_share(
    trouble: str, event: str, tmp_path: Path, table: str
) -> None:
    from tests.store.dynamodb_faults import (  # noqa: PLC0415 - boto3 may be missing
        TROUBLES,
        dynamodb_place,
    )

    cell = run(dynamodb_place(tmp_path, table, TROUBLES[trouble]), event)
    check(trouble, event, cell)


def check(fault: str, event: str, cell: Cell) -> None:
    """What holds in every cell."""
    assert cell.health == 503 or fault in STILL_WELL
    assert IN_THE_FAULT not in cell.unasked or fault in STILL_WRITABLE, "no write, no clearance"
    if event in ("pain", "doubt"):
        assert cell.unasked == ()
        assert "cleared" not in cell.afterwards
    if "forgotten" in cell.heard:
        assert cell.afterwards == ()
    is_claimed = "reminder-set" in cell.heard
    assert is_claimed == ("a reminder at Alexa" in cell.afterwards)
    assert is_claimed == ("a reminder" in cell.afterwards) or fault in GONE
