"""Slot tagger: finds slot values inside a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skill.speaker.nlu.pattern_trie import LONGEST_GAP, Gap
from skill.speaker.nlu.slot_values import SlotValues


@dataclass(frozen=True)
class TaggedText:
    """Text in which slot values are replaced by their types."""

    text: str
    gaps: Sequence[Gap] = ()


class SlotTagger:
    """Slot tagger for the values of one model."""

    def __init__(self, values: SlotValues) -> None:
        self._values = values
        self._joints = [tuple(joint.split()) for joint in values.words.data["joints"]]
        self._articles = frozenset(values.words.data["articles"])
        custom = list(values.custom)
        # A name may hold a value of another type: the chair rotation is no chair.
        self._orders = (
            custom,
            *([slot_type] for slot_type in custom),
            [*custom, "AMAZON.DURATION", "AMAZON.NUMBER"],
            [*custom, "AMAZON.DURATION", "AMAZON.TIME"],
        )

    def first_named(self, text: str) -> str:
        """Return a text with only the first of joined values: "the bridge and the cat"."""
        words = text.split()
        start = 0
        while start < len(words):
            hit = self._longest_value_at(words, start, self._orders[0])
            start += len(hit[1].split()) if hit else 1
            while hit and (end := self._end_of_joined_value(words, start, hit[0])):
                del words[start:end]
        return " ".join(words)

    def _end_of_joined_value(self, words: Sequence[str], start: int, slot_type: str) -> int | None:
        """Return where a further value of a type ends that is joined at the start."""
        for joint in self._joints:
            at = start + len(joint)
            if tuple(words[start:at]) != joint:
                continue
            at += words[at : at + 1] != [] and words[at] in self._articles
            if hit := self._longest_value_at(words, at, [slot_type]):
                return at + len(hit[1].split())
        return None

    def tagged(self, text: str) -> list[TaggedText]:
        """Return the readings of a text, first the one with no slot at all."""
        found = {
            reading.text: reading
            for reading in (self._tag_types(text, types) for types in self._orders)
        }
        return list(({text: TaggedText(text)} | found).values())

    def _tag_types(self, text: str, types: Sequence[str]) -> TaggedText:
        words = text.split()
        out: list[str] = []
        gaps: list[Gap] = []
        start = 0
        while start < len(words):
            hit = self._longest_value_at(words, start, types)
            if hit:
                gaps.append(hit)
            out.append(f"{{{hit[0]}}}" if hit else words[start])
            start += len(hit[1].split()) if hit else 1
        return TaggedText(" ".join(out), gaps)

    def _longest_value_at(
        self, words: Sequence[str], start: int, types: Sequence[str]
    ) -> Gap | None:
        """Return the longest value that begins at a word."""
        for end in range(min(len(words), start + LONGEST_GAP), start, -1):
            if hit := self._first_type_that_reads(" ".join(words[start:end]), types):
                return hit
        return None

    def _first_type_that_reads(self, piece: str, types: Sequence[str]) -> Gap | None:
        for slot_type in types:
            if (value := self._values.read(slot_type, piece)) is not None:
                return slot_type, piece, value
        return None
