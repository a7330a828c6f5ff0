"""Looks sentences up: numbers as words, lists joined, small variants that stay the same."""

import zlib
from collections.abc import Iterable
from functools import cached_property
from importlib import resources
from typing import Any

from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Junk, Message
from msgspec import Struct
from unicode_rbnf import RbnfEngine

Argument = str | int | list[str]
"""A word, a number, `@key` for another message, or a list of those."""


class Line(Struct, frozen=True, array_like=True):
    """A sentence by its key, small enough to be kept in a session."""

    key: str
    args: dict[str, Argument] = {}


class MissingWords(LookupError):
    """A sentence that the language's file does not have, or cannot fill."""


class Wording:
    """The sentences of one language."""

    def __init__(self, text: str, language: str) -> None:
        """Reads a Fluent text.

        Raises:
            ValueError: a part of the text is not Fluent.
        """
        resource = FluentResource(text)
        for entry in resource.body:
            if isinstance(entry, Junk):
                raise ValueError(f"{language}.ftl: {entry.annotations[0].message}: {entry.content}")
        self.language = language
        self.keys = tuple(e.id.name for e in resource.body if isinstance(e, Message))
        self._bundle = FluentBundle(
            [language], use_isolating=False, functions={"WORDS": self._in_words}
        )
        self._bundle.add_resource(resource)

    @classmethod
    def for_language(cls, language: str) -> "Wording":
        """The shipped sentences of a language such as `en`; FileNotFoundError if there are none."""
        file = resources.files("speech.wording") / f"{language}.ftl"
        return cls(file.read_text("utf-8"), language)

    def __contains__(self, key: object) -> bool:
        name, _, attribute = str(key).partition(".")
        if not self._bundle.has_message(name):
            return False
        return not attribute or attribute in self._bundle.get_message(name).attributes

    def say(self, line: Line, seed: int = 0) -> str:
        """The sentence of a line."""
        return self(line.key, seed, **line.args)

    def __call__(self, key: str, seed: int = 0, **args: Argument) -> str:
        """The sentence with this key, `message` or `message.attribute`.

        Attributes called `or-1`, `or-2` … are other ways to say the same; the seed chooses one,
        always the same one for the same seed.

        Raises:
            MissingWords: there is no such sentence, or an argument of it was not given.
        """
        if key not in self:
            raise MissingWords(key)
        name, _, attribute = key.partition(".")
        message = self._bundle.get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        if not attribute:
            others = sorted(a for a in message.attributes if a.startswith("or-"))
            choice = zlib.crc32(f"{key}:{seed}".encode()) % (len(others) + 1)
            pattern = message.attributes[others[choice - 1]] if choice else message.value
        if pattern is None:
            raise MissingWords(key)
        filled = {argument: self._value(value) for argument, value in args.items()}
        text, errors = self._bundle.format_pattern(pattern, filled)
        if errors:
            raise MissingWords(f"{key}: {errors[0]}")
        words = " ".join(str(text).split())
        return words if name.endswith("-name") else words[:1].upper() + words[1:]

    def _value(self, value: Argument) -> str | int:
        if isinstance(value, int):
            return value
        if isinstance(value, str):
            return self._word(value)
        return self.join(self._word(item) for item in value)

    def _in_words(self, number: Any) -> Any:
        return self._numbers.format_number(int(number)).text

    def _word(self, value: str) -> str:
        return self(value[1:]) if value.startswith("@") else value

    def join(self, words: Iterable[str]) -> str:
        """A spoken list: "one, two and three"."""
        return format_list(list(words), locale=self.language)

    @cached_property
    def _numbers(self) -> RbnfEngine:
        # Loaded at the first number: reading the rules takes longer than all the rest.
        return RbnfEngine.for_language(self.language)
