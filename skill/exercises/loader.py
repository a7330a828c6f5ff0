"""Loader of the data files: refuses a broken one with its line and the reason."""

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import TypeVar

import msgspec

from skill.exercises.facts import Exercises, Figure, Safety

T = TypeVar("T", Exercises, Safety)

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


def load_facts() -> tuple[Exercises, Safety]:
    """The shipped facts.

    Raises:
        BrokenData: a file has a fault; the message names file, line and reason.
    """
    here = resources.files("skill.exercises")
    routines = read_exercises((here / "exercises.toml").read_text("utf-8"))
    safety = read_safety((here / "safety.toml").read_text("utf-8"))
    return routines, safety


def read_exercises(text: str, file: str = "exercises.toml") -> Exercises:
    """The exercises in a TOML text; BrokenData where it has a fault."""
    routines = _read(text, file, Exercises)
    postures = {posture.id for posture in routines.posture}
    for index, exercise in enumerate(routines.exercise):
        if exercise.posture not in postures:
            path = f"$.exercise[{index}].posture"
            raise BrokenData(file, _line(text, path), f"unknown posture {exercise.posture!r}")
        if exercise.id in routines.ids[:index]:
            path = f"$.exercise[{index}].id"
            raise BrokenData(file, _line(text, path), f"{exercise.id!r} stands twice")
    return routines


def read_safety(text: str, file: str = "safety.toml") -> Safety:
    """The safety rules in a TOML text; BrokenData where it has a fault."""
    return _read(text, file, Safety)


def _read(text: str, file: str, kind: type[T]) -> T:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise BrokenData(file, line, str(error)) from None
    try:
        facts = msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        where = _WHERE.search(str(error))
        path = where[1] if where else "$"
        raise BrokenData(file, _line(text, path), _WHERE.sub("", str(error))) from None
    for path, source in _sources_used(facts, "$"):
        if source not in facts.sources:
            raise BrokenData(file, _line(text, path), f"unknown source {source!r}")
    return facts


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
