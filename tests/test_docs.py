"""Documentation: what the pages name exists, and what they show is what the commands print."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click
import pytest

from skill.__main__ import main
from skill.cli.length_table import length_table
from skill.cli.local_speaker import talk_fast
from skill.content import Content
from skill.exercises import Exercise

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FOLDERS = ("docs", "interaction_models", "requirements", "skill", "speech", "tests")
MORNING = datetime(2025, 1, 6, 8)  # noqa: DTZ001 - the command takes a naive time, in UTC

FENCE = re.compile(r"^ *```\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(rf"(?:(?:{'|'.join(FOLDERS)})/|\.?[\w-]+\.(?:toml|yaml)$)\S*")

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def code_in(page: Path) -> Iterator[str]:
    """Every code span, and every line of a fenced block."""
    text = page.read_text("utf-8")
    for block in FENCE.findall(text):
        yield from block.splitlines()
    yield from SPAN.findall(FENCE.sub("", text))


def paths_in(page: Path) -> Iterator[str]:
    yield from filter(PATH.fullmatch, SPAN.findall(FENCE.sub("", page.read_text("utf-8"))))


def anchors_of(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def is_defined(name: str, file: Path) -> bool:
    """Whether a function, class, method or constant of this name is defined, in Python or JS."""
    if file.suffix == ".js":
        definition = rf"\b(?:class|function) {name}\b|^ +(?:async )?{name}\(.*\{{$"
    else:
        definition = rf"\b(?:def|class) {name}\b|^{name}(?::| =)"
    return re.search(definition, file.read_text("utf-8"), re.MULTILINE) is not None


def is_there(path: str) -> bool:
    """Whether a path exists, and after `::` what it defines; `<id>` stands for any name."""
    name, _, definition = path.partition("::")
    found = sorted(ROOT.glob(re.sub(r"<\w+>", "*", name).rstrip("/")))
    return bool(found) and (not definition or is_defined(definition, found[0]))


def spoken(said: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `back-coach talk --fast` prints of utterances, one a line."""
    monkeypatch.delenv("BACK_COACH_STORE", raising=False)
    monkeypatch.setenv("BACK_COACH_SCREENING", "questions")
    return "\n".join(talk_fast(said.splitlines(), MORNING, "en-US")).splitlines()


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 120


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CHANGELOG.md"], ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if not link.startswith(("https://", "http://")):
            name, _, anchor = link.partition("#")
            target = page.parent / name if name else page
            assert target.exists(), link
            assert not anchor or anchor in anchors_of(target), link


@pages
def test_every_path_exists(page: Path) -> None:
    assert [path for path in paths_in(page) if not is_there(path)] == []


@pytest.mark.parametrize(("way", "count"), [("A request", 15), ("A spoken word", 12)])
def test_a_way_is_told_in_steps_that_each_name_a_function(way: str, count: int) -> None:
    page = (ROOT / "docs" / "life-of-a-request.md").read_text("utf-8")
    told = page.split(f"\n## {way}\n")[1].split("\n## ")[0].split("\n\n")
    numbered = next(block for block in told if block.startswith("1. "))
    steps = re.split(r"^(?=\d+\. )", numbered, flags=re.MULTILINE)[1:]
    assert [step.partition(". ")[0] for step in steps] == [str(n + 1) for n in range(count)]
    assert [step for step in steps if "::" not in step] == []


def test_the_table_of_the_servers_options_is_what_its_help_prints() -> None:
    page = (ROOT / "docs" / "deploying.md").read_text("utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| `--")]
    told = {option.strip("| `"): (default.strip("`"), meaning) for option, default, meaning in rows}
    options = {option.opts[0]: option for option in main.commands["serve"].params}
    assert list(told) == list(options)
    for name, option in options.items():
        assert isinstance(option, click.Option)
        default, meaning = told[name]
        assert not option.show_default or default == str(option.default)
        assert option.help is None or option.help.rstrip(".") in meaning


@pages
def test_every_command_and_its_options_exist(page: Path) -> None:
    for code in code_in(page):
        for name, rest in re.findall(r"\bback-coach ([a-z][a-z-]*)([^|#]*)", code):
            assert name in main.commands, code
            options = {o for p in main.commands[name].params for o in (*p.opts, *p.secondary_opts)}
            assert set(re.findall(r"--[a-z-]+", rest)) <= options, code


@pages
def test_every_make_target_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = {code.split()[1] for code in code_in(page) if re.match(r"\s*make [a-z]", code)}
    assert {name for name in named if f"\n{name}:" not in makefile} == set()


@pages
def test_every_module_that_is_to_be_run_exists(page: Path) -> None:
    named = [module for code in code_in(page) for module in re.findall(r"python -m (\S+)", code)]
    ours = [module for module in named if module.startswith(FOLDERS)]
    assert [m for m in ours if not ROOT.joinpath(*m.split(".")).with_suffix(".py").exists()] == []


def test_the_table_of_lengths_is_the_one_that_the_command_prints(content: Content) -> None:
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")
    between = page.split("<!-- lengths -->")[1].split("<!-- /lengths -->")[0]
    assert between.strip() == length_table(content)


def dose(exercise: Exercise, content: Content) -> str:
    """A row of the table of doses."""
    figures = [exercise.repetitions, exercise.most, exercise.sessions, exercise.most_in_a_day]
    figures += [figure for phase in exercise.phase for figure in (phase.hold, phase.breaths)]
    cited = {figure.source for figure in figures if figure is not None}
    sources = content.exercises.sources
    holds = [
        f"{phase.window:g} s" + (" slow count" if phase.count else "") for phase in exercise.phase
    ]
    cells = (
        content.words(f"{exercise.id}-title"),
        f"{int(exercise.repetitions)} to {int(exercise.most)}",
        ", ".join(holds),
        f"{int(exercise.sessions)}",
        f"{int(exercise.most_in_a_day)}" if exercise.most_in_a_day else "none",
        ", ".join(sources[key].publisher for key in sources if key in cited),
    )
    return f"| {' | '.join(cells)} |"


def test_the_table_of_doses_is_what_the_data_say(content: Content) -> None:
    page = (ROOT / "docs" / "safety.md").read_text("utf-8")
    rows = page.split("<!-- doses -->")[1].split("<!-- /doses -->")[0].strip().splitlines()[2:]
    assert rows == [dose(exercise, content) for exercise in content.exercises.exercise]


def test_the_transcript_of_the_readme_is_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = FENCE.findall((ROOT / "README.md").read_text("utf-8"))[0].splitlines()
    said = "\n".join(["Alexa, start knees to chest", *["No"] * 5, "+60s Alexa, pause"])
    printed = spoken(said, monkeypatch)
    assert [line for line in shown if line.strip() != "…" and line not in printed] == []


def test_the_transcript_that_is_written_by_hand_ends_as_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = (ROOT / "docs" / "write-a-transcript-test.md").read_text("utf-8")
    said, _, shown, *_ = FENCE.findall(page)
    assert "\n".join(spoken(said, monkeypatch)).endswith(shown.rstrip("\n"))
