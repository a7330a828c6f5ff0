"""The coach's reply to Alexa's response."""

from ask_sdk_core.response_helper import ResponseFactory
from ask_sdk_model.response import Response
from ask_sdk_model.ui.reprompt import Reprompt
from ask_sdk_model.ui.simple_card import SimpleCard
from ask_sdk_model.ui.ssml_output_speech import SsmlOutputSpeech

from skill.coach.reply import Reply
from speech.ssml import ssml


def fill(builder: ResponseFactory, reply: Reply | None) -> Response:
    """The response; an empty one where nobody is listening."""
    response = builder.response
    if reply is None:
        return response
    response.output_speech = SsmlOutputSpeech(ssml=ssml(reply.script))
    response.should_end_session = not reply.is_open
    if reply.reprompt is not None:
        response.reprompt = Reprompt(output_speech=SsmlOutputSpeech(ssml=ssml(reply.reprompt)))
    if reply.card is not None:
        response.card = SimpleCard(title=reply.card.title, content=reply.card.text)
    return response
