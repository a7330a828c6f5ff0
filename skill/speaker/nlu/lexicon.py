"""Lexicon: the words of a language besides the model, which Alexa knows or which compare texts.

They stand in ``builtins/<language>.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from hassil.parse_expression import parse_sentence
from hassil.sample import sample_sentence

_APOSTROPHES = str.maketrans("\u2019\u2018\u02bc`", "''''")
_NOT_WORDS = re.compile(r"[^\w']+|_+")
_DIGITS_MEET_LETTERS = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)")
_ONLY_WORDS = re.compile(r"[a-z]+(?:[ '][a-z]+)*").fullmatch
_ABBREVIATION = re.compile(r"\b([a-z])\.([a-z])\.?(?![a-z])")


def sentences(template: str) -> Iterator[str]:
    """Yield every sentence of a template with ``[optional]`` and ``(one|another)`` parts."""
    for text in sample_sentence(parse_sentence(template), expand_lists=False):
        yield " ".join(text.split())


def has_phrase(text: str, phrase: str) -> bool:
    """Tell whether a plain text has a phrase, as whole words."""
    return f" {phrase} " in f" {text} "


@dataclass(frozen=True)
class Lexicon:
    """Lexicon of one language: its words outside the model."""

    data: Mapping[str, Any]
    """The whole table of the language, as it stands in its file."""
    full_forms: Mapping[str, str]
    """Short form to full form: ``can't`` to ``can not``."""
    hesitations: frozenset[str]
    """Sounds of thinking, which carry no meaning."""
    wake: tuple[str, ...]
    """What wakes the device, longest first."""
    lead_ins: tuple[str, ...]
    """What may stand before the meaning, longest first."""
    tails: tuple[str, ...]
    """What may stand after the meaning, longest first."""
    negations: frozenset[str]
    """Words that turn a meaning round."""
    reversals: frozenset[str]
    """Words whose lack or presence turns a wish round."""
    lacking: frozenset[str]
    """Words that tell of not being able to, besides the negations."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Lexicon:
        """Return the words of a table such as ``builtins/en.toml`` holds."""
        return cls(
            data=data,
            full_forms=dict(data["full_forms"]),
            hesitations=frozenset(data["hesitations"]),
            wake=_longest_first(data["wake"]),
            lead_ins=_longest_first(data["lead_ins"]),
            tails=_longest_first(data["tails"]),
            negations=frozenset(data["negations"]),
            reversals=frozenset(data["reversals"]),
            lacking=frozenset(data["lacking"]),
        )

    @classmethod
    def for_language(cls, language: str) -> Lexicon:
        """Return the shipped words of a language, such as ``en``.

        Raises:
            LookupError: none are shipped for it.
        """
        file = files("skill.speaker.nlu").joinpath("builtins", f"{language}.toml")
        if not file.is_file():
            raise LookupError(f"no built-in words for language {language!r}")
        return cls.of(tomllib.loads(file.read_text(encoding="utf-8")))

    def plain(self, text: str) -> str:
        """Return text ready to compare: lower case, no punctuation, short forms in full."""
        text = text.lower().translate(_APOSTROPHES)
        if _ONLY_WORDS(text):
            return " ".join(
                [self.full_forms.get(word) or self._full(word) for word in text.split()]
            )
        text = _ABBREVIATION.sub(r"\1\2", text)
        text = _DIGITS_MEET_LETTERS.sub(" ", _NOT_WORDS.sub(" ", text))
        words = (word.strip("'") for word in text.split())
        return " ".join(self.full_forms.get(word) or self._full(word) for word in words if word)

    def _full(self, word: str) -> str:
        if "'" in word:
            for ending, full in self.data["full_endings"].items():
                if word.endswith(ending):
                    return f"{word.removesuffix(ending)} {full}"
        return word

    def without_wake(self, plain: str) -> str:
        """Return plain text without a leading wake word."""
        found = next((word for word in self.wake if plain.startswith(f"{word} ")), None)
        return plain[len(found) + 1 :] if found else plain

    def without_hesitation(self, plain: str) -> str:
        """Return plain text without sounds of thinking."""
        return " ".join(word for word in plain.split() if word not in self.hesitations)

    def cores(self, plain: str) -> Iterator[str]:
        """Yield the text with ever more of the words around its meaning taken away."""
        yield plain
        text = collapsed = " ".join(_unrepeated(plain.split()))
        if collapsed != plain:
            yield collapsed
        while True:
            shorter = self._without_tail(text)
            if shorter == text:
                break
            yield (text := shorter)
        for start in (collapsed, text):
            rest = start
            while (shorter := self._without_lead_in(rest)) != rest:
                yield (rest := shorter)

    def _without_lead_in(self, text: str) -> str:
        found = next((lead for lead in self.lead_ins if text.startswith(f"{lead} ")), None)
        rest = text[len(found) + 1 :] if found else text
        if found in self.negations and rest.split()[0] not in self.data["after_no"]:
            return text
        return rest

    def _without_tail(self, text: str) -> str:
        found = next((tail for tail in self.tails if text.endswith(f" {tail}")), None)
        return text[: -len(found) - 1] if found else text

    def denied(self, plain: str, phrase: str) -> bool:
        """Tell whether a word that turns the meaning round stands close before a phrase."""
        before = f" {plain} ".partition(f" {phrase} ")[0].split()[-3:]
        return any(
            word in self.negations and (at == 0 or before[at - 1] not in self.data["abilities"])
            for at, word in enumerate(before)
            if at >= len(before) - 2
        )

    def negation(self, plain: str) -> list[str]:
        """Return the words of a text that turn its meaning or its wish round, sorted."""
        turning = self.negations | self.reversals
        return sorted(word for word in plain.split() if word in turning)


def _longest_first(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def _unrepeated(words: Iterable[str]) -> Iterator[str]:
    last = None
    for word in words:
        if word != last:
            yield word
        last = word
