"""One request in its context: who, when, in which words, and what is remembered."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model.request_envelope import RequestEnvelope

from skill.alexa.people import Speaker
from skill.coach.memory import Effect, Memory
from skill.coach.repertoire import Repertoire

TIME_ZONES = {
    "en-US": "America/New_York",
    "en-GB": "Europe/London",
    "en-AU": "Australia/Sydney",
    "en-CA": "America/Toronto",
    "en-IN": "Asia/Kolkata",
}
"""Where most people of a locale live: their day begins at midnight there."""

_KEY = "talk"


@dataclass
class Talk:
    """What a handler needs beyond the request, and the effects that it leaves behind."""

    knows: Repertoire
    speaker: Speaker
    now: datetime
    memory: Memory = field(default_factory=Memory)
    effects: tuple[Effect, ...] = ()


def local_time(envelope: RequestEnvelope, zone: tzinfo | None) -> datetime:
    """When the request was made, in the given zone or the usual one of its locale."""
    request = envelope.request
    assert request is not None and request.timestamp is not None  # noqa: S101, PT018 - checked
    locale = getattr(request, "locale", None) or "en-US"
    there = zone or ZoneInfo(TIME_ZONES.get(locale, "UTC"))
    return request.timestamp.astimezone(there)


def put(handler_input: HandlerInput, talk: Talk) -> None:
    """Keep the talk for the handlers and interceptors of this request."""
    handler_input.attributes_manager.request_attributes[_KEY] = talk


def of(handler_input: HandlerInput) -> Talk | None:
    """The talk of this request; None where it never came so far."""
    talk = handler_input.attributes_manager.request_attributes.get(_KEY)
    return talk if isinstance(talk, Talk) else None
