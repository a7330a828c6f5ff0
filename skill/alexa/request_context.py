"""Request context: who asks, when, in which words, and what is remembered."""

from dataclasses import dataclass, field
from datetime import datetime

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model.request_envelope import RequestEnvelope

from skill.alexa.identity import Identity
from skill.coach.effects import Effect
from skill.coach.memory import Memory
from skill.content import Content

_KEY = "context"


@dataclass
class RequestContext:
    """What a handler needs beyond the request, and the effects that it leaves behind."""

    content: Content
    speaker: Identity
    now: datetime
    memory: Memory = field(default_factory=Memory)
    before: Memory = field(default_factory=Memory)
    """What is remembered of whom the session was with, if that was somebody else."""
    memory_read: Memory = field(default_factory=Memory)
    """The memory as it was read, without what this request has found out since."""
    is_remembered: bool = True
    """Whether what is remembered could be read; if not, no clearance of the session counts."""
    is_unreadable: bool = False
    """Whether the store failed; it may be well though one person's memory is not."""
    effects: tuple[Effect, ...] = ()


def time_of(envelope: RequestEnvelope) -> datetime:
    """When the request was made; the endpoint has made sure that it says so."""
    request = envelope.request
    assert request is not None and request.timestamp is not None  # noqa: S101, PT018
    moment: datetime = request.timestamp
    return moment


def keep_context(handler_input: HandlerInput, context: RequestContext) -> None:
    """Keep the context for the handlers and interceptors of this request."""
    handler_input.attributes_manager.request_attributes[_KEY] = context


def request_context(handler_input: HandlerInput) -> RequestContext | None:
    """The context of this request; None where it never came so far."""
    context = handler_input.attributes_manager.request_attributes.get(_KEY)
    return context if isinstance(context, RequestContext) else None
