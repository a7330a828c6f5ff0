"""Response writer: the coach's reply as Alexa's response, with speech, reprompt and card."""

from ask_sdk_core.response_helper import ResponseFactory
from ask_sdk_model.response import Response
from ask_sdk_model.ui.ask_for_permissions_consent_card import AskForPermissionsConsentCard
from ask_sdk_model.ui.reprompt import Reprompt
from ask_sdk_model.ui.simple_card import SimpleCard
from ask_sdk_model.ui.ssml_output_speech import SsmlOutputSpeech

from skill.alexa.reminders_api import PERMISSION
from skill.coach.reply import Card, PermissionCard, Reply
from speech.duration import SpeechDuration, estimate_duration
from speech.ssml import ssml


def write_response(
    builder: ResponseFactory, reply: Reply | None, spoken: SpeechDuration = estimate_duration
) -> Response:
    """The response; an empty one where nobody is listening."""
    response = builder.response
    if reply is None:
        return response
    response.output_speech = SsmlOutputSpeech(ssml=ssml(reply.script, spoken))
    response.should_end_session = not reply.is_open
    if reply.reprompt is not None:
        speech = SsmlOutputSpeech(ssml=ssml(reply.reprompt, spoken))
        response.reprompt = Reprompt(output_speech=speech)
    if isinstance(reply.card, Card):
        response.card = SimpleCard(title=reply.card.title, content=reply.card.text)
    elif isinstance(reply.card, PermissionCard):
        response.card = AskForPermissionsConsentCard(permissions=[PERMISSION])
    return response
