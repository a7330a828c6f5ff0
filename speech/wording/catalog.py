"""Message catalog: sentences by key, with numbers as words, lists joined, and variants.

The messages are Fluent: one folder a language, one file an exercise, and one a subject.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib import resources
from typing import Any

from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Junk, Message, Resource, SyntaxNode
from msgspec import Struct
from unicode_rbnf import RbnfEngine

Argument = str | int | list[str]
"""Message argument: a word, a number, `@key` for another message, or a list of those."""


MOST_SENTENCES = 20_000
"""Formatted sentences that are kept at once; about 150 bytes each."""


TO_FILL_IN = "FILL IN"
"""Placeholder for what is still to be written; a file that has it is refused."""


class Line(Struct, frozen=True, array_like=True):
    """Message reference: a sentence by its key and arguments, small enough for a session."""

    key: str
    args: dict[str, Argument] = {}


class MissingWords(LookupError):
    """Missing message: the language has no such sentence, or an argument of it is not given."""

    def __init__(self, key: str, reason: str = "") -> None:
        super().__init__(f"{key}: {reason}" if reason else key)
        self.key = key


class BrokenWording(ValueError):
    """Malformed message catalog: the file, the line, and the reason why it is not used."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class Wording:
    """Message catalog of one language."""

    def __init__(self, texts: Mapping[str, str], language: str) -> None:
        """Parses Fluent texts.

        Args:
            texts: each text by the name of its file, which errors tell.
            language: such as `en`, whose numbers and lists are used.

        Raises:
            BrokenWording: a part is not Fluent, is still to be written, or stands in two places.
        """
        resources = {file: FluentResource(text) for file, text in texts.items()}
        self.language = language
        self.keys = tuple(_keys(texts, resources))
        self._bundle = FluentBundle(
            [language], use_isolating=False, functions={"WORDS": self._in_words}
        )
        for resource in resources.values():
            self._bundle.add_resource(resource)
        # A script is made of the same few sentences again and again, and Fluent is slow.
        self._variants: dict[str, tuple[str, ...]] = {}
        self._said: dict[object, str] = {}

    @classmethod
    def for_language(cls, language: str) -> "Wording":
        """Load the shipped catalog of a language such as `en`.

        Raises:
            BrokenWording: a file has a fault.
            FileNotFoundError: there is none.
        """
        return cls(shipped_texts(language), language)

    def __contains__(self, key: object) -> bool:
        name, _, attribute = str(key).partition(".")
        if not self._bundle.has_message(name):
            return False
        return not attribute or attribute in self._bundle.get_message(name).attributes

    def say(self, line: Line, seed: int = 0) -> str:
        """Format a message reference: the sentence of a line.

        Raises:
            MissingWords: as for a call with its key and arguments.
        """
        return self._say(line.key, seed, line.args)

    def __call__(self, key: str, seed: int = 0, /, **args: Argument) -> str:
        """Format a message: the sentence with this key, `message` or `message.attribute`.

        Attributes called `or-1`, `or-2` … are other ways to say the same; the seed chooses one,
        always the same one for the same seed.

        Raises:
            MissingWords: there is no such sentence, or an argument of it was not given.
        """
        return self._say(key, seed, args)

    def _say(self, key: str, seed: int, args: dict[str, Argument]) -> str:
        pattern = self._variant_key(key, seed)
        form = (pattern, *map(_hashable_argument, args.items())) if args else pattern
        said = self._said.get(form)
        if said is None:
            said = self._format(key, pattern, args)
            if len(self._said) >= MOST_SENTENCES:
                self._said.clear()
            self._said[form] = said
        return said

    def _variant_key(self, key: str, seed: int) -> str:
        """The key of the variant that the seed chooses."""
        variants = self._variants.get(key)
        if variants is None:
            variants = self._variants[key] = self._variants_of(key)
        if len(variants) == 1:
            return variants[0]
        return variants[zlib.crc32(f"{key}:{seed}".encode()) % len(variants)]

    def _variants_of(self, key: str) -> tuple[str, ...]:
        if key not in self:
            raise MissingWords(key)
        if "." in key:
            return (key,)
        others = sorted(a for a in self._bundle.get_message(key).attributes if a.startswith("or-"))
        return (key, *(f"{key}.{other}" for other in others))

    def _format(self, key: str, variant: str, args: dict[str, Argument]) -> str:
        name, _, attribute = variant.partition(".")
        message = self._bundle.get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        if pattern is None:
            raise MissingWords(key)
        filled = {argument: self._argument_value(value) for argument, value in args.items()}
        text, errors = self._bundle.format_pattern(pattern, filled)
        if errors:
            raise MissingWords(key, str(errors[0]))
        words = " ".join(str(text).split())
        return words if name.endswith("-name") else words[:1].upper() + words[1:]

    def _argument_value(self, value: Argument) -> str | int:
        if isinstance(value, int):
            return value
        if isinstance(value, str):
            return self._resolved_reference(value)
        return self.join(self._resolved_reference(item) for item in value)

    def number(self, number: int) -> str:
        """A number in words."""
        return str(self._numbers.format_number(number).text)

    def _in_words(self, number: Any) -> Any:
        return self.number(int(number))

    def _resolved_reference(self, value: str) -> str:
        return self(value[1:]) if value.startswith("@") else value

    def join(self, words: Iterable[str]) -> str:
        """List formatting: "one, two and three"."""
        return format_list(list(words), locale=self.language)

    @cached_property
    def _numbers(self) -> RbnfEngine:
        # Loaded at the first number: reading the rules takes longer than all the rest.
        return RbnfEngine.for_language(self.language)


def shipped_texts(language: str) -> dict[str, str]:
    """Read the shipped Fluent files of a language: each text by its name, such as `en/help.ftl`.

    Raises:
        FileNotFoundError: there is no folder of this language.
    """
    folder = resources.files("speech.wording") / language
    if not folder.is_dir():
        raise FileNotFoundError(f"there is no wording in {language!r}")
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return {
        f"{language}/{file.name}": file.read_text("utf-8")
        for file in files
        if file.name.endswith(".ftl")
    }


def _keys(texts: Mapping[str, str], resources: Mapping[str, Resource]) -> Iterator[str]:
    """The key of each message; BrokenWording at the first fault."""
    places: dict[str, tuple[str, int]] = {}
    for file, resource in resources.items():
        text = texts[file]
        if (marked := text.find(TO_FILL_IN)) >= 0:
            reason = f"{TO_FILL_IN} marks what is still to be written"
            raise BrokenWording(file, _line(text, marked), reason)
        for entry in resource.body:
            if isinstance(entry, Junk):
                fault = entry.annotations[0].message or "this is not Fluent"
                raise BrokenWording(file, _line(text, _start(entry)), fault)
            if not isinstance(entry, Message):
                continue
            key, start = entry.id.name, _start(entry.id)
            if key in places:
                other, begin = places[key]
                first = f"{other}, line {_line(texts[other], begin)}"
                raise BrokenWording(file, _line(text, start), f"{key} stands in {first} already")
            places[key] = file, start
            yield key


def _start(node: SyntaxNode) -> int:
    return node.span.start if node.span else 0


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _hashable_argument(argument: tuple[str, Argument]) -> tuple[str, object]:
    """The argument as part of a key."""
    name, value = argument
    return (name, tuple(value)) if isinstance(value, list) else argument
