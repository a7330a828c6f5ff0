"""Spelling corrector: words that the model does not have become the nearest that it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from rapidfuzz import process
from rapidfuzz.distance import OSA


class SpellingCorrector:
    """Spelling corrector over a vocabulary, by optimal string alignment distance."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = sorted(set(vocabulary))
        self._set = frozenset(self._known)

    def corrected(self, text: str, most: int = 6) -> Iterator[str]:
        """Yield the text with each unknown word replaced by a near one, likeliest first."""
        choices = [self._nearest_known_words(word) for word in text.split()]
        if all(len(near) == 1 for near in choices) and all(
            near[0] == word for near, word in zip(choices, text.split(), strict=True)
        ):
            return
        yield from islice((" ".join(words) for words in product(*choices)), most)

    def _nearest_known_words(self, word: str) -> Sequence[str]:
        if word in self._set or len(word) < 4 or not word.isalpha():
            return [word]
        slips = 1 if len(word) < 8 else 2
        found = process.extract(word, self._known, scorer=OSA.distance, score_cutoff=slips, limit=3)
        # A short word with another first letter is rather another word: rain is no pain.
        likely = [near for near, _, _ in found if len(word) > 5 or near[:1] in word[:2]]
        return likely or [word]
