"""A data file with one fault is refused with the line and the reason."""

from importlib import resources

import pytest

from skill.exercises import BrokenData, load_facts
from skill.exercises.loader import DataFile, read_exercises, read_safety

# What stands in the file -> what a careless hand makes of it, and how it is refused. The fault is
# reported on the line where the second column begins, unless a third one says otherwise.
EXERCISES: dict[str, tuple[str, ...]] = {
    "a word for a number": (
        "knees-to-chest",
        'hold = { value = 5, source = "mayo" }',
        'hold = { value = "five", source = "mayo" }',
        "Expected `float`, got `str`",
    ),
    "a negative number": (
        "knees-to-chest",
        'hold = { value = 5, source = "mayo" }',
        'hold = { value = -5, source = "mayo" }',
        "Expected `float` > 0",
    ),
    "a hold of an hour": (
        "knees-to-chest",
        'hold = { value = 5, source = "mayo" }',
        'hold = { value = 3600, source = "mayo" }',
        "Expected `float` <= 300",
    ),
    "a figure with no source": (
        "knees-to-chest",
        'setup = { value = 3, source = "own" }',
        "setup = { value = 3 }",
        "missing required field `source`",
    ),
    "a bare number": (
        "knees-to-chest",
        'setup = { value = 3, source = "own" }',
        "setup = 3",
        "Expected `object`, got `int`",
    ),
    "a source that is not listed": (
        "knees-to-chest",
        'most = { value = 3, source = "healthline" }',
        'most = { value = 3, source = "hearsay" }',
        "unknown source 'hearsay'",
    ),
    "a source of a move that is not listed": (
        "bridge",
        'moves = [{ id = "lift", seconds = { value = 3, source = "own" } }]',
        'moves = [{ id = "lift", seconds = { value = 3, source = "hearsay" } }]',
        "unknown source 'hearsay'",
    ),
    "a source that every exercise shares": (
        "seated-rotation",
        "[[phase]]",
        '[sources.mayo]\ntitle = "A"\npublisher = "B"\nurl = "https://example.org"\n\n[[phase]]',
        "the source 'mayo' is declared elsewhere already",
    ),
    "no moves": (
        "bridge",
        'moves = [{ id = "lift", seconds = { value = 3, source = "own" } }]',
        "moves = []",
        "length >= 1",
    ),
    "a posture that is not listed": (
        "cat-arch",
        'posture = "hands-and-knees"',
        'posture = "headstand"',
        "unknown posture 'headstand'",
    ),
    "the place of another exercise": (
        "cat-arch",
        "order = 50",
        "order = 30",
        "data/bridge.toml has the order 30 already",
    ),
    "a place before the first": ("cat-arch", "order = 50", "order = 0", "Expected `int` >= 1"),
    "an id in the file": (
        "cat-arch",
        "order = 50",
        'id = "cat-arch"\norder = 50',
        "its id is the file's name alone",
    ),
    "what is still to be written": (
        "cat-arch",
        'source = "healthline" }\nmost',
        'source = "FILL IN: whose" }\nmost',
        "FILL IN marks what is still to be written",
    ),
    "yes for true": (
        "knees-to-chest",
        "sided = true",
        'sided = "yes"',
        "Expected `bool`, got `str`",
    ),
    "a quote left open": ("seated-rotation", 'posture = "seated"', 'posture = "seated', "line"),
    "a key given twice": (
        "seated-rotation",
        'posture = "seated"',
        'posture = "seated"\nposture = "seated"',
        "overwrite",
        'posture = "seated"\nsided',
    ),
    # Of a part that is missing, or does not fit with its neighbours, the line is its table's.
    "more by default than at most": (
        "bridge",
        'repetitions = { value = 5, source = "mayo" }',
        'repetitions = { value = 31, source = "mayo" }',
        "repetitions may not exceed most",
        "# Bridge",
    ),
    "neither hold nor count": (
        "knees-to-chest",
        'hold = { value = 5, source = "mayo" }\n',
        "",
        "a phase needs either a hold or a count",
        "[[phase]]",
    ),
    "hold and count": (
        "cat-arch",
        'count = { value = 4, source = "own" }',
        'count = { value = 4, source = "own" }\nhold = { value = 4, source = "own" }',
        "a phase needs either a hold or a count",
        "[[phase]]",
    ),
    "a key misspelt": (
        "bridge",
        'breaths = { value = 3, source = "mayo" }',
        'breath = { value = 3, source = "mayo" }',
        "unknown field `breath`",
        "[[phase]]",
    ),
    "a key left out": (
        "knees-to-chest",
        "sided = true\n",
        "",
        "missing required field `sided`",
        "# Knees to chest",
    ),
}
"""The exercise, and its fault."""

