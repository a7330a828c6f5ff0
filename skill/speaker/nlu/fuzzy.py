"""Fuzzy intent matcher: other words around the meaning of a sample, slips, mishearings."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz, process

from skill.speaker.nlu.intent_match import IntentMatch, fill
from skill.speaker.nlu.lexicon import Lexicon
from skill.speaker.nlu.sample import PlainSample
from skill.speaker.nlu.slot_tagger import TaggedText

ENOUGH = 0.67
"""Least likeness, of 1, for a text to be taken for a sample."""
ALIKE = 0.8
CLEAR = 0.05
"""A best intent that is not ahead by this much is ambiguous."""
RUN_TOGETHER = 0.18
"""What likeness by letters alone counts less: it knows no words."""
OF_A_SLOT = 0.7
"""Weight of a filled slot in a likeness; a telling word weighs up to about 3.5."""


class FuzzyMatcher:
    """Fuzzy matcher: finds the sample most like a text, by telling words and by letters."""

    def __init__(
        self, samples: Iterable[PlainSample], words: Lexicon, danger: Sequence[str]
    ) -> None:
        self._words = words
        self._danger = danger
        self._samples = list({(s.intent, s.by_type()): s for s in samples}.values())
        self._texts = [sample.by_type() for sample in self._samples]
        self.weights = self._word_weights()
        """How much each word tells."""
        self._unknown = max(self.weights.values(), default=1.0) * 0.8
        self._sizes = [self._total_weight(text.split()) for text in self._texts]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(self._texts):
            for word in set(text.split()):
                self._holders[word].append(number)

    def _word_weights(self) -> dict[str, float]:
        """Return how much each word tells: the fewer intents use it, the more."""
        users: dict[str, set[str]] = defaultdict(set)
        for sample, text in zip(self._samples, self._texts, strict=True):
            for word in text.split():
                users[word].add(sample.intent)
        count = len({sample.intent for sample in self._samples})
        return {
            word: OF_A_SLOT if word.startswith("{") else 0.3 + math.log(count / len(intents))
            for word, intents in users.items()
        }

    def _total_weight(self, words: Iterable[str]) -> float:
        return sum(self.weights.get(word, self._unknown) for word in set(words))

    def find(self, readings: Iterable[TaggedText]) -> IntentMatch | None:
        """Return what a text nearly says; None where nothing, or no one thing, is near."""
        best: dict[str, tuple[float, IntentMatch]] = {}
        for reading in readings:
            for score, sample in self._scored_samples(reading):
                if score >= ENOUGH and score > best.get(sample.intent, (0.0,))[0]:
                    best[sample.intent] = score, fill(sample, reading.gaps)
        return self._unambiguous_best(best)

    def _unambiguous_best(self, best: dict[str, tuple[float, IntentMatch]]) -> IntentMatch | None:
        if not best:
            return None
        ranked = sorted(best.values(), key=lambda scored: -scored[0])
        top = ranked[0][0]
        close = [found for score, found in ranked if top - score < CLEAR]
        for intent in self._danger:
            if danger := next((found for found in close if found.intent == intent), None):
                return danger
        return close[0] if len(close) == 1 else None

    def _scored_samples(self, reading: TaggedText) -> Iterator[tuple[float, PlainSample]]:
        words = set(reading.text.split())
        shared: Counter[int] = Counter()
        for word in words:
            weight = self.weights.get(word, 0.0)
            for number in self._holders.get(word, ()):
                shared[number] += weight  # type: ignore[assignment]
        size = self._total_weight(words)
        numbers = {number for number, _ in shared.most_common(40)}
        numbers.update(
            number
            for _, _, number in process.extract(
                reading.text, self._texts, scorer=fuzz.ratio, score_cutoff=80, limit=8
            )
        )
        slots = sorted(slot_type for slot_type, _, _ in reading.gaps)
        negation = self._words.negation(reading.text)
        # Letters alone count for words run together or torn apart, not for other known words.
        strange = any(word not in self.weights for word in words)
        for number in numbers:
            sample, text = self._samples[number], self._texts[number]
            if sorted(sample.slots.values()) != slots or self._words.negation(text) != negation:
                continue
            dice = 2 * shared[number] / (size + self._sizes[number])
            letters = fuzz.ratio(reading.text, text) / 100
            alike = (2 * dice + letters) / 3
            yield (
                max(alike if alike >= ALIKE else 0.0, letters - RUN_TOGETHER if strange else 0.0),
                sample,
            )
