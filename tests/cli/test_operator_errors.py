"""What an operator can mend is one line; every other fault keeps its traceback."""

import pytest

from skill.cli.operator_errors import operator_errors
from skill.settings import BadSetting
from skill.store import StoreFailed

MENDED = [
    (BadSetting("BACK_COACH_X is bad"), "back-coach: BACK_COACH_X is bad\n"),
    (StoreFailed("the disk is full"), "back-coach: the disk is full\n"),
    (
        ModuleNotFoundError(name="hassil"),
        "back-coach: hassil is missing; install it with: pip install 'back-coach[speaker]'\n",
    ),
    (
        ModuleNotFoundError(name="jsonschema"),
        "back-coach: jsonschema is missing; install it with: pip install 'back-coach[package]'\n",
    ),
]


@pytest.mark.parametrize(("fault", "line"), MENDED, ids=lambda value: type(value).__name__)
def test_it_is_one_line_and_status_2(
    fault: Exception, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"), operator_errors():
        raise fault
    assert capsys.readouterr() == ("", line)


@pytest.mark.parametrize(
    "fault", [ModuleNotFoundError(name="skill.x"), KeyError("x"), ValueError()]
)
def test_a_fault_of_the_program_is_not_hidden(fault: Exception) -> None:
    with pytest.raises(type(fault)), operator_errors():
        raise fault


def test_a_command_may_know_more_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"), operator_errors(ValueError):
        raise ValueError("no such table")
    assert capsys.readouterr().err == "back-coach: no such table\n"
