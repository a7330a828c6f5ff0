"""Before a handler: who it is and what is remembered. After it: the effects are carried out."""

import logging
from datetime import tzinfo

from ask_sdk_core.dispatch_components.request_components import (
    AbstractRequestInterceptor,
    AbstractResponseInterceptor,
)
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model.response import Response

from skill.alexa import talk as talks
from skill.alexa.people import speaker
from skill.coach.memory import Memory
from skill.coach.repertoire import Repertoire
from skill.store import Store, StoreFailed

log = logging.getLogger(__name__)


class Recall(AbstractRequestInterceptor):
    """Finds out who speaks, and what is remembered of them."""

    def __init__(self, knows: Repertoire, store: Store, zone: tzinfo | None) -> None:
        self._knows = knows
        self._store = store
        self._zone = zone

    def process(self, handler_input: HandlerInput) -> None:
        """Put the talk where the handlers find it."""
        envelope = handler_input.request_envelope
        now = talks.local_time(envelope, self._zone)
        talk = talks.Talk(self._knows, speaker(envelope), now)
        talk.memory = self._remembered(talk)
        talks.put(handler_input, talk)

    def _remembered(self, talk: talks.Talk) -> Memory:
        if not talk.speaker.key:
            return Memory()
        try:
            return self._store.recall(talk.speaker.key)
        except StoreFailed as error:
            # An empty memory is the safe one: everything is asked again.
            log.error("the store could not be read: %s", error)  # noqa: TRY400 - one line
            return Memory()


class Keep(AbstractResponseInterceptor):
    """Carries out what the coach's turn asked to be remembered."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def process(self, handler_input: HandlerInput, response: Response) -> None:  # noqa: ARG002
        """Write the effects; a store that fails does not take the person's answer away."""
        talk = talks.of(handler_input)
        if talk is None or not talk.speaker.key or not talk.effects:
            return
        try:
            self._store.keep(talk.speaker.key, talk.effects, talk.speaker.household)
        except StoreFailed as error:
            log.error("the store could not be written: %s", error)  # noqa: TRY400 - one line
