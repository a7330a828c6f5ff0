"""Interaction model: the one typed reader and writer of Alexa's JSON.

The classes have the names of Amazon's own SDK (``ask_smapi_model.v1.skill.interaction_model``),
but for its ``Intent``, which is `IntentDefinition` here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

SLOT = re.compile(r"\{([^{}]*)\}")
"""Slot in a sample: ``{name}``."""


class BadModel(ValueError):
    """Malformed interaction model: no JSON, or another shape; the message says where."""


class SlotDefinition(Struct, frozen=True):
    """Slot of an intent."""

    name: str
    type: str


class IntentDefinition(Struct, frozen=True):
    """Intent: its slots, and the sample utterances by which it is said."""

    name: str
    slots: list[SlotDefinition] = []
    samples: list[str] = []

    @property
    def slot_types(self) -> dict[str, str]:
        """Slot types by slot name."""
        return {slot.name: slot.type for slot in self.slots}

    def typed(self, sample: str) -> str:
        """Sample with the types of its slots in place of their names."""
        if "{" not in sample:
            return sample
        types = self.slot_types
        return SLOT.sub(lambda slot: f"{{{types.get(slot[1], slot[1])}}}", sample)


class ValueName(Struct, frozen=True):
    """Words of a slot value: its canonical name and its synonyms."""

    value: str
    synonyms: list[str] = []


class TypeValue(Struct, frozen=True, kw_only=True):
    """Value of a slot type."""

    id: str = ""
    name: ValueName

    @property
    def words(self) -> list[str]:
        """Everything that means this value, its canonical name first."""
        return [self.name.value, *self.name.synonyms]


class SlotType(Struct, frozen=True):
    """Custom slot type."""

    name: str
    values: list[TypeValue]


class LanguageModel(Struct, frozen=True, rename="camel"):
    """Language model: what people may say in one locale."""

    invocation_name: str
    intents: list[IntentDefinition]
    types: list[SlotType] = []

    def samples(self) -> Iterator[tuple[IntentDefinition, str]]:
        """Each sample utterance with its intent."""
        for intent in self.intents:
            for sample in intent.samples:
                yield intent, sample


class InteractionModel(Struct, frozen=True, rename="camel"):
    """Interaction model, of which nothing but the language model is read."""

    language_model: LanguageModel


class InteractionModelData(Struct, frozen=True, rename="camel"):
    """Root of a model's file."""

    interaction_model: InteractionModel


def read_model(text: str) -> LanguageModel:
    """Parse the language model out of the JSON text of an interaction model.

    Raises:
        BadModel: the text is no JSON, or has another shape.
    """
    try:
        data = msgspec.json.decode(text, type=InteractionModelData)
    except msgspec.DecodeError as error:
        raise BadModel(str(error)) from None
    return data.interaction_model.language_model


def write_model(model: LanguageModel) -> str:
    """Serialize a language model as the JSON text of an interaction model."""
    body = msgspec.to_builtins(InteractionModelData(InteractionModel(model)))
    for intent in body["interactionModel"]["languageModel"]["intents"]:
        if not intent["slots"]:
            del intent["slots"]
    return _as_text(body)


def rename_invocation(text: str, invocation_name: str) -> str:
    """Replace the invocation name in the JSON text of an interaction model, and nothing else.

    Raises:
        BadModel: the text is no interaction model.
    """
    read_model(text)
    body = json.loads(text)
    body["interactionModel"]["languageModel"]["invocationName"] = invocation_name
    return _as_text(body)


def _as_text(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"
