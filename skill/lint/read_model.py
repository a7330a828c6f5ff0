"""An interaction model, as far as the checks look at it."""

import re
from collections.abc import Iterator

import msgspec
from msgspec import Struct

SLOT = re.compile(r"\{([^{}]*)\}")


class Slot(Struct, frozen=True):
    """A slot of an intent."""

    name: str
    type: str


class Intent(Struct, frozen=True):
    """An intent and how it is said."""

    name: str
    samples: list[str] = []
    slots: list[Slot] = []

    def typed(self, sample: str) -> str:
        """A sample with the types of its slots in place of their names."""
        if "{" not in sample:
            return sample
        types = self.types
        return SLOT.sub(lambda slot: f"{{{types.get(slot[1], slot[1])}}}", sample)

    @property
    def types(self) -> dict[str, str]:
        """The type of each slot."""
        return {slot.name: slot.type for slot in self.slots}


class Name(Struct, frozen=True):
    """A value's words."""

    value: str
    synonyms: list[str] = []

    @property
    def words(self) -> list[str]:
        """Everything that means this value."""
        return [self.value, *self.synonyms]


class Value(Struct, frozen=True):
    """One value of a type."""

    name: Name
    id: str = ""


class Type(Struct, frozen=True):
    """A slot type of our own."""

    name: str
    values: list[Value]


class LanguageModel(Struct, frozen=True, rename="camel"):
    """What people may say in one locale."""

    invocation_name: str
    intents: list[Intent]
    types: list[Type] = []

    def samples(self) -> Iterator[tuple[Intent, str]]:
        """Each sample with its intent."""
        for intent in self.intents:
            for sample in intent.samples:
                yield intent, sample


class _Interaction(Struct, frozen=True, rename="camel"):
    language_model: LanguageModel


class _File(Struct, frozen=True, rename="camel"):
    interaction_model: _Interaction


def read_model(text: str) -> LanguageModel:
    """The language model in a JSON text; msgspec.DecodeError where it has another shape."""
    return msgspec.json.decode(text, type=_File).interaction_model.language_model