GUIDANCE = {
    "a table that is no table": ("[guidance]", "[guidance", "line"),
    "a source that is not listed": (
        'rate = { value = 0.88, source = "own" }',
        'rate = { value = 0.88, source = "hearsay" }',
        "unknown source 'hearsay'",
    ),
    "a key left out": (
        'quiet_while_paused = { value = 75, source = "own" }\n',
        "",
        "missing required field `quiet_while_paused`",
        "[guidance]",
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


GUIDANCE_FILE = DataFile("guidance.toml", shipped("guidance.toml"))
IDS = load_facts()[0].ids


def exercise_files(**changed: str) -> list[DataFile]:
    """The shipped exercises, with other texts for some, or more of them, in the order of ids."""
    texts = {name: shipped(f"data/{name}.toml") for name in IDS} | changed
    return [DataFile(f"data/{name}.toml", text) for name, text in sorted(texts.items())]


def planted(text: str, before: str, after: str) -> str:
    assert before in text, "the shipped file no longer has what is to be broken"
    return text.replace(before, after, 1)


def line_of(text: str, fault: str) -> int:
    return text[: text.index(fault)].count("\n") + 1


@pytest.mark.parametrize("fault", EXERCISES)
def test_exercises(fault: str) -> None:
    exercise, before, after, reason, *elsewhere = EXERCISES[fault]
    text = planted(shipped(f"data/{exercise}.toml"), before, after)
    with pytest.raises(BrokenData) as refusal:
        read_exercises(GUIDANCE_FILE, exercise_files(**{exercise: text}))
    assert reason in refusal.value.reason
    assert refusal.value.line == line_of(text, *(elsewhere or [after]))
    told = f"data/{exercise}.toml, line {refusal.value.line}: "
    assert str(refusal.value).startswith(told)


@pytest.mark.parametrize("fault", GUIDANCE)
def test_guidance(fault: str) -> None:
    before, after, reason, *elsewhere = GUIDANCE[fault]
    text = planted(GUIDANCE_FILE.text, before, after)
    with pytest.raises(BrokenData, match=r"^guidance\.toml, line ") as refusal:
        read_exercises(DataFile("guidance.toml", text), exercise_files())
    assert reason in refusal.value.reason
    assert refusal.value.line == line_of(text, *(elsewhere or [after]))


@pytest.mark.parametrize("fault", SAFETY)
def test_safety(fault: str) -> None:
    before, after, reason, *elsewhere = SAFETY[fault]
    text = planted(shipped("safety.toml"), before, after)
    with pytest.raises(BrokenData) as refusal:
        read_safety(DataFile("safety.toml", text))
    assert reason in refusal.value.reason
    assert refusal.value.line == line_of(text, *(elsewhere or [after]))


@pytest.mark.parametrize("text", ["", "[sources]", "nonsense", "\x00", "a = 1"])
def test_what_is_no_data_file_at_all(text: str) -> None:
    with pytest.raises(BrokenData, match=r"^data/further\.toml, line 1: "):
        read_exercises(GUIDANCE_FILE, exercise_files(further=text))
    with pytest.raises(BrokenData, match=r"^guidance\.toml, line 1: "):
        read_exercises(DataFile("guidance.toml", text), exercise_files())
    with pytest.raises(BrokenData, match=r"^safety\.toml, line 1: "):
        read_safety(DataFile("safety.toml", text))


def test_a_file_name_that_is_no_id() -> None:
    text = shipped("data/cat-arch.toml")
    with pytest.raises(BrokenData, match=r"^data/Cat Arch\.toml, line 1: .* matching regex"):
        read_exercises(GUIDANCE_FILE, [DataFile("data/Cat Arch.toml", text)])


def test_more_exercises_than_a_plan_can_hold() -> None:
    one = shipped("data/knees-to-chest.toml")
    more = {
        f"further-{name}": one.replace("order = 10", f"order = {70 + index}")
        for index, name in enumerate("abcdefg")
    }
    with pytest.raises(BrokenData, match="more than 12 exercises"):
        read_exercises(GUIDANCE_FILE, exercise_files(**more))


def test_no_exercise_at_all() -> None:
    with pytest.raises(BrokenData, match="there is no exercise"):
        read_exercises(GUIDANCE_FILE, [])


def test_one_source_declared_by_two_exercises() -> None:
    source = '\n[sources.extra]\ntitle = "A"\npublisher = "B"\nurl = "https://example.org"\n'
    both = {name: shipped(f"data/{name}.toml") + source for name in ("bridge", "cat-arch")}
    with pytest.raises(BrokenData, match=r"^data/cat-arch\.toml, .*'extra' is declared elsewhere"):
        read_exercises(GUIDANCE_FILE, exercise_files(**both))


def test_the_order_of_the_routine_is_told_by_the_files() -> None:
    first = shipped("data/seated-rotation.toml").replace("order = 60", "order = 5")
    read = read_exercises(GUIDANCE_FILE, exercise_files(**{"seated-rotation": first}))
    assert read.ids == ("seated-rotation", *IDS[:-1])


def test_a_whole_table_missing() -> None:
    text = GUIDANCE_FILE.text.split("[guidance]")[0]
    with pytest.raises(BrokenData, match="missing required field `guidance`"):
        read_exercises(DataFile("guidance.toml", text), exercise_files())
