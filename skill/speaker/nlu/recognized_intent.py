"""Recognized intent: what was said, as it stands in an Alexa request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skill.speaker.nlu.slot_values import SlotMatch


@dataclass(frozen=True)
class RecognizedSlot:
    """Slot of a recognized intent; with no value where nothing was said for it."""

    name: str
    value: str | None = None
    """Spoken words; for Amazon's types a value such as ``10``, ``PT10M``, ``08:00`` or ``MO``."""
    authority: str | None = None
    """Who resolved it, for custom types only."""
    matches: tuple[SlotMatch, ...] = ()
    """Known values; none is ER_SUCCESS_NO_MATCH."""

    def as_alexa(self) -> dict[str, Any]:
        """Return the slot as it stands in an Alexa request."""
        body: dict[str, Any] = {"name": self.name, "confirmationStatus": "NONE"}
        if self.value is None:
            return body
        body |= {"value": self.value, "source": "USER"}
        if self.authority is None:
            return body
        resolution: dict[str, Any] = {
            "authority": self.authority,
            "status": {"code": "ER_SUCCESS_MATCH" if self.matches else "ER_SUCCESS_NO_MATCH"},
        }
        if self.matches:
            resolution["values"] = [
                {"value": {"name": match.name, "id": match.id}} for match in self.matches
            ]
        return body | {"resolutions": {"resolutionsPerAuthority": [resolution]}}


@dataclass(frozen=True)
class RecognizedIntent:
    """Recognized intent with all its declared slots."""

    intent: str
    slots: tuple[RecognizedSlot, ...] = ()

    def as_alexa(self) -> dict[str, Any]:
        """Return the ``intent`` object of an Alexa IntentRequest."""
        body: dict[str, Any] = {"name": self.intent, "confirmationStatus": "NONE"}
        if self.slots:
            body["slots"] = {slot.name: slot.as_alexa() for slot in self.slots}
        return body
