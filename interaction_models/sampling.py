"""Pairwise sampling: few sentences for a template that has very many."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from itertools import pairwise

from hassil.errors import MissingRuleError
from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    RuleReference,
    Sentence,
    TextChunk,
)
from hassil.parser import ParseError

SHORT = 2
"""Words of a sentence that is never thinned out."""

NOTHING = TextChunk()


def pairs(sentence: str) -> set[tuple[str, str]]:
    """Word pairs: the adjacent words of a sentence, two by two, its ends included."""
    words = ["", *sentence.split(), ""]
    return set(pairwise(words))


def pairwise_sample(
    sentences: list[str], known: Collection[tuple[str, str]] = frozenset()
) -> list[str]:
    """Pairwise sample: few of the sentences, in order, with every pair of adjacent words of all.

    Pairs that are known from elsewhere need not be held. The first, the shortest and all of up to
    SHORT words stay: they are what people say most. Recognisers generalise over combinations; the
    full product of a template's choices would only crowd out the other intents.
    """
    held = {sentence: pairs(sentence) for sentence in sentences}
    kept = {sentences[0], min(sentences, key=len)}
    kept |= {sentence for sentence in sentences if len(sentence.split()) <= SHORT}
    missing = set().union(*held.values()).difference(known, *(held[text] for text in kept))
    while missing:
        best = max(sentences, key=lambda sentence: len(held[sentence] & missing))
        kept.add(best)
        missing -= held[best]
    return [sentence for sentence in sentences if sentence in kept]


class TemplateSampler:
    """Template sampler: counts and weaves a template's sentences without their whole product."""

    def __init__(self, rules: Mapping[str, Sentence], *, with_options: bool) -> None:
        self._rules = rules
        self._with_options = with_options
        self._widths: dict[int, int] = {}

    def count(self, part: Expression) -> int:
        """Count the sentences."""
        return self._count_sentences(part, math.prod)

    def width(self, part: Expression) -> int:
        """Number of sentences that it takes to say every choice at least once."""
        if id(part) not in self._widths:
            self._widths[id(part)] = self._count_sentences(part, max)
        return self._widths[id(part)]

    def _count_sentences(self, part: Expression, of_sequence: Callable[[list[int]], int]) -> int:
        match part:
            case RuleReference(rule_name=name):
                return self._count_sentences(self._rule_body(name), of_sequence)
            case Alternative():
                return sum(self._count_sentences(item, of_sequence) for item in self._choices(part))
            case Group(items=items) if items:
                return of_sequence([self._count_sentences(item, of_sequence) for item in items])
        return 1

    def woven(self, part: Expression) -> list[str]:
        """Woven sample: a few sentences that say every choice at least once."""
        return [self._sentence(part, number) for number in range(self.width(part))]

    def _sentence(self, part: Expression, number: int) -> str:
        match part:
            case RuleReference(rule_name=name):
                return self._sentence(self._rule_body(name), number)
            case Alternative():
                return self._sentence_of_choice(part, number % self.width(part))
            case Group(items=items):
                # Shifted against each other, so that the first choices do not always meet.
                return "".join(self._sentence(item, number + at) for at, item in enumerate(items))
            case TextChunk():
                return part.original_text
            case ListReference():
                return f"{{{part.list_name}}}"
        raise ParseError(f"{part} cannot stand in a template")

    def _sentence_of_choice(self, part: Alternative, number: int) -> str:
        for item in self._choices(part):
            if number < (width := self.width(item)):
                return self._sentence(item, number)
            number -= width
        raise IndexError(number)

    def _choices(self, part: Alternative) -> list[Expression]:
        if part.is_optional and not self._with_options:
            return [NOTHING]
        return part.items

    def _rule_body(self, name: str) -> Expression:
        if name not in self._rules:
            raise MissingRuleError(f"no rule <{name}>")
        return self._rules[name].expression
