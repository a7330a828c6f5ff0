"""Sentences that the model has word for word, with their slots."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from skill.speaker.nlu.lexicon import Lexicon
from skill.speaker.nlu.patterns import Gap, Patterns
from skill.speaker.nlu.slot_values import SlotMatch, SlotValues

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
    def of(cls, intent: str, sample: str, declared: Mapping[str, str], words: Lexicon) -> Sample:
        """Return a sample as the model has it, made plain."""
        if "{" not in sample:
            return cls(intent, words.plain(sample))
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
        if not self.slots:
            return self.text
        return _SLOT.sub(lambda slot: f"{{{self.slots[slot[1]]}}}", self.text)


@dataclass(frozen=True)
class SlotFilling:
    """What stood in a slot."""

    spoken: str
    value: str
    """Alexa's value: the spoken words for a custom type, else such as ``10`` or ``PT10M``."""
    match: SlotMatch | None = None


@dataclass(frozen=True)
class IntentMatch:
    """An intent and its filled slots, by name."""

    intent: str
    slots: Mapping[str, SlotFilling] = field(default_factory=dict)


def filled(spoken: str, value: Any) -> SlotFilling:
    """Return a slot's content from a value that ``Values`` gave for the spoken words."""
    return (
        SlotFilling(spoken, spoken, value)
        if isinstance(value, SlotMatch)
        else SlotFilling(spoken, str(value))
    )


class ExactMatcher:
    """Finds a text among the samples."""

    def __init__(self, samples: Iterable[Sample], values: SlotValues) -> None:
        self._values = values
        self._bare: dict[str, IntentMatch] = {}
        self._with_slots: Patterns[Sample] = Patterns()
        for sample in samples:
            if sample.slots:
                self._with_slots.add(sample.by_type(), sample)
            else:
                self._bare.setdefault(sample.text, IntentMatch(sample.intent))

    def find(self, text: str) -> IntentMatch | None:
        """Return what a plain text says word for word, or None."""
        if found := self._bare.get(text):
            return found
        fitting = self._with_slots.find(text, self._values.read)
        best = min(fitting, key=_filled_length, default=None)
        return fill(best[0], best[1]) if best else None


def fill(sample: Sample, gaps: Sequence[Gap]) -> IntentMatch:
    """Return what a sample says with its slots filled; what was said last counts."""
    fitting = {gap_type: filled(spoken, value) for gap_type, spoken, value in gaps}
    return IntentMatch(sample.intent, {slot: fitting[kind] for slot, kind in sample.slots.items()})


def _filled_length(fitting: tuple[Sample, Sequence[Gap]]) -> int:
    return sum(len(spoken) for _, spoken, _ in fitting[1])
