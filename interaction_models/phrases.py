"""Phrases reader: a language's phrases as typed data, with the place of every text for errors.

A language is one file, `<language>.yaml`, and beside it a folder of its name, in which
`exercises/<id>.yaml` has the names of one exercise: a value of the slot type `Exercise`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml


class PhrasesError(ValueError):
    """Invalid phrases: the file cannot become a model. The message holds file, place and reason."""


EXERCISES, EXERCISE = "exercises", "Exercise"
"""Folder of the files that hold one value each, and the slot type whose values they are."""

TO_FILL_IN = "FILL IN"
"""Placeholder for what is still to be written; phrases that have it are refused."""


class Text(str):
    """Text with the file where it stands, and its line there, from 1."""

    __slots__ = ("file", "line")
    file: str
    line: int


@dataclass(frozen=True)
class ValuePhrases:
    """Slot value: its id, its name, and the templates of its synonyms."""

    id: str
    name: Text
    synonyms: list[Text]


@dataclass(frozen=True)
class IntentPhrases:
    """Intent: its slot types by slot name, and the templates of its samples."""

    name: Text
    slots: dict[str, str]
    samples: list[Text]


@dataclass(frozen=True)
class Additions:
    """Additions of a locale: what it has beyond its language."""

    invocation_name: Text | None = None
    intents: dict[str, list[Text]] = field(default_factory=dict)
    types: dict[str, dict[str, list[Text]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Phrases:
    """Phrases of one language, as they stand."""

    path: Path
    language: str
    invocation_name: Text
    locales: dict[str, Additions]
    rules: dict[str, Text]
    types: dict[str, list[ValuePhrases]]
    intents: list[IntentPhrases]
    built_in: list[str]


class _NumberedLoader(yaml.SafeLoader):
    """YAML loader that keeps the line of each text, and refuses a key that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                mark = key.start_mark
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands twice", mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _construct_text(loader: _NumberedLoader, node: yaml.ScalarNode) -> Text:
    text = Text(loader.construct_scalar(node))
    text.file, text.line = str(loader.name), node.start_mark.line + 1
    if TO_FILL_IN in text:
        reason = f"{TO_FILL_IN} marks what is still to be written"
        raise PhrasesError(f"{text.file}:{text.line}: {reason}")
    return text


_NumberedLoader.add_constructor("tag:yaml.org,2002:str", _construct_text)


