"""The command `back-coach new-exercise`: what it writes, and that it is not used unwritten."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interaction_models import generate
from skill.__main__ import main
from skill.exercises import BrokenData
from skill.lint.check import check
from skill.lint.project import EXERCISES, PHRASES, WORDING, Project
from speech.wording import BrokenWording, Wording
from tests.lint.conftest import copied

FACTS = f"{EXERCISES}/heel-slides.toml"
SAID = f"{WORDING}/en/heel-slides.ftl"
NAMED = f"{PHRASES}/en/exercises/heel-slides.yaml"
FILES = [FACTS, SAID, NAMED]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the project, in which the command runs."""
    copied(tmp_path)
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(Project, "shipped", lambda: Project(tmp_path))
    return Project(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["new-exercise", *arguments])


def everything_in(project: Project) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}


def filled_in(project: Project, file: str) -> None:
    """Something in every place of a file that is to be written."""
    path = project.root / file
    text = path.read_text("utf-8")
    text = re.sub(r'value = "FILL IN[^"]*"', "value = 4", text)
    text = re.sub(r'source = "FILL IN[^"]*"', 'source = "new-source"', text)
    text = re.sub(r"FILL IN: https address", "https://example.org", text)
    text = re.sub(r"FILL IN: one of [^\"]*", "lying", text)
    text = re.sub(r'"FILL IN: true[^"]*"', "true", text)
    text = re.sub(r'"FILL IN: another[^"]*"', "sliding heels", text)
    text = re.sub(r"FILL IN: its plain[^\"]*", "heel slides", text)
    path.write_text(re.sub(r"FILL IN.*?(?=\"|$)", "Something.", text, flags=re.MULTILINE), "utf-8")


def test_it_writes_three_files(project: Project) -> None:
    done = run("heel-slides")
    assert done.exit_code == 0
    written = [line for line in done.output.splitlines() if line.startswith("written: ")]
    assert written == [f"written: {file}" for file in FILES]


def test_every_place_that_is_to_be_written_is_found(project: Project) -> None:
    run("heel-slides", "--phase", "bend=draw", "--phase", "twist=cross,turn")
    marked = {
        (file, number)
        for file in FILES
        for number, line in enumerate(project.text(file).splitlines(), start=1)
        if "FILL IN" in line
    }
    assert len(marked) > 25
    found = check(Project(project.root))
    assert {(finding.file, finding.line) for finding in found} == marked
    assert len(found) == len(marked)
    assert all(finding.problem.startswith("still to be written") for finding in found)


def test_a_skeleton_is_never_guided(project: Project) -> None:
    run("heel-slides")
    models = project.root / "interaction_models"
    with pytest.raises(BrokenData, match="still to be written"):
        project.read_facts()
    assert generate.main([], models / "phrases", models) == 2
    filled_in(project, FACTS)
    assert "heel-slides" in Project(project.root).read_facts()[0]
    with pytest.raises(BrokenWording, match=r"heel-slides\.ftl, line 4: FILL IN marks"):
        Wording(project.wordings["en"], "en")


@pytest.mark.parametrize("sided", ["--sided", "--not-sided"])
def test_filled_in_it_lacks_nothing(sided: str, project: Project) -> None:
    run("heel-slides", "--posture", "lying", sided, "--phase", "bend=draw", "--phase", "on=a,b")
    for file in FILES:
        filled_in(project, file)
    models = project.root / "interaction_models"
    assert generate.main([], models / "phrases", models) == 0
    assert check(Project(project.root), "facts") == []
    exercise = Project(project.root).read_facts()[0]["heel-slides"]
    assert [(p.id, [move.id for move in p.moves]) for p in exercise.phase] == [
        ("bend", ["draw"]),
        ("on", ["a", "b"]),
    ]


def test_what_is_not_told_is_to_be_filled_in(project: Project) -> None:
    run("heel-slides")
    for file in FILES:
        filled_in(project, file)
    exercise = Project(project.root).read_facts()[0]["heel-slides"]
    assert (exercise.posture, exercise.sided) == ("lying", True)


@pytest.mark.parametrize(
    ("posture", "order"),
    [
        (["--posture", "lying"], 45),
        (["--posture", "hands-and-knees"], 55),
        (["--posture", "seated"], 70),
        ([], 70),
    ],
)
def test_its_place_follows_the_last_of_its_posture(
    posture: list[str], order: int, project: Project
) -> None:
    run("heel-slides", *posture)
    assert f"\norder = {order}\n" in project.text(FACTS)
    assert f"\norder: {order}\n" in project.text(NAMED)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["bridge"], "there is an exercise 'bridge' already"),
        (["help"], "speech/wording/en/help.ftl is there already; choose another id"),
        (["Heel Slides"], "'Heel Slides' is no id"),
        (["heel_slides"], "'heel_slides' is no id"),
        (["../heel-slides"], "'../heel-slides' is no id"),
        (["heel-slides\n"], "is no id"),
        (["heel-slides", "--posture", "headstand"], "no posture 'headstand'; there are lying, "),
        (["heel-slides", "--phase", "bend"], "'bend' is no phase"),
        (["heel-slides", "--phase", "bend=Draw in"], "'bend=Draw in' is no phase"),
    ],
)
def test_it_is_refused_in_one_line(arguments: list[str], reason: str, project: Project) -> None:
    before = everything_in(project)
    refused = run(*arguments)
    assert refused.exit_code == 2
    assert refused.output.startswith("back-coach: ")
    assert reason in refused.output
    assert refused.output.count("\n") == 1
    assert everything_in(project) == before


def test_it_is_refused_while_another_is_unwritten(project: Project) -> None:
    run("heel-slides")
    refused = run("toe-taps")
    assert (refused.exit_code, refused.output.count("\n")) == (2, 1)
    assert "still to be written" in refused.output


def test_an_installed_package_is_no_project(project: Project) -> None:
    (project.root / "pyproject.toml").unlink()
    before = everything_in(project)
    refused = run("heel-slides")
    assert (refused.exit_code, refused.output.count("\n")) == (2, 1)
    assert "this is an installed package, not the project" in refused.output
    assert everything_in(project) == before


def test_no_more_than_a_plan_can_hold(project: Project) -> None:
    text = project.text(f"{EXERCISES}/bridge.toml")
    for index in range(6):
        path = project.root / EXERCISES / f"further-{'abcdef'[index]}.toml"
        path.write_text(text.replace("order = 30", f"order = {100 + index}"), "utf-8")
    refused = run("heel-slides")
    assert (refused.exit_code, refused.output.count("\n")) == (2, 1)
    assert "there are 12 exercises, and no plan holds more" in refused.output
