"""A further exercise, added by data alone: the example of docs/add-an-exercise.md."""

import re
import shutil
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from interaction_models import generate
from skill.coach.events import Event, Intent
from skill.coach.memory import Memory
from skill.coach.state import ConversationPhase, Offer
from skill.content import Content
from skill.exercises.message_keys import needed_keys
from skill.lint.check import PARTS, check
from skill.lint.findings import Finding
from skill.lint.project import EXERCISES, GUIDANCE, PHRASES, WORDING, Project
from speech.timeline import timeline
from speech.wording import Wording
from tests.coach.sessions import Talk, cleared
from tests.lint.conftest import copied, lay_example

EN = f"{WORDING}/en"
SAID = f"{EN}/heel-slides.ftl"
NAMED = f"{PHRASES}/en/exercises/heel-slides.yaml"

NEEDED = [
    *("heel-slides-name", "heel-slides-title", "heel-slides-about", "heel-slides-steps"),
    *("heel-slides-setup", "heel-slides-setup.brief", "heel-slides-ease", "heel-slides-out"),
    *("heel-slides-draw", "heel-slides-glide", "heel-slides-straighten-release"),
]

# A posture of its own, in three places too.
POSTURE_FACTS = """
[[posture]]
id = "propped-up"
settle = { value = 8, source = "own" }
stay = { value = 3, source = "own" }
"""
POSTURE_WORDS = """
propped-up-name = propped up on your elbows
posture-propped-up = Lie down, and prop yourself up on your elbows.
    .brief = Up on your elbows.
    .stay = Stay on your elbows.
"""
POSTURE_NAMES = """
  Posture:
    propped-up:
      value: propped up
      synonyms: [on my elbows]"""
POSTURE_NEEDED = [
    *("propped-up-name", "posture-propped-up", "posture-propped-up.brief"),
    "posture-propped-up.stay",
]


def remade(root: Path) -> Project:
    """The project with the models of its phrases."""
    models = root / "interaction_models"
    assert generate.main([], models / "phrases", models) == 0
    return Project(root)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The shipped data with the exercise, and its models made of its phrases."""
    root = tmp_path_factory.mktemp("grown")
    copied(root)
    lay_example(root)
    return remade(root)


@pytest.fixture(scope="module")
def propped_up(grown: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The same, with the exercise in a posture that no other has."""
    root = tmp_path_factory.mktemp("propped-up")
    shutil.copytree(grown.root, root, dirs_exist_ok=True)
    put(root / EXERCISES / "heel-slides.toml", '"lying"', '"propped-up"')
    put(root / EXERCISES / "heel-slides.toml", "order = 45", "order = 70")
    put(root / GUIDANCE, "\n# A pace changes", f"{POSTURE_FACTS}\n# A pace changes")
    put(root / EN / "guidance.ftl", "\n## Beginning", f"{POSTURE_WORDS}\n## Beginning")
    put(root / PHRASES / "en.yaml", "\n  Posture:", POSTURE_NAMES)
    return remade(root)


def put(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) >= 1
    head, _, tail = text.rpartition(old)
    path.write_text(f"{head}{new}{tail}", "utf-8")


@pytest.fixture
def changed(grown: Project, tmp_path: Path) -> Project:
    """The same, to be changed in one test."""
    shutil.copytree(grown.root, tmp_path, dirs_exist_ok=True)
    return Project(tmp_path)


def content_of(project: Project) -> Content:
    return Content(*project.read_facts(), Wording(project.wordings["en"], "en"))


@pytest.fixture(scope="module")
def content(grown: Project) -> Content:
    return content_of(grown)


def without(project: Project, *keys: str) -> Project:
    """The project, its English words lacking some messages and attributes."""
    for path in (project.root / EN).glob("*.ftl"):
        text = path.read_text("utf-8")
        for key in keys:
            name, _, attribute = key.partition(".")
            found = re.search(rf"^{name} =.*\n(?:[ }}].*\n)*", text, re.MULTILINE)
            if found is None:
                continue  # in another file, or an attribute of a message that is gone
            rest = re.sub(rf"^    \.{attribute} = .*\n", "", found[0], flags=re.MULTILINE)
            text = text.replace(found[0], rest if attribute else "")
        path.write_text(text, "utf-8")
    return Project(project.root)


def remembering(now: datetime, *, is_new: bool) -> Memory:
    """Somebody cleared, who did the exercise before, or never."""
    times = {} if is_new else {"heel-slides": 9}
    return msgspec.structs.replace(cleared(now), times=times)


def beside(talk: Talk) -> Talk:
    """The same talk, to go on in another way."""
    other = Talk(talk.content, talk.now, talk.memory)
    other.state, other.turn = talk.state, talk.turn
    return other


def phase_of(talk: Talk) -> ConversationPhase | None:
    return talk.state.phase if talk.state else None


def assert_mendable(found: list[Finding], file: str) -> None:
    for finding in found:
        assert finding.file == file
        name, _, attribute = finding.problem.partition(" ")[0].partition(".")
        place = f".{attribute} = … below {name}" if attribute else f"{name} = …"
        assert finding.fix.startswith(f"write {place}: ")


def test_nothing_is_found(grown: Project) -> None:
    assert check(grown, *PARTS) == []


def test_nothing_is_found_in_a_posture_of_its_own(propped_up: Project) -> None:
    assert check(propped_up, *PARTS) == []


def test_the_words_that_it_needs(content: Content, propped_up: Project) -> None:
    for found, needed in (
        (content, NEEDED),
        (content_of(propped_up), [*NEEDED, *POSTURE_NEEDED]),
    ):
        ours = [
            key
            for _, key in needed_keys(found.exercises, found.safety)
            if key.startswith(("heel-slides", "posture-propped-up", "propped-up"))
        ]
        assert sorted(ours) == sorted(needed)


