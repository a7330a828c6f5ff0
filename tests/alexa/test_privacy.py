"""Nothing that a person answers to a safety question is kept or logged."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.alexa.conftest import SECRETS, Alexa, says

Lines = Callable[[], list[str]]
QUESTIONS = ("emergency", "injury", "movement", "persistent", "since-last-time", "statement")
ANSWERS = ("YesIntent", "NoIntent", "UnsureIntent", "not sure", "unsure", "numbness", "accident")
A_MONTH = 31 * 24 * 3600


def rows_in(folder: Path) -> dict[str, list[Any]]:
    """All that the store holds."""
    connection = sqlite3.connect(folder / "memory.sqlite3")
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables}
    connection.close()
    return found


def bytes_in(folder: Path) -> str:
    """Every byte of every file, also what is deleted, or not yet in its place."""
    files = sorted(folder.iterdir())
    assert files
    return b"".join(file.read_bytes() for file in files).decode("latin-1")


def assert_no_trace(folder: Path) -> None:
    kept = bytes_in(folder)
    assert not [word for word in (*QUESTIONS, *ANSWERS, *SECRETS) if word in kept]


@pytest.mark.parametrize("passed", range(5))
@pytest.mark.parametrize("answer", ["Yes", "UnsureIntent", "Fallback"])
def test_an_answer_that_stops_everything_leaves_no_trace(
    passed: int, answer: str, alexa: Alexa, tmp_path: Path, lines: Lines
) -> None:
    alexa.start("bridge")
    for _ in range(passed):
        alexa.say("No")
    while alexa.say(answer).is_open:
        assert answer == "Fallback"
    tables = rows_in(tmp_path)
    assert "person" in tables
    assert not any(tables.values())
    assert_no_trace(tmp_path)
    assert lines() == []


def test_of_a_whole_screening_only_its_time_is_kept(
    alexa: Alexa, tmp_path: Path, lines: Lines
) -> None:
    assert says(alexa.be_guided("bridge"), "cleared")
    ((_, _, memory, _),) = rows_in(tmp_path)["person"]
    kept = json.loads(memory)
    assert set(kept) == {"cleared", "fully_cleared", "underway", "underway_at"}
    assert kept["cleared"] == kept["fully_cleared"] == alexa.clock.now.timestamp()
    assert "bridge" in bytes_in(tmp_path)
    assert_no_trace(tmp_path)
    assert lines() == []


def test_after_a_yes_to_the_short_question_only_the_clearance_is_missing(
    alexa: Alexa, tmp_path: Path, lines: Lines
) -> None:
    alexa.be_guided("bridge")
    alexa.say("Stop")
    before = memory_in(tmp_path)
    alexa.clock.wait(24 * 3600)
    alexa.start("bridge")
    assert alexa.screening == "short"
    assert says(alexa.say("Yes"), "advice-since-last-time")
    after = memory_in(tmp_path)
    assert set(before) - set(after) == {"cleared", "fully_cleared"}
    assert after == {name: value for name, value in before.items() if name in after}
    assert_no_trace(tmp_path)
    assert lines() == []


def memory_in(folder: Path) -> dict[str, Any]:
    """The one person's memory, as it is written."""
    ((_, _, memory, _),) = rows_in(folder)["person"]
    read: dict[str, Any] = json.loads(memory)
    return read


def test_pain_is_kept_as_nothing_but_a_stop(alexa: Alexa, tmp_path: Path, lines: Lines) -> None:
    alexa.be_guided("bridge")
    alexa.say("ReportPainIntent")
    assert "pain" not in str(rows_in(tmp_path))
    assert lines() == []
    alexa.clock.wait(A_MONTH)
    assert says(alexa.start("bridge"), "questions-again", count=5)


def test_nobody_is_named_in_the_store(alexa: Alexa, tmp_path: Path) -> None:
    alexa.be_guided("bridge")
    alexa.clock.wait(300)
    alexa.end()
    (person,) = rows_in(tmp_path)["person"]
    assert len(str(person[0])) == 64
    assert_no_trace(tmp_path)
