"""What an operator asks of the store."""

import stat
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from skill.__main__ import main
from skill.alexa.identity import key_of
from skill.cli.progress_calendar import calendar
from skill.coach.effects import RoundsDone
from skill.speaker.device_requests import LOCAL_PERSON
from skill.store import open_store

KEY = key_of(LOCAL_PERSON)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite://{tmp_path / 'memory.sqlite3'}"
    monkeypatch.setenv("BACK_COACH_STORE", url)
    store = open_store(url)
    days = ("2025-01-06", "2025-01-06", "2025-01-07")
    work = [
        RoundsDone(str(number), "bridge", 5, whole=True, at=float(number), day=day)
        for number, day in enumerate(days)
    ]
    store.keep(KEY, work, KEY)
    return url


def test_the_calendar_shows_days_and_totals(url: str) -> None:
    store = open_store(url)
    shown = calendar(store.recall(KEY), store.history(KEY), date(2025, 1, 8))
    lines = [line.rstrip() for line in shown.splitlines()]
    assert lines[0].endswith("▒")
    assert lines[1].endswith("░")
    assert lines[2].endswith("·")
    assert "streak 2, longest 2, days 2" in lines
    assert lines[-1].split() == ["bridge", "3", "15"]


def test_progress_and_forget(url: str) -> None:
    shown = CliRunner().invoke(main, ["progress"])
    assert shown.exit_code == 0
    assert "bridge" in shown.output
    assert CliRunner().invoke(main, ["forget", LOCAL_PERSON]).output == "forgotten\n"
    assert "bridge" not in CliRunner().invoke(main, ["progress"]).output


def test_a_backup_is_whole_and_private_and_overwrites_nothing(url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert CliRunner().invoke(main, ["backup", str(copy)]).exit_code == 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert open_store(f"sqlite://{copy}").history(KEY) == open_store(url).history(KEY)
    again = CliRunner().invoke(main, ["backup", str(copy)])
    assert (again.exit_code, again.output.count("\n")) == (2, 1)


@pytest.mark.usefixtures("url")
def test_most_people_are_erased_only_when_somebody_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert CliRunner().invoke(main, ["expire"]).output == "forgotten: 0\n"
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert CliRunner().invoke(main, ["expire"]).output == "forgotten: 1\n"


def test_a_store_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACK_COACH_STORE", "nowhere")
    refused = CliRunner().invoke(main, ["progress"])
    assert refused.exit_code == 2
    assert "not a store" in refused.output
