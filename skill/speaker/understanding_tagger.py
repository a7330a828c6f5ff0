"""Slot values found inside a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skill.speaker.understanding_patterns import LONGEST_GAP, Gap
from skill.speaker.understanding_values import Values


@dataclass(frozen=True)
class Tagged:
    """A text in which slot values are replaced by their types."""

    text: str
    gaps: Sequence[Gap] = ()


class Tagger:
    """Finds slot values inside a text."""

    def __init__(self, values: Values) -> None:
        self._values = values
        custom = list(values.custom)
        # A name may hold a value of another type: the chair rotation is no chair.
        self._orders = (
            custom,
            *([slot_type] for slot_type in custom),
            [*custom, "AMAZON.DURATION", "AMAZON.NUMBER"],
            [*custom, "AMAZON.DURATION", "AMAZON.TIME"],
        )

    def tagged(self, text: str) -> list[Tagged]:
        """Return the readings of a text, first the one with no slot at all."""
        found = {
            reading.text: reading for reading in (self._tag(text, types) for types in self._orders)
        }
        return list(({text: Tagged(text)} | found).values())

    def _tag(self, text: str, types: Sequence[str]) -> Tagged:
        words = text.split()
        out: list[str] = []
        gaps: list[Gap] = []
        start = 0
        while start < len(words):
            for end in range(min(len(words), start + LONGEST_GAP), start, -1):
                piece = " ".join(words[start:end])
                if hit := self._first(piece, types):
                    gaps.append(hit)
                    out.append(f"{{{hit[0]}}}")
                    start = end
                    break
            else:
                out.append(words[start])
                start += 1
        return Tagged(" ".join(out), gaps)

    def _first(self, piece: str, types: Sequence[str]) -> Gap | None:
        for slot_type in types:
            if (value := self._values.read(slot_type, piece)) is not None:
                return slot_type, piece, value
        return None
