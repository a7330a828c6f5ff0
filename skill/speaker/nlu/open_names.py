"""Open name matcher: a known way to ask for an exercise, with a name that is not in the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from skill.speaker.nlu.intent_match import IntentMatch, SlotFilling
from skill.speaker.nlu.lexicon import Lexicon
from skill.speaker.nlu.sample import PlainSample
from skill.speaker.nlu.slot_values import SlotValues

LIKE_A_NAME = 84
"""Least likeness, of 100, for spoken words to be taken for a value of a slot."""
LONGEST_NAME = 4
"""Words."""


class OpenNameMatcher:
    """Open name matcher: finds the wish for something that is asked for like an exercise."""

    def __init__(self, samples: Iterable[PlainSample], words: Lexicon, values: SlotValues) -> None:
        self._words = words
        self._values = values
        self._nameless = frozenset(words.data["not_in_names"])
        self._openings = dict(self._open_samples(samples))

    def _open_samples(
        self, samples: Iterable[PlainSample]
    ) -> Iterator[tuple[str, tuple[PlainSample, str]]]:
        """Yield the words after which a name that is not in the list may stand."""
        asking = frozenset(self._words.data["asking_words"])
        for sample in samples:
            before, brace, slot = sample.text.partition("{")
            name = slot.removesuffix("}")
            if not brace or sample.slots.get(name) not in self._words.data["open_types"]:
                continue
            if not asking.isdisjoint(before.split()):
                yield before, (sample, name)

    def find(self, text: str) -> IntentMatch | None:
        """Return the intent that asks for a name, with the name in its slot; else None."""
        for core in self._words.cores(text):
            fitting = [before for before in self._openings if core.startswith(before)]
            if not fitting:
                continue
            before = max(fitting, key=len)
            name = core[len(before) :]
            length = len(name.split())
            if not 0 < length <= LONGEST_NAME or not self._nameless.isdisjoint(name.split()):
                continue
            sample, slot = self._openings[before]
            return IntentMatch(sample.intent, {slot: self._filling(name, sample.slots[slot])})
        return None

    def _filling(self, spoken: str, slot_type: str) -> SlotFilling:
        """Return spoken words as a value of a custom type: the nearest known, or an unknown one."""
        known = self._values.custom[slot_type]
        found = process.extract(spoken, known.keys(), scorer=fuzz.ratio, score_cutoff=LIKE_A_NAME)
        matches = {known[text] for text, _, _ in found}
        return SlotFilling(spoken, spoken, matches.pop() if len(matches) == 1 else None)
