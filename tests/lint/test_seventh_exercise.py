"""A further exercise, added by data alone: facts, words and phrases, in a posture of its own."""

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
from skill.exercises.loader import read_exercises, read_safety
from skill.exercises.message_keys import needed_keys
from skill.lint.check import PARTS, check
from skill.lint.findings import Finding
from skill.lint.project import PHRASES, ROUTINES, SAFETY, WORDING, Project
from speech.timeline import timeline
from speech.wording import Wording
from tests.coach.sessions import Talk, cleared
from tests.lint.conftest import copied

EN = f"{WORDING}/en.ftl"
SPOKEN = f"{PHRASES}/en.yaml"

# The dose is nobody's: it is for this test.
FACTS = """
[[exercise]]
id = "heel-slides"
posture = "propped-up"
sided = true
setup = { value = 3, source = "own" }
repetitions = { value = 10, source = "mayo" }
most = { value = 10, source = "mayo" }
sessions = { value = 2, source = "mayo" }

[[exercise.phase]]
id = "slide"
moves = [{ id = "glide", seconds = { value = 3, source = "own" } }]
hold = { value = 5, source = "mayo" }
release = { value = 3, source = "own" }

[[posture]]
id = "propped-up"
settle = { value = 8, source = "own" }
stay = { value = 3, source = "own" }
"""

WORDS = """
propped-up-name = propped up on your elbows
posture-propped-up = Lie down, and prop yourself up on your elbows.
    .brief = Up on your elbows.
    .stay = Stay on your elbows.
heel-slides-name = the heel slides
heel-slides-title = Heel slides
heel-slides-about = The heel slides are done on your elbows. The heels glide along the floor.
heel-slides-steps = Let one heel glide away along the floor, hold, and draw it back. Then the other.
heel-slides-setup = Bend your knees, with both heels on the floor.
    .brief = Knees bent.
heel-slides-ease = Let both legs rest on the floor.
heel-slides-out = Let your leg rest.
heel-slides-glide = Let your { $side } heel glide away from you.
heel-slides-slide-release = Draw it back slowly.
"""

NEEDED = [
    *("propped-up-name", "posture-propped-up", "posture-propped-up.brief"),
    *("posture-propped-up.stay", "heel-slides-name", "heel-slides-title", "heel-slides-about"),
    *("heel-slides-steps", "heel-slides-setup", "heel-slides-setup.brief", "heel-slides-ease"),
    *("heel-slides-out", "heel-slides-glide", "heel-slides-slide-release"),
]

