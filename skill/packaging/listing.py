"""Store listing: what is told about the skill, read from its data files."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

T = TypeVar("T", "About", "Listing")


class BadListing(ValueError):
    """Invalid listing: a data file of the package has a fault; the message says which."""


class About(Struct, frozen=True, forbid_unknown_fields=True):
    """Manifest facts: what is told of the skill in every language."""

    category: str
    permissions: tuple[str, ...]
    interfaces: tuple[str, ...]
    events: tuple[str, ...]
    privacy: dict[str, bool]


class Listing(Struct, frozen=True, forbid_unknown_fields=True):
    """Store listing in one language.

    `{invocation}` stands for the invocation name, `{count}` for how many exercises there are, and
    `{exercises}` for their names.
    """

    name: str
    summary: str
    description: str
    keywords: tuple[str, ...]
    example_phrases: tuple[str, ...]
    carriers: tuple[str, ...]
    """How an example phrase may begin before its sample."""
    launches: tuple[str, ...]
    """How the first example phrase may open the skill."""
    testing_instructions: str
    privacy: str
    terms: str

    def naming(self, invocation: str) -> "Listing":
        """Listing with the invocation name in its place."""
        return self._with_invocation_name({"{invocation}": invocation})

    def counting(self, count: str, exercises: str) -> "Listing":
        """Listing with the number of exercises and their names in their places."""
        return self._with_invocation_name({"{count}": count, "{exercises}": exercises})

    def _with_invocation_name(self, words: Mapping[str, str]) -> "Listing":
        return Listing(**{name: _fill_in(getattr(self, name), words) for name in self._fields()})

    def sample_of(self, phrase: str) -> str | None:
        """Sample that an example phrase says to the skill; "" if it opens it, None if neither."""
        if phrase in self.launches:
            return ""
        found = [phrase.removeprefix(c) for c in self.carriers if phrase.startswith(c)]
        return min(found, key=len, default=None)

    @classmethod
    def _fields(cls) -> Iterator[str]:
        yield from cls.__struct_fields__


def _fill_in(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_fill_in(item, words) for item in value)
    text: str = value.strip("\n")
    for place, said in words.items():
        text = text.replace(place, said)
    return text


def read_about(text: str, file: str) -> About:
    """Parse manifest.toml; BadListing where it has a fault."""
    return _read_toml(text, file, About)


def read_listing(text: str, file: str) -> Listing:
    """Parse the listing of a language; BadListing where it has a fault."""
    return _read_toml(text, file, Listing)


def _read_toml(text: str, file: str, kind: type[T]) -> T:
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadListing(f"{file}: {error}") from None
