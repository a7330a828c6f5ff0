"""The command `back-coach`, as an operator runs it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from skill.__main__ import main
from skill.exercises import load_facts

EXERCISES, PACES = load_facts()[0].ids, load_facts()[0].pace_ids
HELLO = "Alexa, open back coach\n"


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("BACK_COACH_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))


def run(*arguments: str, said: str = "") -> Result:
    return CliRunner().invoke(main, arguments, input=said)


def test_talk_fast_prints_a_transcript_and_leaves_nothing_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "skill", "talk", "--fast"]
    said = "# Hello\nAlexa, start knees to chest\nno\n\nno\nno\nno\nno\n"
    done = subprocess.run(
        command, input=said, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[:3] == ["", "# Hello", "0:00:00.0    You Alexa, start knees to chest"]
    assert sum("You no" in line for line in lines) == 5
    assert sum(line.endswith("[5 s]") for line in lines) == 4
    assert lines[-1].endswith("the session is over.")
    assert list(tmp_path.iterdir()) == []


def test_the_installed_command_is_the_same() -> None:
    installed = Path(sys.executable).with_name("back-coach")
    done = subprocess.run(
        [installed, "--version"], capture_output=True, text=True, check=True, timeout=60
    )
    assert re.fullmatch(r"back-coach, version \d+\.\d+\.\d+\n", done.stdout)


def test_nothing_said_is_nothing_told() -> None:
    done = run("talk", "--fast")
    assert (done.exit_code, done.output) == (0, "")


def test_the_simulated_day_can_begin_at_any_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BACK_COACH_STORE", f"sqlite://{tmp_path / 'kept.sqlite3'}")
    bridge = "Alexa, start the bridge\n"
    run("talk", "--fast", "--start", "2030-05-01T12:00:00", said=bridge + "no\n" * 5 + "stop\n")
    same_day = run("talk", "--fast", "--start", "2030-05-01T15:00:00", said=bridge)
    two_days_on = run("talk", "--fast", "--start", "2030-05-03", said=bridge)
    later = run("talk", "--fast", "--start", "2030-08-01", said=bridge)
    asked = ["safety question" in re.sub(r"\s+", " ", r.output) for r in (same_day, two_days_on)]
    assert asked == [False, True]
    assert "One:" not in two_days_on.output
    assert "One:" in later.output


BAD_SETTINGS = [
    ({"BACK_COACH_STORE": "mysql://localhost/x"}, "BACK_COACH_STORE"),
    ({"BACK_COACH_STORE": "memory.sqlite3"}, "BACK_COACH_STORE"),
    ({"BACK_COACH_STORE": "sqlite://memory.sqlite3"}, "BACK_COACH_STORE"),
    ({"BACK_COACH_STORE": "sqlite:///"}, "BACK_COACH_STORE"),
    ({"BACK_COACH_STORE": "sqlite:////dev/null/m.sqlite3"}, "/dev/null"),
    ({"BACK_COACH_SCREENING": "none"}, "BACK_COACH_SCREENING"),
]


@pytest.mark.parametrize(("settings", "named"), BAD_SETTINGS)
@pytest.mark.parametrize("arguments", [["talk", "--fast"], ["talk"], []], ids=" ".join)
def test_a_bad_setting_is_one_line_and_status_2(
    arguments: list[str], settings: dict[str, str], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    done = run(*arguments, said=HELLO)
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("back-coach: ")
    assert named in line
    assert done.stdout == ""


def test_a_locale_with_no_model_is_one_line_that_names_the_others() -> None:
    done = run("talk", "--fast", "--locale", "nl-NL", said=HELLO)
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert "nl-NL" in line
    assert "en-US" in line


@pytest.mark.parametrize(
    "arguments",
    [["dance"], ["talk", "--slow"], ["talk", "--fast", "--start", "noon"], ["talk", "x"]],
)
def test_a_wrong_word_is_explained(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Error: " in done.stderr
    assert "--help" in done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["talk", "--help"], ["lengths", "--help"]])
def test_there_is_help(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.exit_code == 0
    assert done.output.startswith("Usage: ")


def test_help_imports_only_the_commands_and_none_of_what_they_need() -> None:
    imported = "import skill.__main__, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", imported], capture_output=True, text=True, check=True, timeout=60
    )
    ours = [m for m in done.stdout.split() if m.startswith(("skill", "speech", "interaction"))]
    needed = [m for m in ours if m not in ("skill", "skill.__main__") and "skill.cli" not in m]
    assert needed == []


def test_lengths_has_a_row_for_each_exercise_pace_and_wording() -> None:
    done = run("lengths")
    assert done.exit_code == 0
    header, rule, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in done.output.splitlines()
    ]
    assert header[:3] == ["exercise", "pace", "wording"]
    assert set(rule) == {"---"}
    assert [row[:3] for row in rows] == [
        [exercise, pace, wording]
        for exercise in EXERCISES
        for pace in PACES
        for wording in ("full", "brief")
    ]
    for row in rows:
        figures = dict(zip(header, row, strict=True))
        spoken, silent, whole = (
            float(figures[name]) for name in ("spoken (s)", "silent (s)", "in all (s)")
        )
        assert abs(spoken + silent - whole) <= 1
        assert 0 < int(figures["characters"]) < 8000 * int(figures["replies"])
        assert re.fullmatch(r"\d+ of \d+ s", figures["holds"])
