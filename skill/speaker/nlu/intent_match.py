"""Intent match: the intent that a matcher found in a text, with its filled slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from skill.speaker.nlu.pattern_trie import Gap
from skill.speaker.nlu.sample import PlainSample
from skill.speaker.nlu.slot_values import SlotMatch


@dataclass(frozen=True)
class SlotFilling:
    """Filling of a slot: what stood in it."""

    spoken: str
    value: str
    """Alexa's value: the spoken words for a custom type, else such as ``10`` or ``PT10M``."""
    match: SlotMatch | None = None


@dataclass(frozen=True)
class IntentMatch:
    """Match of an intent, with its filled slots by name."""

    intent: str
    slots: Mapping[str, SlotFilling] = field(default_factory=dict)


def filled(spoken: str, value: Any) -> SlotFilling:
    """Return a slot's content from a value that ``SlotValues`` gave for the spoken words."""
    return (
        SlotFilling(spoken, spoken, value)
        if isinstance(value, SlotMatch)
        else SlotFilling(spoken, str(value))
    )


def fill(sample: PlainSample, gaps: Sequence[Gap]) -> IntentMatch:
    """Return what a sample says with its slots filled; what was said last counts."""
    fitting = {gap_type: filled(spoken, value) for gap_type, spoken, value in gaps}
    return IntentMatch(sample.intent, {slot: fitting[kind] for slot, kind in sample.slots.items()})
