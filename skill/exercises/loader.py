"""Loader of the data files: refuses a broken one with its line and the reason."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from itertools import chain
from pathlib import PurePosixPath
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from skill.exercises.facts import (
    MOST_EXERCISES,
    Exercise,
    Exercises,
    Figure,
    Safety,
    SharedFacts,
    Source,
)

T = TypeVar("T", Exercise, SharedFacts, Safety)

EXERCISES, GUIDANCE, SAFETY = "data", "guidance.toml", "safety.toml"
"""The folder of the exercises' files, and the other files, in this folder."""

TO_FILL_IN = "FILL IN"
"""Placeholder for what is still to be written; a file that has it is refused."""

_HEADER = re.compile(r"^\s*(\[\[|\[)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"^\s*([\w-]+)\s*=")
_WHERE = re.compile(r" - at `(?:key in )?(\$[^`]*)`$")


class BrokenData(ValueError):
    """Broken data file, which must not be used."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class DataFile(NamedTuple):
    """Data file: its name, which errors tell, and its text."""

    name: str
    text: str

    @property
    def id(self) -> str:
        """The name without folder and ending: of an exercise's file, the exercise's id."""
        return PurePosixPath(self.name).stem


def load_facts() -> tuple[Exercises, Safety]:
    """Load the shipped facts.

    Raises:
        BrokenData: a file has a fault; the message names file, line and reason.
    """
    here = resources.files("skill.exercises")
    exercises = [
        DataFile(f"{EXERCISES}/{file.name}", file.read_text("utf-8"))
        for file in sorted((here / EXERCISES).iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    ]
    guidance, safety = (DataFile(n, (here / n).read_text("utf-8")) for n in (GUIDANCE, SAFETY))
    return read_exercises(guidance, exercises), read_safety(safety)


def read_exercises(guidance: DataFile, exercises: Iterable[DataFile]) -> Exercises:
    """Parse the exercises, out of the file of what they share and a file for each of them.

    Raises:
        BrokenData: a file has a fault, or two files do not fit together.
    """
    shared = _read(guidance, SharedFacts)
    _check_sources(guidance, shared, shared.sources)
    read: dict[DataFile, Exercise] = {}
    for file in exercises:
        read[file] = _read(file, Exercise, id=file.id)
        _check_exercise(file, read, shared)
        if len(read) > MOST_EXERCISES:
            raise BrokenData(file.name, 1, f"more than {MOST_EXERCISES} exercises fit no plan")
    if not read:
        raise BrokenData(guidance.name, 1, "there is no exercise")
    own = [exercise.sources.items() for exercise in read.values()]
    return Exercises(
        {**shared.sources, **dict(chain.from_iterable(own))},
        tuple(sorted(read.values(), key=lambda exercise: exercise.order)),
        shared.posture,
        shared.pace,
        shared.guidance,
    )


def read_safety(file: DataFile) -> Safety:
    """Parse the safety rules in a file; BrokenData where it has a fault."""
    safety = _read(file, Safety)
    _check_sources(file, safety, safety.sources)
    return safety


def _check_exercise(file: DataFile, read: Mapping[DataFile, Exercise], shared: SharedFacts) -> None:
    exercise = read[file]
    if exercise.posture not in {posture.id for posture in shared.posture}:
        reason = f"unknown posture {exercise.posture!r}"
        raise BrokenData(file.name, _line(file.text, "$.posture"), reason)
    for key in exercise.sources:
        others = [other.name for other in read if other != file and key in read[other].sources]
        if key in shared.sources or others:
            line = _line(file.text, f"$.sources.{key}")
            raise BrokenData(file.name, line, f"the source {key!r} is declared elsewhere already")
    for other in read:
        if other != file and read[other].order == exercise.order:
            reason = f"{other.name} has the order {exercise.order} already"
            raise BrokenData(file.name, _line(file.text, "$.order"), reason)
    _check_sources(file, exercise, {**shared.sources, **exercise.sources})


def _check_sources(file: DataFile, facts: Struct, known: Mapping[str, Source]) -> None:
    for path, source in _sources_used(facts, "$"):
        if source not in known:
            raise BrokenData(file.name, _line(file.text, path), f"unknown source {source!r}")


def _read(file: DataFile, kind: type[T], **more: str) -> T:
    """The facts of a file, with more that it does not tell itself."""
    text = file.text
    if TO_FILL_IN in text:
        line = text.count("\n", 0, text.index(TO_FILL_IN)) + 1
        raise BrokenData(file.name, line, f"{TO_FILL_IN} marks what is still to be written")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise BrokenData(file.name, line, str(error)) from None
    for key in more.keys() & data.keys():
        line = _line(text, f"$.{key}")
        raise BrokenData(file.name, line, f"its {key} is the file's name alone")
    try:
        return msgspec.convert({**data, **more}, kind)
    except msgspec.ValidationError as error:
        where = _WHERE.search(str(error))
        path = where[1] if where else "$"
        raise BrokenData(file.name, _line(text, path), _WHERE.sub("", str(error))) from None


def _sources_used(part: object, path: str) -> Iterator[tuple[str, str]]:
    """Every (path, source key) below a part of the facts."""
    if isinstance(part, Figure):
        yield path, part.source
    elif isinstance(part, tuple):
        for index, item in enumerate(part):
            yield from _sources_used(item, f"{path}[{index}]")
    elif isinstance(part, msgspec.Struct):
        for name in part.__struct_fields__:
            value = getattr(part, name)
            if name == "source" and isinstance(value, str):
                yield f"{path}.source", value
            else:
                yield from _sources_used(value, f"{path}.{name}")


def _line(text: str, path: str) -> int:
    """The line of the nearest table or key that a path like $.exercise[2].hold leads to."""
    wanted = path.removeprefix("$").removeprefix(".")
    counts: dict[str, int] = {}
    table, best, best_line = "", -1, 1
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _table_path(header[2], repeated=header[1] == "[[", counts=counts)
            candidate = table
        elif key := _KEY.match(line):
            candidate = f"{table}.{key[1]}".removeprefix(".")
        else:
            continue
        reaches = wanted == candidate or wanted.startswith((f"{candidate}.", f"{candidate}["))
        if reaches and len(candidate) > best:
            best, best_line = len(candidate), number
    return best_line


def _table_path(name: str, *, repeated: bool, counts: dict[str, int]) -> str:
    """A header as a path with indexes: exercise.phase becomes exercise[2].phase[0]."""
    parts = name.split(".")
    path = ""
    for depth, part in enumerate(parts):
        path = f"{path}.{part}".removeprefix(".")
        if depth == len(parts) - 1 and repeated:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path
