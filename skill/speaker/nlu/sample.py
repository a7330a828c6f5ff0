"""Sample utterances of an interaction model, made ready to be compared with what was said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from skill.speaker.nlu.lexicon import Lexicon

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class PlainSample:
    """Sample utterance of an intent, in plain words."""

    intent: str
    text: str
    """Plain words, slots in braces by their name."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """Type of each slot that stands in the text."""

    @classmethod
    def of(
        cls, intent: str, sample: str, declared: Mapping[str, str], words: Lexicon
    ) -> PlainSample:
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