EXERCISE, POSTURE = (
    """
    heel-slides:
      value: heel slides
      synonyms: [the heel slide, sliding my heels]""",
    """
    propped-up:
      value: propped up
      synonyms: [on my elbows]""",
)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The shipped data with the exercise, and its models made of its phrases."""
    project = copied(tmp_path_factory.mktemp("grown"))
    append(project, ROUTINES, FACTS)
    append(project, EN, WORDS)
    phrases = project.root / SPOKEN
    text = phrases.read_text("utf-8")
    text = text.replace("\n  Exercise:", f"\n  Exercise:{EXERCISE}", 1)
    text = text.replace("\n  Posture:", f"\n  Posture:{POSTURE}", 1)
    phrases.write_text(text, "utf-8")
    models = project.root / "interaction_models"
    assert generate.main([], models / "phrases", models) == 0
    return Project(project.root)


@pytest.fixture
def changed(grown: Project, tmp_path: Path) -> Project:
    """The same, to be changed in one test."""
    shutil.copytree(grown.root, tmp_path, dirs_exist_ok=True)
    return Project(tmp_path)


@pytest.fixture(scope="module")
def content(grown: Project) -> Content:
    facts = read_exercises(grown.text(ROUTINES)), read_safety(grown.text(SAFETY))
    return Content(*facts, Wording(grown.text(EN), "en"))


def append(project: Project, file: str, text: str) -> None:
    with (project.root / file).open("a", encoding="utf-8") as out:
        out.write(text)


def without(project: Project, *keys: str) -> Project:
    """The project, its English words lacking some messages and attributes."""
    path = project.root / EN
    text = path.read_text("utf-8")
    for key in keys:
        name, _, attribute = key.partition(".")
        found = re.search(rf"^{name} =.*\n(?:[ }}].*\n)*", text, re.MULTILINE)
        if found is None:
            continue  # an attribute of a message that is gone
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


def assert_mendable(found: list[Finding]) -> None:
    for finding in found:
        assert finding.file == EN
        name, _, attribute = finding.problem.partition(" ")[0].partition(".")
        place = f".{attribute} = … below {name}" if attribute else f"{name} = …"
        assert finding.fix.startswith(f"write {place}: ")


def test_nothing_is_found(grown: Project) -> None:
    assert check(grown, *PARTS) == []


def test_the_words_that_it_needs(grown: Project, content: Content) -> None:
    ours = [key for _, key in needed_keys(content.exercises, content.safety)
            if key.startswith(("heel-slides", "posture-propped-up", "propped-up"))]  # fmt: skip
    assert sorted(ours) == sorted(NEEDED)


@pytest.mark.parametrize("key", NEEDED)
def test_one_word_that_is_missing_is_found(key: str, changed: Project) -> None:
    found = check(without(changed, key), "facts")
    lost = {needed for needed in NEEDED if needed == key or needed.startswith(f"{key}.")}
    assert {finding.problem for finding in found} == {f"{needed} is missing" for needed in lost}
    assert_mendable(found)


def test_all_words_that_are_missing_are_told_in_one_run(changed: Project) -> None:
    found = check(without(changed, *NEEDED), *PARTS)
    missing = {f.problem.removesuffix(" is missing") for f in found if "is missing" in f.problem}
    assert missing == set(NEEDED)
    assert_mendable(found)


def test_words_of_the_coach_that_are_missing_are_told_in_the_same_run(changed: Project) -> None:
    lost = ("paused", "halfway", "left-here", "missed-guiding-2", "ask-resume", "rest")
    found = check(without(changed, *lost, "heel-slides-out"), *PARTS)
    told = " ".join(finding.problem for finding in found)
    assert all(f"{key} cannot be said" in told for key in (*lost, "ask-resume.reprompt"))
    assert "heel-slides-out is missing" in told
    assert {finding.file for finding in found} == {EN}


def test_words_that_cannot_be_filled_are_found_by_talking(changed: Project) -> None:
    path, keys = changed.root / EN, [key for key in NEEDED if "." not in key]
    text = path.read_text("utf-8")
    for key in keys:
        text = text.replace(f"\n{key} = ", f"\n{key} = {{ $nothing }} ")
    path.write_text(text, "utf-8")
    found = [f for f in check(changed, "speech") if "cannot be said" in f.problem]
    told = {finding.problem.partition(" ")[0]: (finding.file, finding.line) for finding in found}
    lines = {key: text[: text.index(f"\n{key} =")].count("\n") + 2 for key in keys}
    assert told == {key: (EN, line) for key, line in lines.items()}


def test_a_name_that_cannot_be_said_is_mended_in_the_phrases(changed: Project) -> None:
    path = changed.root / SPOKEN
    text = path.read_text("utf-8")
    path.write_text(text.replace(EXERCISE, ""), "utf-8")
    models = changed.root / "interaction_models"
    assert generate.main([], models / "phrases", models) == 0
    (finding,) = check(Project(changed.root), "facts")
    types = text[: text.index("\n  Exercise:")].count("\n") + 2
    assert (finding.file, finding.line) == (SPOKEN, types)
    assert finding.problem == "nobody can say the exercise 'heel-slides'"
    assert "add heel-slides to the type Exercise" in finding.fix


def test_phrases_of_which_no_models_were_made_are_told_to_be_made(changed: Project) -> None:
    shipped = Project.shipped().root / "interaction_models"
    for model in shipped.glob("*.json"):
        shutil.copy(model, changed.root / "interaction_models")
    exercise, posture = check(Project(changed.root), "facts")
    text = (changed.root / SPOKEN).read_text("utf-8")
    for finding, value in ((exercise, "heel-slides"), (posture, "propped-up")):
        line = text[: text.index(f"\n    {value}:")].count("\n") + 2
        assert (finding.file, finding.line) == (SPOKEN, line)
        assert finding.fix == "it is in the phrases; then run make models"


def test_it_is_counted_and_listed(content: Content, morning: datetime) -> None:
    talk = Talk(content, morning, cleared(morning))
    said = talk.say(Intent.LIST)
    assert said.startswith("There are seven. On your back: knees to chest, ")
    assert "On a chair: the seated rotation." in said
    assert "And propped up on your elbows: the heel slides." in said
    assert "any of the seven" in talk.say(Event(Intent.START_EXERCISE))
    assert "seven gentle back stretches" in talk.say(Intent.HELP)
    assert "seven gentle back stretches" in Talk(content, morning).say(Intent.LAUNCH)
    unknown = talk.say(Event(Intent.START_ROUTINE, unknown=True))
    assert "on a chair, and propped up on your elbows." in unknown
    assert "the seated rotation, and the heel slides: twice a day." in talk.say(Intent.HOW_OFTEN)


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
