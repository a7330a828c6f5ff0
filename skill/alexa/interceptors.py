"""Load memory interceptor: who speaks, and what is remembered of them, before a handler runs."""

import logging
from datetime import tzinfo

from ask_sdk_core.dispatch_components.request_components import AbstractRequestInterceptor
from ask_sdk_core.handler_input import HandlerInput

from skill.alexa import time_zone
from skill.alexa.identity import identify
from skill.alexa.request_context import (
    RequestContext,
    keep_context,
    time_of,
)
from skill.coach.memory import Memory, remember
from skill.content import Content
from skill.store import BrokenMemory, Store, StoreFailed

UNREADABLE = Memory(fully_cleared=0.0)
"""Memory of somebody where nobody can tell: all is asked, and a doubt is known to be one."""

log = logging.getLogger(__name__)


class LoadMemoryInterceptor(AbstractRequestInterceptor):
    """Request interceptor: who speaks, and what is remembered of them."""

    def __init__(self, content: Content, store: Store, zone: tzinfo | None) -> None:
        self._content = content
        self._store = store
        self._zone = zone

    def process(self, handler_input: HandlerInput) -> None:
        """Put the context where the handlers find it."""
        envelope = handler_input.request_envelope
        context = RequestContext(self._content, identify(envelope), time_of(envelope))
        context.memory = context.memory_read = self._remembered(context, context.speaker.key)
        context.before = self._remembered(context, context.speaker.before)
        locale = envelope.request.locale if envelope.request else None
        if self._zone is None and time_zone.is_due(
            context.memory, envelope, context.now.timestamp()
        ):
            self._locate(handler_input, context)
        context.now = context.now.astimezone(
            self._zone or time_zone.zone_of(context.memory, locale)
        )
        keep_context(handler_input, context)

    def _locate(self, handler_input: HandlerInput, context: RequestContext) -> None:
        located = time_zone.ask(handler_input, context.memory, context.now)
        if located is not None:
            context.effects = (located,)
            context.memory = remember(context.memory, located)

    def _remembered(self, context: RequestContext, person: str) -> Memory:
        if not person:
            return Memory()
        if context.is_unreadable:
            return UNREADABLE
        try:
            return self._store.recall(person)
        except StoreFailed as error:
            log.error("the store could not be read: %s", error)  # noqa: TRY400 - one line
            context.is_remembered = False
            context.is_unreadable = not isinstance(error, BrokenMemory)
            return UNREADABLE if context.is_unreadable else Memory()
