"""Before a handler: who it is and what is remembered. After it: the effects are carried out."""

import logging
from datetime import tzinfo

from ask_sdk_core.dispatch_components.request_components import (
    AbstractRequestInterceptor,
    AbstractResponseInterceptor,
)
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model.response import Response

from skill.alexa import request_context as talks
from skill.alexa import time_zone
from skill.alexa.identity import identify
from skill.coach.effects import Effect
from skill.coach.memory import Memory, remember
from skill.content import Content
from skill.store import Store, StoreFailed

log = logging.getLogger(__name__)


class LoadMemoryInterceptor(AbstractRequestInterceptor):
    """Finds out who speaks, and what is remembered of them."""

    def __init__(self, content: Content, store: Store, zone: tzinfo | None) -> None:
        self._knows = content
        self._store = store
        self._zone = zone

    def process(self, handler_input: HandlerInput) -> None:
        """Put the talk where the handlers find it."""
        envelope = handler_input.request_envelope
        talk = talks.RequestContext(self._knows, identify(envelope), talks.time_of(envelope))
        talk.memory = self._remembered(talk.speaker.key)
        talk.before = self._remembered(talk.speaker.before)
        locale = envelope.request.locale if envelope.request else None
        if self._zone is None and time_zone.is_due(talk.memory, envelope, talk.now.timestamp()):
            self._locate(handler_input, talk)
        talk.now = talk.now.astimezone(self._zone or time_zone.zone_of(talk.memory, locale))
        talks.put(handler_input, talk)

    def _locate(self, handler_input: HandlerInput, talk: talks.RequestContext) -> None:
        located = time_zone.ask(handler_input, talk.memory, talk.now)
        if located is not None:
            talk.effects = (located,)
            talk.memory = remember(talk.memory, located)

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
    """Carries out what the coach's turn asked to be remembered."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def process(self, handler_input: HandlerInput, response: Response) -> None:  # noqa: ARG002
        """Write the effects; a store that fails does not take the person's answer away."""
        talk = talks.of(handler_input)
        if talk is not None:
            self._keep(talk.speaker.before, talk.left, talk.speaker.household)
            self._keep(talk.speaker.key, talk.effects, talk.speaker.household)

    def _keep(self, person: str, effects: tuple[Effect, ...], household: str) -> None:
        if not person or not effects:
            return
        try:
            self._store.keep(person, effects, household)
        except StoreFailed as error:
            log.error("the store could not be written: %s", error)  # noqa: TRY400 - one line
