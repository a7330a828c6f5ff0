"""Naive Bayes intent matcher: sentences far from any sample, by the words that intents use.

It is multinomial, over words and pairs of words, as recognisers that learn from samples generalise.
What is said in words that the likeliest intent does not know is somebody else's business.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from skill.speaker.nlu.intent_match import IntentMatch, fill
from skill.speaker.nlu.lexicon import Lexicon
from skill.speaker.nlu.pattern_trie import Gap
from skill.speaker.nlu.sample import PlainSample
from skill.speaker.nlu.slot_tagger import TaggedText

Feature = str | tuple[str, str]

NEVER_SEEN = 0.01
"""What a word counts for an intent that never uses it; one that does counts up to 1."""
OF_WORDS, OF_PAIRS, OF_LEAD, ENOUGH = 5.8, 5.2, 0.6, 8.4
"""When to believe it: the parts of the telling words and of the adjacent pairs that the likeliest
intent uses, and the logarithm of its lead, weighed like this, must come to enough. A logistic
regression gave the weights."""
USUAL = 0.08
"""Part of an intent's samples with a negation from which on it is usual there."""
ONLY_DENIED = 0.9
"""Part of an intent's samples with a word from which on it stands there as good as only with a
negation: "move" tells of an emergency in "I can't move", and in "I can move" of nothing."""
OFTEN = 4
"""Samples that a word must stand in, before that is told of it."""
DANGER_CLOSE = 1.5
"""An intent of danger that is no further behind is taken."""


def _word_pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    return list(pairwise(["", *words, ""]))


def _features(text: str) -> set[Feature]:
    words = text.split()
    return {*words, *_word_pairs(words)}


@dataclass(frozen=True)
class _Verdict:
    """The likeliest intent of a reading."""

    intent: str
    ahead: float
    """Log-likelihood before the second."""
    reading: TaggedText


class NaiveBayesMatcher:
    """Naive Bayes matcher: finds the intent whose words a text uses most."""

    def __init__(
        self,
        samples: Iterable[PlainSample],
        weights: Mapping[str, float],
        danger: Sequence[str],
        words: Lexicon,
    ) -> None:
        self._weights = weights
        self._unknown = max(weights.values(), default=1.0) * 0.8
        self._danger = danger
        self._negations = words.negations
        self._reversals = words.reversals
        self._lacking = words.negations | words.lacking
        self._slots: dict[str, dict[str, str]] = defaultdict(dict)
        counts: dict[Feature, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        sizes: dict[str, float] = defaultdict(float)
        texts: dict[str, list[str]] = defaultdict(list)
        for sample in samples:
            self._slots[sample.intent].update(sample.slots)
            texts[sample.intent].append(text := sample.by_type())
            features = _features(text)
            # Long samples have many features; each sample counts about alike.
            share = 1 / math.sqrt(len(features))
            sizes[sample.intent] += share * len(features)
            for feature in features:
                counts[feature][sample.intent] += share
        totals = {intent: size + NEVER_SEEN * len(counts) for intent, size in sizes.items()}
        self._usual = {intent: self._usual_in(said) for intent, said in texts.items()}
        self._rest = {intent: math.log(NEVER_SEEN / total) for intent, total in totals.items()}
        self._gain: dict[Feature, dict[str, float]] = {
            feature: {intent: math.log(count / NEVER_SEEN + 1) for intent, count in users.items()}
            for feature, users in counts.items()
        }
        only_denied = {intent: self._only_denied_in(said) for intent, said in texts.items()}
        self._gain_affirmed = {
            feature: {
                intent: gain for intent, gain in users.items() if feature not in only_denied[intent]
            }
            for feature, users in self._gain.items()
        }

    def _only_denied_in(self, texts: Sequence[str]) -> frozenset[Feature]:
        """Return what an intent says with a negation only: without one it is not the intent's."""
        uses: Counter[Feature] = Counter()
        denied: Counter[Feature] = Counter()
        for text in texts:
            features = _features(text)
            uses.update(features)
            if not self._lacking.isdisjoint(text.split()):
                denied.update(features)
        return frozenset(
            feature
            for feature, count in denied.items()
            if uses[feature] >= OFTEN and count >= ONLY_DENIED * uses[feature]
        )

    def _gains(self, words: Iterable[str]) -> Mapping[Feature, Mapping[str, float]]:
        """Return what each feature gains each intent in a text of these words."""
        return self._gain_affirmed if self._lacking.isdisjoint(words) else self._gain

    def _usual_in(self, texts: Sequence[str]) -> frozenset[str]:
        """Return the negations that an intent has often: there they turn no meaning round."""
        uses = Counter(
            word for text in texts for word in self._negations.intersection(text.split())
        )
        return frozenset(word for word, count in uses.items() if count >= USUAL * len(texts))

    def find(self, readings: Iterable[TaggedText]) -> IntentMatch | None:
        """Return what the readings of a text most likely say, if that is clear enough."""
        verdicts = [verdict for reading in readings if (verdict := self._likeliest_intent(reading))]
        best = max(verdicts, key=lambda verdict: verdict.ahead, default=None)
        if best is None or not self._is_known(best):
            return None
        gaps = best.reading.gaps
        declared = self._slots[best.intent]
        return fill(_sample(best.intent, declared, gaps), gaps)

    def _likeliest_intent(self, reading: TaggedText) -> _Verdict | None:
        known = [feature for feature in _features(reading.text) if feature in self._gain]
        if not known:
            return None
        scores = {intent: rest * len(known) for intent, rest in self._rest.items()}
        for feature in known:
            for intent, gain in self._gain[feature].items():
                scores[intent] += gain
        first, second = sorted(scores, key=lambda intent: -scores[intent])[:2]
        for intent in self._danger:
            if scores[first] - scores[intent] < DANGER_CLOSE:
                return _Verdict(intent, 1.0, reading)
        return _Verdict(first, scores[first] - scores[second], reading)

    def _is_known(self, verdict: _Verdict) -> bool:
        """Tell whether an intent uses enough of the words, and all that turn a meaning round."""
        words = verdict.reading.text.split()
        pairs = _word_pairs(words)
        features: list[Feature] = [*words, *pairs]
        gains = self._gains(words)
        known = {each for each in features if verdict.intent in gains.get(each, {})}
        usual = self._usual[verdict.intent]
        turning: set[Feature] = {*self._reversals.intersection(words)}
        turning |= {
            pair for pair in pairs if not self._negations.difference(usual).isdisjoint(pair)
        }
        if not turning <= known:
            return False
        told = sum(self._weight(word) for word in words if word in known)
        belief = (
            OF_WORDS * told / sum(map(self._weight, words))
            + OF_PAIRS * sum(pair in known for pair in pairs) / len(pairs)
            + OF_LEAD * math.log1p(verdict.ahead)
        )
        return belief >= ENOUGH

    def _weight(self, word: str) -> float:
        return self._weights.get(word, self._unknown)


def _sample(intent: str, declared: Mapping[str, str], gaps: Sequence[Gap]) -> PlainSample:
    """Return a sample with those slots of an intent that the gaps can fill."""
    types = [slot_type for slot_type, _, _ in gaps]
    return PlainSample(intent, "", {slot: kind for slot, kind in declared.items() if kind in types})
