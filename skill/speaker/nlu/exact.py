"""Exact intent matcher: sentences that the model has word for word, with their slots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from skill.speaker.nlu.intent_match import IntentMatch, fill
from skill.speaker.nlu.pattern_trie import Gap, PatternTrie
from skill.speaker.nlu.sample import PlainSample
from skill.speaker.nlu.slot_values import SlotValues


class ExactMatcher:
    """Exact matcher: finds a text among the samples."""

    def __init__(self, samples: Iterable[PlainSample], values: SlotValues) -> None:
        self._values = values
        self._bare: dict[str, IntentMatch] = {}
        self._with_slots: PatternTrie[PlainSample] = PatternTrie()
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


def _filled_length(fitting: tuple[PlainSample, Sequence[Gap]]) -> int:
    return sum(len(spoken) for _, spoken, _ in fitting[1])
