"""AWS Lambda entry point: set the function's handler to `skill.lambda_function.handler`."""

import json
import os
from functools import cache
from typing import Any

from ask_sdk_core.skill import CustomSkill
from ask_sdk_model.services.api_client import ApiClient

from skill.alexa.api_client import AlexaApiClient
from skill.alexa.envelope import invoke, parse_envelope
from skill.alexa.serializer import CompiledSerializer
from skill.alexa.skill import build_skill
from skill.alexa.verification.errors import RequestRejected
from skill.alexa.verification.timestamp import check_skill
from skill.content import Content
from skill.settings import BadSetting, Settings
from skill.store import Store, open_configured

Json = dict[str, Any]


class LambdaSkill:
    """Lambda skill: asked by events instead of HTTP requests.

    Amazon's own trigger stands in for signature and timestamp; the skill id is still checked.
    """

    def __init__(
        self, settings: Settings, store: Store | None = None, services: ApiClient | None = None
    ) -> None:
        """Puts the skill together.

        Args:
            settings: those of the deployment.
            store: by default the one that the settings name.
            services: calls Alexa's services; by default Amazon's.

        Raises:
            BadSetting: a setting cannot be used here.
            StoreFailed: the store cannot be opened.
            BrokenData: a data file has a fault.
        """
        if not settings.skill_id:
            raise BadSetting("BACK_COACH_SKILL_ID is not set: only that skill may ask")
        self._skill_id = settings.skill_id
        self._serializer = CompiledSerializer()
        self._skill = _skill(settings, store or _opened(settings), services or AlexaApiClient())

    def answer(self, event: Json) -> Json:
        """The response envelope to a request envelope.

        Raises:
            RequestRejected: the event is no Alexa request, or is for another skill.
        """
        body = _body(event)
        check_skill(self._skill_id, *parse_envelope(body).application_ids)
        answer: Json = json.loads(invoke(self._skill, self._serializer, body))
        return answer


def _body(event: Json) -> bytes:
    try:
        return json.dumps(event).encode()
    except RecursionError:
        raise RequestRejected("body is nested too deeply") from None


def _skill(settings: Settings, store: Store, services: ApiClient) -> CustomSkill:
    content = Content.for_language("en", screening=settings.screening, delay=settings.delay)
    return build_skill(content, store, settings.zone, services)


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
