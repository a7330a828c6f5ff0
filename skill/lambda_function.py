"""The same skill on AWS Lambda: set the function's handler to `skill.lambda_function.handler`."""

import json
import os
from functools import cache
from typing import Any

from ask_sdk_core.skill import CustomSkill

from skill.alexa.api_client import AlexaApiClient
from skill.alexa.envelope import deserialize, parse_envelope
from skill.alexa.serializer import CompiledSerializer
from skill.alexa.skill import build_skill
from skill.alexa.verification.timestamp import check_skill
from skill.content import Content
from skill.settings import BadSetting, Settings
from skill.store import Store, open_configured

Json = dict[str, Any]


class LambdaSkill:
    """One skill, asked by events instead of HTTP requests.

    Amazon's own trigger stands in for signature and timestamp; the skill id is still checked.
    """

    def __init__(self, settings: Settings, store: Store | None = None) -> None:
        """Puts the skill together.

        Args:
            settings: those of the deployment.
            store: by default the one that the settings name.

        Raises:
            BadSetting: a setting cannot be used here.
            StoreFailed: the store cannot be opened.
            BrokenData: a data file has a fault.
        """
        if not settings.skill_id:
            raise BadSetting("BACK_COACH_SKILL_ID is not set: only that skill may ask")
        self._skill_id = settings.skill_id
        self._serializer = CompiledSerializer()
        self._skill = _skill(settings, store or _opened(settings))

    def answer(self, event: Json) -> Json:
        """The response envelope to a request envelope.

        Raises:
            Refused: the event is no Alexa request, or is for another skill.
        """
        body = json.dumps(event).encode()
        check_skill(self._skill_id, *parse_envelope(body).application_ids)
        envelope = deserialize(self._serializer, body)
        response = self._skill.invoke(request_envelope=envelope, context=None)
        answer: Json = json.loads(self._serializer.encode(response))
        return answer


def _skill(settings: Settings, store: Store) -> CustomSkill:
    content = Content.for_language("en", screening=settings.screening, delay=settings.delay)
    return build_skill(content, store, settings.zone, AlexaApiClient())


def _opened(settings: Settings) -> Store:
    if not settings.store:
        # A file of the function's own is lost with it, and clearances and places with the file.
        raise BadSetting("BACK_COACH_STORE is not set: say where memories outlast a function")
    return open_configured(settings)


@cache
def _from_environment() -> LambdaSkill:
    """The skill of this function's environment, put together at its first request."""
    return LambdaSkill(Settings.from_environment(os.environ))


def handler(event: Json, context: object) -> Json:  # noqa: ARG001 - Lambda's interface
    """What Lambda calls with a request envelope; gives the response envelope."""
    return _from_environment().answer(event)
