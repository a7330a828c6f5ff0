"""Request handlers: what the SDK dispatches to. The coach decides; Alexa's part is added here."""

import logging

from ask_sdk_core.dispatch_components.exception_components import AbstractExceptionHandler
from ask_sdk_core.dispatch_components.request_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.utils.predicate import is_request_type
from ask_sdk_model.response import Response
from ask_sdk_model.ui.ssml_output_speech import SsmlOutputSpeech

from skill.alexa.event_reader import read_event
from skill.alexa.identity import with_speaker, without_speaker
from skill.alexa.intents import SKILL_EVENTS
from skill.alexa.request_context import request_context
from skill.alexa.response_writer import write_response
from skill.alexa.saving import ActionsOnce, take_saved_turn
from skill.coach.reply import Turn
from skill.content import Content
from skill.store import Store, StoreFailed
from speech.duration import estimate_duration
from speech.script import Say, Script
from speech.ssml import ssml

log = logging.getLogger(__name__)


class ConversationHandler(AbstractRequestHandler):
    """Launch, intent and permission requests: the coach answers."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether this is a launch, an intent, or the answer to a request for permission."""
        return bool(
            is_request_type("IntentRequest")(handler_input)
            or is_request_type("LaunchRequest")(handler_input)
            or is_request_type("Connections.Response")(handler_input)
        )

    def handle(self, handler_input: HandlerInput) -> Response:
        """The coach's answer, with its state in the session."""
        turn = _turn(handler_input, self._store)
        context = request_context(handler_input)
        attributes = (
            with_speaker(turn.state.to_json(), context.speaker.key)
            if turn.is_open and context
            else {}
        )
        if handler_input.request_envelope.session is not None:
            handler_input.attributes_manager.session_attributes = attributes
        spoken = context.content.spoken if context else estimate_duration
        return write_response(handler_input.response_builder, turn.reply, spoken)


class SessionEndedHandler(AbstractRequestHandler):
    """Session end, for any reason: the position is saved, and nothing is said."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the session has ended."""
        return bool(is_request_type("SessionEndedRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """An empty response: Alexa allows no other."""
        _turn(handler_input, self._store)
        handler_input.attributes_manager.session_attributes = {}
        return handler_input.response_builder.response


class SkillDisabledHandler(AbstractRequestHandler):
    """Skill disabled by the household: everything about everybody in it is erased."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the skill was disabled: the only event that is subscribed to."""
        return any(is_request_type(event)(handler_input) for event in SKILL_EVENTS)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Erase; StoreFailed where that cannot be done, so that Alexa tells it again."""
        context = request_context(handler_input)
        if context is not None and context.speaker.household:
            self._store.forget_household(context.speaker.household)
        return handler_input.response_builder.response


class OtherRequestHandler(AbstractRequestHandler):
    """Any other request that Alexa may send and that asks for nothing, such as a skill event."""

    def can_handle(self, handler_input: HandlerInput) -> bool:  # noqa: ARG002 - the SDK's interface
        """Whether nothing else took it: always."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """An empty response."""
        return handler_input.response_builder.response


class CatchAllExceptionHandler(AbstractExceptionHandler):
    """Last resort for exceptions: the person hears a sentence, the operator reads one line."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:  # noqa: ARG002
        """Whether there is anybody to tell: not where a store must be tried again."""
        return not isinstance(exception, StoreFailed)

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Say that something went wrong, and end the session."""
        # The message of an exception could quote what a person said; its type and place cannot.
        where = exception.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        spot = f"{where.tb_frame.f_code.co_name}:{where.tb_lineno}" if where else "?"
        log.error("request failed: %s at %s", type(exception).__name__, spot)
        response = handler_input.response_builder.response
        if not is_request_type("SessionEndedRequest")(handler_input):
            script = Script((Say(self._content.words("trouble")),))
            response.output_speech = SsmlOutputSpeech(ssml=ssml(script))
            response.should_end_session = True
        return response


def _turn(handler_input: HandlerInput, store: Store) -> Turn:
    """Let the coach answer, and write what the turn asks to be remembered."""
    context = request_context(handler_input)
    request = handler_input.request_envelope.request
    assert context is not None and request is not None  # noqa: S101, PT018 - the load memory interceptor
    taken = take_saved_turn(
        store,
        context,
        read_event(request),
        _session_attributes(handler_input),
        ActionsOnce(handler_input, context),
    )
    if taken.recovered:
        log.warning("a conversation was started again: %s", taken.recovered)
    return taken.turn


def _session_attributes(handler_input: HandlerInput) -> dict[str, object]:
    session = handler_input.request_envelope.session
    if session is None or session.new:
        return {}
    return without_speaker(session.attributes or {})