@pytest.mark.parametrize("key", NEEDED)
def test_one_word_that_is_missing_is_found(key: str, changed: Project) -> None:
    found = check(without(changed, key), "facts")
    lost = {needed for needed in NEEDED if needed == key or needed.startswith(f"{key}.")}
    assert {finding.problem for finding in found} == {f"{needed} is missing" for needed in lost}
    assert_mendable(found, SAID)


def test_all_words_that_are_missing_are_told_in_one_run(changed: Project) -> None:
    (changed.root / SAID).unlink()
    found = check(Project(changed.root), *PARTS)
    missing = {f.problem.removesuffix(" is missing") for f in found if "is missing" in f.problem}
    assert missing == set(NEEDED)
    assert_mendable(found, SAID)


def test_words_of_a_posture_that_are_missing_are_told(propped_up: Project, tmp_path: Path) -> None:
    shutil.copytree(propped_up.root, tmp_path, dirs_exist_ok=True)
    found = check(without(Project(tmp_path), *POSTURE_NEEDED), "facts")
    assert {f.problem for f in found} == {f"{needed} is missing" for needed in POSTURE_NEEDED}
    assert_mendable(found, EN)


def test_words_of_the_coach_that_are_missing_are_told_in_the_same_run(changed: Project) -> None:
    lost = ("paused", "halfway", "left-here", "missed-guiding-2", "ask-resume", "rest")
    found = check(without(changed, *lost, "heel-slides-out"), *PARTS)
    told = " ".join(finding.problem for finding in found)
    assert all(f"{key} cannot be said" in told for key in (*lost, "ask-resume.reprompt"))
    assert "heel-slides-out is missing" in told
    assert {finding.file for finding in found} == {EN, SAID}


def test_words_that_cannot_be_filled_are_found_by_talking(changed: Project) -> None:
    path, keys = changed.root / SAID, [key for key in NEEDED if "." not in key]
    text = path.read_text("utf-8")
    for key in keys:
        text = text.replace(f"\n{key} = ", f"\n{key} = {{ $nothing }} ")
    path.write_text(text, "utf-8")
    found = [f for f in check(changed, "speech") if "cannot be said" in f.problem]
    told = {finding.problem.partition(" ")[0]: (finding.file, finding.line) for finding in found}
    lines = {key: text[: text.index(f"\n{key} =")].count("\n") + 2 for key in keys}
    assert told == {key: (SAID, line) for key, line in lines.items()}


def test_a_name_that_cannot_be_said_is_mended_in_the_phrases(changed: Project) -> None:
    (changed.root / NAMED).unlink()
    project = remade(changed.root)
    (finding,) = check(project, "facts")
    spoken = f"{PHRASES}/en.yaml"
    types = project.text(spoken).partition("\n  Exercise:")[0].count("\n") + 2
    assert (finding.file, finding.line) == (spoken, types)
    assert finding.problem == "nobody can say the exercise 'heel-slides'"
    assert "add heel-slides to the type Exercise" in finding.fix


def test_phrases_of_which_no_models_were_made_are_told_to_be_made(
    propped_up: Project, tmp_path: Path
) -> None:
    shutil.copytree(propped_up.root, tmp_path, dirs_exist_ok=True)
    for model in (Project.shipped().root / "interaction_models").glob("*.json"):
        shutil.copy(model, tmp_path / "interaction_models")
    project = Project(tmp_path)
    posture = project.text(f"{PHRASES}/en.yaml").partition("\n    propped-up:")[0].count("\n") + 2
    places = {(finding.file, finding.line) for finding in check(project, "facts")}
    assert places == {(NAMED, 1), (f"{PHRASES}/en.yaml", posture)}
    told = {finding.fix for finding in check(project, "facts")}
    assert told == {"it is in the phrases; then run make models"}


def test_it_is_counted_and_listed(content: Content, morning: datetime) -> None:
    talk = Talk(content, morning, cleared(morning))
    said = talk.say(Intent.LIST)
    assert said.startswith("There are seven. On your back: knees to chest, ")
    assert "the pelvic tilt, and the heel slides." in said
    assert "any of the seven" in talk.say(Event(Intent.START_EXERCISE))
    assert "seven gentle back stretches" in talk.say(Intent.HELP)
    assert "seven gentle back stretches" in Talk(content, morning).say(Intent.LAUNCH)


def test_its_posture_is_listed(propped_up: Project, morning: datetime) -> None:
    talk = Talk(content_of(propped_up), morning, cleared(morning))
    said = talk.say(Intent.LIST)
    assert "On a chair: the seated rotation." in said
    assert "And propped up on your elbows: the heel slides." in said
    unknown = talk.say(Event(Intent.START_ROUTINE, unknown=True))
    assert "on a chair, and propped up on your elbows." in unknown


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "known"])
def test_it_is_paused_at_every_cue_and_resumed(
    is_new: bool, content: Content, morning: datetime
) -> None:
    start, paused = Event(Intent.START_EXERCISE, exercise="heel-slides"), 0
    talk = Talk(content, morning, remembering(morning, is_new=is_new))
    talk.say(start)
    while phase_of(talk) is ConversationPhase.GUIDING:
        for span in timeline(talk.reply.script):
            again = beside(talk)
            said = again.say(Intent.PAUSE, after=(span.start + span.end) / 2)
            if phase_of(again) is ConversationPhase.PAUSED:
                paused += 1
                assert "Paused" in said
                again.say(Intent.RESUME)
                assert phase_of(again) is ConversationPhase.GUIDING
        if talk.state is None or talk.state.offer != Offer("go-on"):
            break
        talk.say(Intent.READY)
    assert paused > 10 * 2 * 4
    assert "heel slides done" in talk.reply.script.text
