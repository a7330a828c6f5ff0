"""What the SDK dispatches to. The coach decides; here is only what Alexa adds to it."""

import logging
from functools import reduce

from ask_sdk_core.dispatch_components.exception_components import AbstractExceptionHandler
from ask_sdk_core.dispatch_components.request_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.utils.predicate import is_request_type
from ask_sdk_model.response import Response
from ask_sdk_model.ui.ssml_output_speech import SsmlOutputSpeech

from skill.alexa import request_context as talks
from skill.alexa.event_reader import read_event
from skill.alexa.identity import noted, without_note
from skill.alexa.intents import SKILL_EVENTS
from skill.alexa.reminders_api import run
from skill.alexa.response_writer import fill
from skill.coach.conversation import recover, respond
from skill.coach.memory import remember
from skill.coach.reply import Turn
from skill.coach.speaker_change import change_speaker
from skill.coach.state import BrokenState, read_state
from skill.content import Content
from skill.store import Store, StoreFailed
from speech.duration import estimate_duration
from speech.script import Say, Script
from speech.ssml import ssml
from speech.wording import MissingWords

log = logging.getLogger(__name__)


class ConversationHandler(AbstractRequestHandler):
    """A person opened the skill, or said something to it."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether this is a launch, an intent, or the answer to a request for permission."""
        return bool(
            is_request_type("IntentRequest")(handler_input)
            or is_request_type("LaunchRequest")(handler_input)
            or is_request_type("Connections.Response")(handler_input)
        )

    def handle(self, handler_input: HandlerInput) -> Response:
        """The coach's answer, with its state in the session."""
        turn = _turn(handler_input)
        is_open = turn.action is not None or (turn.reply is not None and turn.reply.is_open)
        talk = talks.of(handler_input)
        attributes = noted(turn.state.to_json(), talk.speaker.key) if is_open and talk else {}
        handler_input.attributes_manager.session_attributes = attributes
        spoken = talk.content.spoken if talk else estimate_duration
        return fill(handler_input.response_builder, turn.reply, spoken)


class SessionEndedHandler(AbstractRequestHandler):
    """The session is over, for whatever reason: the place is saved, nothing is said."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the session has ended."""
        return bool(is_request_type("SessionEndedRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """An empty response: Alexa allows no other."""
        _turn(handler_input)
        handler_input.attributes_manager.session_attributes = {}
        return handler_input.response_builder.response


class SkillDisabledHandler(AbstractRequestHandler):
    """The household has disabled the skill: everything about everybody in it is erased."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the skill was disabled: the only event that is subscribed to."""
        return any(is_request_type(event)(handler_input) for event in SKILL_EVENTS)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Erase; StoreFailed where that cannot be done, so that Alexa tells it again."""
        talk = talks.of(handler_input)
        if talk is not None and talk.speaker.household:
            self._store.forget_household(talk.speaker.household)
        return handler_input.response_builder.response


class OtherRequestHandler(AbstractRequestHandler):
    """Requests that Alexa may send and that ask for nothing, such as skill events."""

    def can_handle(self, handler_input: HandlerInput) -> bool:  # noqa: ARG002 - the SDK's interface
        """Whether nothing else took it: always."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """An empty response."""
        return handler_input.response_builder.response


class CatchAllExceptionHandler(AbstractExceptionHandler):
    """Whatever broke, the person hears a sentence, and the operator reads one line."""

    def __init__(self, content: Content) -> None:
        self._knows = content

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
            script = Script((Say(self._knows.words("trouble")),))
            response.output_speech = SsmlOutputSpeech(ssml=ssml(script))
            response.should_end_session = True
        return response


def _turn(handler_input: HandlerInput) -> Turn:
    """Let the coach answer, and leave the effects to the interceptor that keeps them."""
    talk = talks.of(handler_input)
    request = handler_input.request_envelope.request
    assert talk is not None and request is not None  # noqa: S101, PT018 - the recall interceptor
    event = read_event(request)
    try:
        state = read_state(_session_attributes(handler_input), talk.content.exercises)
        if state is not None and talk.speaker.before:
            over = change_speaker(talk.content, state, event, talk.before, talk.now)
            state, event, talk.left = over.state, over.event, over.left
        turn = respond(talk.content, state, event, talk.memory, talk.now)
    except (BrokenState, MissingWords, KeyError) as error:
        # Kept by another version, perhaps: a name or a sentence that is no longer there.
        log.warning("a conversation was started afresh: %s", type(error).__name__)
        turn = recover(talk.content, event, talk.memory, talk.now)
    talk.effects += turn.effects
    return _errands_done(turn, talk, handler_input)


def _errands_done(turn: Turn, talk: talks.RequestContext, handler_input: HandlerInput) -> Turn:
    """The turn that has an answer, once everything that it depends on was done."""
    while turn.action is not None:
        came = run(turn.action, handler_input, talk)
        if came is None:
            return turn
        memory = reduce(remember, turn.effects, talk.memory)
        turn = respond(talk.content, turn.state, came, memory, talk.now)
        talk.effects += turn.effects
    return turn


def _session_attributes(handler_input: HandlerInput) -> dict[str, object]:
    session = handler_input.request_envelope.session
    if session is None or session.new:
        return {}
    return without_note(session.attributes or {})
