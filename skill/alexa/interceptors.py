"""Interceptors: memory is loaded before a handler runs, and effects are saved after it."""

import logging
from datetime import tzinfo

from ask_sdk_core.dispatch_components.request_components import (
    AbstractRequestInterceptor,
    AbstractResponseInterceptor,
)
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model.response import Response

from skill.alexa import time_zone
from skill.alexa.identity import identify
from skill.alexa.request_context import (
    RequestContext,
    keep_context,
    request_context,
    time_of,
)
from skill.coach.effects import Effect
from skill.coach.memory import Memory, remember
from skill.content import Content
from skill.store import Store, StoreFailed

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
        context.memory = self._remembered(context.speaker.key)
        context.before = self._remembered(context.speaker.before)
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

    def _remembered(self, person: str) -> Memory:
        if not person:
            return Memory()
        try:
            return self._store.recall(person)
        except StoreFailed as error:
            # An empty memory is the safe one: everything is asked again.
            log.error("the store could not be read: %s", error)  # noqa: TRY400 - one line
            return Memory()


class SaveMemoryInterceptor(AbstractResponseInterceptor):
    """Response interceptor: what the turn asked to be remembered is written."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def process(self, handler_input: HandlerInput, response: Response) -> None:  # noqa: ARG002
        """Write the effects; a store that fails does not take the person's answer away."""
        context = request_context(handler_input)
        if context is not None:
            self._keep(context.speaker.before, context.effects_before, context.speaker.household)
            self._keep(context.speaker.key, context.effects, context.speaker.household)

    def _keep(self, person: str, effects: tuple[Effect, ...], household: str) -> None:
        if not person or not effects:
            return
        try:
            self._store.keep(person, effects, household)
        except StoreFailed as error:
            log.error("the store could not be written: %s", error)  # noqa: TRY400 - one line
