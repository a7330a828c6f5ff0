"""Exercise skeleton: the files of an exercise, with a placeholder in each place to be written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interaction_models import phrases
from skill.exercises import Exercise, ExercisePhase, Exercises, Figure
from skill.exercises import loader as facts
from skill.exercises.facts import MOST_EXERCISES, Move
from skill.exercises.message_keys import WHAT_TO_WRITE, exercise_keys, needed_of
from skill.lint.project import EXERCISES, PHRASES, WORDING, Project
from speech.wording import catalog

ORDER_STEP = 10
"""Room that is left between an exercise and one that is added at the end."""

_ID = re.compile(r"[a-z]+(-[a-z]+)*")


class NoSkeleton(ValueError):
    """Refusal to write a skeleton; the message says why, in one line."""


@dataclass(frozen=True)
class Outline:
    """Outline of an exercise: what must be known before its sentences have keys."""

    id: str
    phases: Sequence[tuple[str, Sequence[str]]]
    """Each phase with the ids of its moves."""
    posture: str | None = None
    """None where it is still to be chosen."""
    sided: bool | None = None
    """Whether each side works in turn; None where it is still to be chosen."""


def read_phase(text: str) -> tuple[str, tuple[str, ...]]:
    """Parse a phase such as `bend=draw` or `twist=cross,turn`.

    Raises:
        NoSkeleton: it has another form.
    """
    phase, _, moves = text.partition("=")
    ids = (phase, *moves.split(","))
    if not all(map(_ID.fullmatch, ids)):
        raise NoSkeleton(f"{text!r} is no phase; write its id and its moves', such as bend=draw")
    return ids[0], ids[1:]


def skeleton(project: Project, outline: Outline) -> dict[str, str]:
    """The text of each file of a new exercise, by its path in the project.

    Raises:
        BrokenData: the exercises that are there have a fault.
        NoSkeleton: the outline has an id that is malformed, there already, or unknown.
    """
    exercises, _ = project.read_facts()
    _check(exercises, outline)
    order = _order(exercises, outline.posture)
    shared = [key for key in exercises.sources if key not in _own_sources(exercises)]
    files = {f"{EXERCISES}/{outline.id}.toml": _facts(outline, order, shared, exercises)}
    for language in project.phrases:
        files[f"{WORDING}/{language}/{outline.id}.ftl"] = _sentences(outline)
        files[f"{PHRASES}/{language}/{phrases.EXERCISES}/{outline.id}.yaml"] = _names(
            outline, order
        )
    for file in files:
        if (project.root / file).exists():
            raise NoSkeleton(f"{file} is there already; choose another id")
    return files


def _check(exercises: Exercises, outline: Outline) -> None:
    postures = [posture.id for posture in exercises.posture]
    if not _ID.fullmatch(outline.id):
        raise NoSkeleton(f"{outline.id!r} is no id; write small letters and hyphens: heel-slides")
    if outline.id in exercises:
        raise NoSkeleton(f"there is an exercise {outline.id!r} already")
    if outline.posture not in (None, *postures):
        raise NoSkeleton(f"no posture {outline.posture!r}; there are {', '.join(postures)}")
    if len(exercises.ids) >= MOST_EXERCISES:
        raise NoSkeleton(f"there are {MOST_EXERCISES} exercises, and no plan holds more")


def _order(exercises: Exercises, posture: str | None) -> int:
    """A free place after the last exercise of the posture, or else at the end."""
    taken = [exercise.order for exercise in exercises.exercise]
    for here, following in zip(exercises.exercise, exercises.exercise[1:], strict=False):
        leaves = here.posture == posture != following.posture
        if leaves and following.order - here.order > 1:
            return (here.order + following.order) // 2
    return taken[-1] + ORDER_STEP


def _own_sources(exercises: Exercises) -> set[str]:
    return {key for exercise in exercises.exercise for key in exercise.sources}


def _title(outline: Outline) -> str:
    return outline.id.replace("-", " ").capitalize()


def _facts(outline: Outline, order: int, shared: list[str], exercises: Exercises) -> str:
    todo = facts.TO_FILL_IN
    source = f"{todo}: one of {', '.join(key for key in shared if key != 'own')}, or new-source"
    postures = ", ".join(posture.id for posture in exercises.posture)
    sided = f'"{todo}: true where each side works in turn, or else false"'
    return f"""\
# {_title(outline)}: how much of it, and how long each part takes. Seconds are seconds.
# A dose needs a source. Only time to move and to settle may be our own pacing: source = "own".

order = {order}
posture = "{outline.posture or f"{todo}: one of {postures}"}"
sided = {sided if outline.sided is None else str(outline.sided).lower()}
setup = {{ value = "{todo}: seconds to arrange arms and legs", source = "own" }}
repetitions = {{ value = "{todo}: rounds in one session", source = "{source}" }}
most = {{ value = "{todo}: the most rounds in one session", source = "{source}" }}
sessions = {{ value = "{todo}: sessions a day", source = "{source}" }}
# Where the source sets a ceiling: most_in_a_day = {{ value = …, source = … }}

# Where no source gives a hold, the movement is a slow count instead: moves = [{{ id = … }}] with no
# seconds, and count = {{ value = 4, source = "own" }} for the hold. A phase that goes over into the
# next one has no release.
{"".join(_phase(phase, moves, source) for phase, moves in outline.phases)}
# Take this away where nothing cites it, or give it a better name than new-source.
[sources]
new-source = {{ title = "{todo}", publisher = "{todo}", url = "{todo}: https address" }}
"""


def _phase(phase: str, moves: Sequence[str], source: str) -> str:
    todo = facts.TO_FILL_IN
    seconds = f'{{ value = "{todo}: seconds to do it", source = "own" }}'
    written = "".join(f'    {{ id = "{move}", seconds = {seconds} }},\n' for move in moves)
    return f"""
[[phase]]
id = "{phase}"
moves = [
{written}]
hold = {{ value = "{todo}: seconds to keep still", source = "{source}" }}
release = {{ value = "{todo}: seconds to come back", source = "own" }}
"""


def _sentences(outline: Outline) -> str:
    return f"""\
# {_title(outline)}: all that is said of it. How sentences are written: speech/wording/README.md.
# Any of them may have a .brief form, for somebody who knows the exercise.

{"".join(_messages(outline))}"""


def _messages(outline: Outline) -> Iterator[str]:
    some = Figure(1, "own")
    phases = tuple(
        ExercisePhase(phase, tuple(map(Move, moves)), hold=some, release=some)
        for phase, moves in outline.phases
    )
    exercise = Exercise(outline.id, 1, "", True, some, some, some, some, phases)
    for field, key in needed_of(exercise_keys(exercise)):
        _, is_attribute, attribute = key.partition(".")
        place = f"    .{attribute}" if is_attribute else key
        yield f"{place} = {catalog.TO_FILL_IN}: {WHAT_TO_WRITE[field]}\n"


def _names(outline: Outline, order: int) -> str:
    todo = phrases.TO_FILL_IN
    return f"""\
# {_title(outline)}: what people call it. `order` is its place among the exercises.
order: {order}
value: "{todo}: its plain name, in small letters"
synonyms:
  - "{todo}: another name; (one|or another) and [optional] words"
"""
