"""Sentences that the model has word for word, with their slots."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hassil.intents import Intents, SlotList
from hassil.models import MatchEntity
from hassil.recognize import RecognizeResult, recognize_all

from skill.speaker.understanding_values import Match, Values
from skill.speaker.understanding_words import Words

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Sample:
    """One sample of the model, ready to compare."""

    intent: str
    text: str
    """Plain words, slots in braces by their name."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """Type of each slot that stands in the text."""

    @classmethod
    def of(cls, intent: str, sample: str, declared: Mapping[str, str], words: Words) -> Sample:
        """Return a sample as the model has it, made plain."""
        parts = _SLOT.split(sample)
        parts[::2] = map(words.plain, parts[::2])
        parts[1::2] = (f"{{{name}}}" for name in parts[1::2])
        slots = {name: declared[name] for name in _SLOT.findall(sample)}
        return cls(intent, " ".join(part for part in parts if part), slots)

    @property
    def literal(self) -> str:
        """The words of the sample without its slots."""
        return " ".join(_SLOT.sub(" ", self.text).split())

    def by_type(self) -> str:
        """Return the text with each slot named by its type."""
        return _SLOT.sub(lambda slot: f"{{{self.slots[slot[1]]}}}", self.text)


@dataclass(frozen=True)
class Filled:
    """What stood in a slot."""

    spoken: str
    value: str
    """Alexa's value: the spoken words for a custom type, else such as ``10`` or ``PT10M``."""
    match: Match | None = None


@dataclass(frozen=True)
class Found:
    """An intent and its filled slots, by name."""

    intent: str
    slots: Mapping[str, Filled] = field(default_factory=dict)


def filled(spoken: str, value: Any) -> Filled:
    """Return a slot's content from a value that ``Values`` gave for the spoken words."""
    return Filled(spoken, spoken, value) if isinstance(value, Match) else Filled(spoken, str(value))


class Exact:
    """Finds a text among the samples: bare ones in a table, those with slots by hassil."""

    def __init__(self, samples: Iterable[Sample], values: Values, language: str) -> None:
        self._values = values
        self._bare: dict[str, Found] = {}
        self._with_slots: dict[str, Sample] = {}
        sentences: dict[str, dict[str, None]] = {}
        for sample in samples:
            if not sample.slots:
                self._bare.setdefault(sample.text, Found(sample.intent))
                continue
            template = _SLOT.sub(lambda slot, s=sample: self._list(s, slot[1]), sample.text)  # type: ignore[misc]
            self._with_slots.setdefault(f"{sample.intent}: {template}", sample)
            sentences.setdefault(sample.intent, {})[template] = None
        self._lists: dict[str, SlotList] = dict(values.lists)
        self._intents = Intents.from_dict(
            {
                "language": language,
                "intents": {
                    intent: {"data": [{"sentences": list(texts)}]}
                    for intent, texts in sentences.items()
                },
            }
        )

        # Templates are parsed on first use: rather now than when somebody speaks.
        self.find("")

    def _list(self, sample: Sample, slot: str) -> str:
        template = self._values.template(sample.slots[slot])
        return template if "|" in template else f"{template[:-1]}:{slot}}}"

    def find(self, text: str) -> Found | None:
        """Return what a plain text says word for word, or None."""
        if found := self._bare.get(text):
            return found
        results = recognize_all(text, self._intents, slot_lists=self._lists)
        best = max(results, key=_literal_length, default=None)
        return Found(best.intent.name, dict(self._slots(best, text))) if best else None

    def _slots(self, result: RecognizeResult, text: str) -> Iterator[tuple[str, Filled]]:
        template = result.intent_sentence.text if result.intent_sentence else None
        sample = self._with_slots[f"{result.intent.name}: {template}"]
        for slot, slot_type in sample.slots.items():
            if slot_type == "AMAZON.TIME":
                yield slot, self._time(result, text)
            else:
                entity = result.entities[slot]
                yield slot, filled(entity.text.strip(), entity.value)

    def _time(self, result: RecognizeResult, text: str) -> Filled:
        parts = {
            name: entity
            for name, entity in result.entities.items()
            if name in ("clock", "half_of_day", "part_of_day")
        }
        spans = [_span(entity) for entity in parts.values()]
        spoken = text[min(start for start, _ in spans) : max(end for _, end in spans)]
        value = self._values.time({name: entity.value for name, entity in parts.items()})
        return Filled(spoken.strip(), value)


def _span(entity: MatchEntity) -> tuple[int, int]:
    return entity.text_span or (0, 0)


def _literal_length(result: RecognizeResult) -> int:
    return -sum(len(entity.text) for entity in result.entities_list)
