"""N-gram language model: how likely words follow one another in the sentences of a list.

Unlike a grammar, it lets people say what is in none of the sentences, and tells how unusual that
is.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TextIO

from msgspec import Struct

from speech.stt.pocketsphinx.word_network import Sentence

ORDER = 3
"""Words that are looked at together: the n of the n-grams."""

STRICTNESS = 0.02
"""Smoothing: how much of a chance is kept, for each known next word, for words that were never
next."""

OTHER = 0.005
"""The share of all words that is kept for words of no sentence."""

BEGIN, END = "<s>", "</s>"
_LEAST = 1e-12


class FreeSpeechPhrases(Struct, frozen=True):
    """Phrases of free speech: what may be said at any time."""

    sentences: Mapping[Sentence, float]
    """How often each is counted."""
    pressing: frozenset[Sentence]
    """Those which it is worse to miss than to recognize by mistake."""
    commands: tuple[Sentence, ...]
    """The shortest of those: a short utterance that is nothing else is held against them."""
    meaning: Callable[[str], str] = str
    """The meaning of some words, the same for all that mean the same; empty for none."""


class TrigramModel:
    """Trigram model: Witten-Bell estimates of each word after the two before it."""

    def __init__(self, sentences: Mapping[Sentence, float], others: Mapping[str, float]) -> None:
        """Count sentences.

        Args:
            sentences: with how often each is counted.
            others: other words, with their shares of all words.
        """
        counts = _counts(sentences)
        self._chances = [_single(counts[0][()], others)]
        self._left: list[dict[Sentence, float]] = []
        for level in counts[1:]:
            lower, chances, left = self._chances[-1], {}, {}
            for before, following in level.items():
                whole = sum(following.values())
                left[before] = 1 - whole / (whole + STRICTNESS * len(following))
                for word, count in following.items():
                    less = lower[(*before[1:], word)]
                    chances[*before, word] = (1 - left[before]) * count / whole + left[
                        before
                    ] * less
            self._chances.append(chances)
            self._left.append(left)

    @property
    def words(self) -> set[str]:
        """Vocabulary: every word that may be said."""
        return {word for (word,) in self._chances[0]} - {BEGIN, END}

    def likelihood(self, words: Sentence) -> float:
        """Mean log likelihood of known words, in nats for each word and the end."""
        line = (BEGIN, *words, END)
        logs = [
            math.log(self._chance(line[max(0, at - ORDER + 1) : at], line[at]))
            for at in range(1, len(line))
        ]
        return sum(logs) / len(logs)

    def _chance(self, before: Sentence, word: str) -> float:
        found = self._chances[len(before)].get((*before, word))
        if found is not None or not before:
            return max(found or 0.0, _LEAST)
        return self._left[len(before) - 1].get(before, 1.0) * self._chance(before[1:], word)

    def write(self, file: TextIO) -> None:
        """Write the model as an ARPA file."""
        levels = [{(BEGIN,): _LEAST} | self._chances[0], *self._chances[1:]]
        file.write("\\data\\\n")
        file.writelines(f"ngram {order}={len(level)}\n" for order, level in enumerate(levels, 1))
        for order, level in enumerate(levels, 1):
            left = self._left[order - 1] if order < ORDER else {}
            file.write(f"\n\\{order}-grams:\n")
            for words in sorted(level):
                file.write(f"{math.log10(max(level[words], _LEAST)):.4f} {' '.join(words)}")
                file.write(f" {math.log10(left.get(words, 1.0)):.4f}\n" if order < ORDER else "\n")
        file.write("\n\\end\\\n")


_Counts = defaultdict[Sentence, defaultdict[str, float]]


def _counts(sentences: Mapping[Sentence, float]) -> list[_Counts]:
    """How often each word comes after so many words before it, by that number."""
    counts: list[_Counts] = [defaultdict(lambda: defaultdict(float)) for _ in range(ORDER)]
    for words, times in sentences.items():
        line = (BEGIN, *words, END)
        for at in range(1, len(line)):
            for order in range(min(ORDER, at + 1)):
                counts[order][line[at - order : at]][line[at]] += times
    return counts


def _single(counts: Mapping[str, float], others: Mapping[str, float]) -> dict[Sentence, float]:
    whole, rest = sum(counts.values()), sum(others.values())
    kept = OTHER if rest else 0.0
    chances: dict[Sentence, float] = {
        (word,): (1 - kept) * count / whole for word, count in counts.items()
    }
    for word, share in others.items():
        chances[word,] = chances.get((word,), 0.0) + kept * share / rest
    return chances


def commonest(shares: Mapping[str, float], count: int) -> dict[str, float]:
    """Most frequent words, so many of them, by their shares of all words."""
    ranked: Iterable[str] = sorted(shares, key=lambda word: -shares[word])
    return {word: shares[word] for word in list(ranked)[:count]}