class _Reader:
    """Validator: takes typed pieces out of the raw YAML, and names the place of what is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self, place: str, reason: str) -> PhrasesError:
        return PhrasesError(f"{self.path}: {place}: {reason}")

    def mapping(self, raw: Any, place: str, allowed: set[str] | None = None) -> Mapping[str, Any]:
        if not isinstance(raw, dict):
            raise self.fail(place, "a mapping is needed here")
        for key in raw:
            if not isinstance(key, str):
                raise self.fail(place, f"the key {key!r} is no text; put it in quotes")
            if allowed is not None and key not in allowed:
                raise self.fail(place, f"unknown key {key!r}; known: {', '.join(sorted(allowed))}")
        return raw

    def text(self, raw: Any, place: str) -> Text:
        if not isinstance(raw, Text):
            raise self.fail(place, f"{raw!r} is no text; put it in quotes")
        return raw

    def texts(self, raw: Any, place: str) -> list[Text]:
        if not isinstance(raw, list):
            raise self.fail(place, "a list of texts is needed here")
        return [self.text(item, place) for item in raw]

    def values(self, raw: Any, place: str) -> list[ValuePhrases]:
        return [
            self.value(str(value_id), body, f"{place}.{value_id}")
            for value_id, body in self.mapping(raw, place).items()
        ]

    def value(self, value_id: str, raw: Any, place: str) -> ValuePhrases:
        body = self.mapping(raw, place, {"value", "synonyms"})
        name = self.text(body.get("value"), f"{place}.value")
        synonyms = self.texts(body.get("synonyms", []), f"{place}.synonyms")
        return ValuePhrases(value_id, name, synonyms)

    def intent(self, name: str, raw: Any) -> IntentPhrases:
        place = f"intents.{name}"
        body = self.mapping(raw, place, {"slots", "samples"})
        slots = self.mapping(body.get("slots", {}), f"{place}.slots")
        return IntentPhrases(
            name=self.text(name, place),
            slots={str(k): str(self.text(v, f"{place}.slots.{k}")) for k, v in slots.items()},
            samples=self.texts(body.get("samples"), f"{place}.samples"),
        )

    def additions(self, locale: str, raw: Any) -> Additions:
        place = f"locales.{locale}"
        body = self.mapping(raw, place, {"invocation_name", "intents", "types"})
        name = body.get("invocation_name")
        types = self.mapping(body.get("types", {}), f"{place}.types")
        return Additions(
            invocation_name=None if name is None else self.text(name, place),
            intents={
                str(intent): self.texts(samples, f"{place}.intents.{intent}")
                for intent, samples in self.mapping(body.get("intents", {}), place).items()
            },
            types={
                str(slot_type): {
                    str(value_id): self.texts(texts, f"{place}.types.{slot_type}.{value_id}")
                    for value_id, texts in self.mapping(values, place).items()
                }
                for slot_type, values in types.items()
            },
        )


_PARTS = {"locales", "invocation_name", "rules", "types", "intents", "built_in"}


def read(path: Path) -> Phrases:
    """Parse the phrases of a language: its file, whose stem is its name, and its exercises' files.

    Raises:
        PhrasesError: no valid YAML, or a part of it is missing, unknown or of a wrong type.
    """
    reader = _Reader(path)
    body = reader.mapping(_load(path), "the file", _PARTS)
    if missing := _PARTS - body.keys():
        raise reader.fail("the file", f"missing: {', '.join(sorted(missing))}")
    part = {name: reader.mapping(body[name], name) for name in ("locales", "rules", "types")}
    phrases = Phrases(
        path=path,
        language=path.stem,
        invocation_name=reader.text(body["invocation_name"], "invocation_name"),
        locales={str(k): reader.additions(k, v) for k, v in part["locales"].items()},
        rules={str(k): reader.text(v, f"rules.{k}") for k, v in part["rules"].items()},
        types={str(k): reader.values(v, f"types.{k}") for k, v in part["types"].items()},
        intents=[
            reader.intent(k, v) for k, v in reader.mapping(body["intents"], "intents").items()
        ],
        built_in=[str(name) for name in reader.texts(body["built_in"], "built_in")],
    )
    _add_exercises(phrases, path.with_suffix("") / EXERCISES)
    return phrases


def _add_exercises(phrases: Phrases, folder: Path) -> None:
    """Add the values of the exercises' files to the type, and their synonyms to the locales."""
    files = [_exercise(path) for path in sorted(folder.glob("*.yaml"))]
    for named in sorted(files, key=lambda named: named.order):
        phrases.types.setdefault(EXERCISE, []).append(named.value)
        for locale, synonyms in named.locales.items():
            if locale not in phrases.locales:
                known = ", ".join(phrases.locales)
                raise _Reader(named.path).fail(f"locales.{locale}", f"unknown; known: {known}")
            types = phrases.locales[locale].types
            types.setdefault(EXERCISE, {}).setdefault(named.value.id, []).extend(synonyms)


@dataclass(frozen=True)
class _ExerciseNames:
    """One exercise's file: its place among the others, its value, and what each locale adds."""

    path: Path
    order: int
    value: ValuePhrases
    locales: dict[str, list[Text]]


def _exercise(path: Path) -> _ExerciseNames:
    reader = _Reader(path)
    body = dict(reader.mapping(_load(path), "the file"))
    order, locales = body.pop("order", None), reader.mapping(body.pop("locales", {}), "locales")
    if not isinstance(order, int):
        raise reader.fail("order", "a whole number is needed here")
    return _ExerciseNames(
        path,
        order,
        reader.value(path.stem, body, "the file"),
        {str(k): reader.texts(texts, f"locales.{k}") for k, texts in locales.items()},
    )


def _load(path: Path) -> Any:
    """The raw YAML of a file, in which each text knows its place."""
    loader = _NumberedLoader(path.read_text(encoding="utf-8"))
    loader.name = str(path)
    try:
        return loader.get_single_data()
    except yaml.YAMLError as error:
        raise PhrasesError(f"{path}: {error}") from error
    finally:
        loader.dispose()
