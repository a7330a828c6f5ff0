"""A data file with one fault is refused with the line and the reason."""

from importlib import resources

import pytest

from skill.exercises import BrokenData
from skill.exercises.loader import read_exercises, read_safety

# What stands in the file -> what a careless hand makes of it, and how it is refused. The fault is
# reported on the line where the second column begins, unless a third one says otherwise.
EXERCISES = {
    "a word for a number": (
        'hold = { value = 5, source = "mayo" }',
        'hold = { value = "five", source = "mayo" }',
        "Expected `float`, got `str`",
    ),
    "a negative number": (
        'hold = { value = 5, source = "mayo" }',
        'hold = { value = -5, source = "mayo" }',
        "Expected `float` > 0",
    ),
    "a hold of an hour": (
        'hold = { value = 5, source = "mayo" }',
        'hold = { value = 3600, source = "mayo" }',
        "Expected `float` <= 300",
    ),
    "a figure with no source": (
        'setup = { value = 3, source = "own" }',
        "setup = { value = 3 }",
        "missing required field `source`",
    ),
    "a bare number": (
        'setup = { value = 3, source = "own" }',
        "setup = 3",
        "Expected `object`, got `int`",
    ),
    "a source that is not listed": (
        'most = { value = 3, source = "healthline" }',
        'most = { value = 3, source = "hearsay" }',
        "unknown source 'hearsay'",
    ),
    "a source of a move that is not listed": (
        'moves = [{ id = "lift", seconds = { value = 3, source = "own" } }]',
        'moves = [{ id = "lift", seconds = { value = 3, source = "hearsay" } }]',
        "unknown source 'hearsay'",
    ),
    "no moves": (
        'moves = [{ id = "lift", seconds = { value = 3, source = "own" } }]',
        "moves = []",
        "length >= 1",
    ),
    "a posture that is not listed": (
        'posture = "hands-and-knees"',
        'posture = "headstand"',
        "unknown posture 'headstand'",
    ),
    "the same exercise twice": (
        'id = "lying-rotation"\nposture = "lying"\nsided = true\nsetup = { value = 4',
        'id = "knees-to-chest"\nposture = "lying"\nsided = true\nsetup = { value = 4',
        "'knees-to-chest' stands twice",
    ),
    "an id that is no key": (
        'id = "cat-arch"',
        'id = "Cat Arch"',
        "matching regex",
    ),
    "yes for true": (
        "sided = true",
        'sided = "yes"',
        "Expected `bool`, got `str`",
    ),
    "a quote left open": (
        'posture = "seated"',
        'posture = "seated',
        "line",
    ),
    "a key given twice": (
        'posture = "seated"',
        'posture = "seated"\nposture = "seated"',
        "overwrite",
        'posture = "seated"\nsided',
    ),
    "a table that is no table": (
        "[guidance]",
        "[guidance",
        "line",
    ),
    # Of a part that is missing, or does not fit with its neighbours, the line is its table's.
    "more by default than at most": (
        'repetitions = { value = 5, source = "mayo" }',
        'repetitions = { value = 31, source = "mayo" }',
        "repetitions may not exceed most",
        '[[exercise]]\nid = "bridge"',
    ),
    "neither hold nor count": (
        'hold = { value = 5, source = "mayo" }\n',
        "",
        "a phase needs either a hold or a count",
        '[[exercise.phase]]\nid = "pull"',
    ),
    "hold and count": (
        'count = { value = 4, source = "own" }',
        'count = { value = 4, source = "own" }\nhold = { value = 4, source = "own" }',
        "a phase needs either a hold or a count",
        '[[exercise.phase]]\nid = "up"',
    ),
    "a key misspelt": (
        'breaths = { value = 3, source = "mayo" }',
        'breath = { value = 3, source = "mayo" }',
        "unknown field `breath`",
        '[[exercise.phase]]\nid = "raise"',
    ),
    "a key left out": (
        "sided = true\n",
        "",
        "missing required field `sided`",
        '[[exercise]]\nid = "knees-to-chest"',
    ),
}

SAFETY = {
    "a source that is not listed": (
        'id = "doctor"\nsource = "parq"',
        'id = "doctor"\nsource = "hearsay"',
        "unknown source 'hearsay'",
        'source = "hearsay"',
    ),
    "a set that lasts for ever": (
        'full_set_lasts_days = { value = 30, source = "own" }',
        'full_set_lasts_days = { value = inf, source = "own" }',
        "Expected `float` <= 300",
    ),
    "no days at all": (
        'full_set_lasts_days = { value = 30, source = "own" }',
        'full_set_lasts_days = { value = 0, source = "own" }',
        "Expected `float` > 0",
    ),
    "an answer kept": (
        'id = "chronic-pain"\nsource = "healthline"',
        'id = "chronic-pain"\nsource = "healthline"\nkept = true',
        "unknown field `kept`",
        '[[answer]]\nid = "chronic-pain"',
    ),
}


def shipped(file: str) -> str:
    return (resources.files("skill.exercises") / file).read_text("utf-8")


def planted(text: str, before: str, after: str) -> str:
    assert before in text, "the shipped file no longer has what is to be broken"
    return text.replace(before, after, 1)


def line_of(text: str, fault: str) -> int:
    return text[: text.index(fault)].count("\n") + 1


@pytest.mark.parametrize("fault", EXERCISES)
def test_exercises(fault: str) -> None:
    before, after, reason, *elsewhere = EXERCISES[fault]
    text = planted(shipped("exercises.toml"), before, after)
    with pytest.raises(BrokenData) as refusal:
        read_exercises(text)
    assert reason in refusal.value.reason
    assert refusal.value.line == line_of(text, *(elsewhere or [after]))
    assert f"exercises.toml, line {refusal.value.line}: " in str(refusal.value)


@pytest.mark.parametrize("fault", SAFETY)
def test_safety(fault: str) -> None:
    before, after, reason, *elsewhere = SAFETY[fault]
    text = planted(shipped("safety.toml"), before, after)
    with pytest.raises(BrokenData) as refusal:
        read_safety(text)
    assert reason in refusal.value.reason
    assert refusal.value.line == line_of(text, *(elsewhere or [after]))


@pytest.mark.parametrize("text", ["", "[sources]", "nonsense", "\x00", "a = 1"])
def test_what_is_no_data_file_at_all(text: str) -> None:
    with pytest.raises(BrokenData, match=r"^exercises.toml, line 1: "):
        read_exercises(text)
    with pytest.raises(BrokenData, match=r"^safety.toml, line 1: "):
        read_safety(text)


def test_more_exercises_than_a_plan_can_hold() -> None:
    one = shipped("exercises.toml").partition("[[exercise]]")[2].partition("[[exercise]]")[0]
    names = ("a", "b", "c", "d", "e", "f", "g")
    more = [one.replace("knees-to-chest", f"further-{name}") for name in names]
    text = shipped("exercises.toml") + "".join(f"\n[[exercise]]{part}" for part in more)
    with pytest.raises(BrokenData, match="length <= 12"):
        read_exercises(text)


def test_a_whole_table_missing() -> None:
    text = shipped("exercises.toml").split("[guidance]")[0]
    with pytest.raises(BrokenData, match="missing required field `guidance`"):
        read_exercises(text)
