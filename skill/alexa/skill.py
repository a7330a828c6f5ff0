"""Skill builder: the SDK's skill, put together from handlers and interceptors."""

from datetime import tzinfo

from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_model.services.api_client import ApiClient

from skill.alexa.handlers import (
    CatchAllExceptionHandler,
    ConversationHandler,
    OtherRequestHandler,
    SessionEndedHandler,
    SkillDisabledHandler,
)
from skill.alexa.interceptors import LoadMemoryInterceptor
from skill.content import Content
from skill.store import Store


def build_skill(
    content: Content,
    store: Store,
    zone: tzinfo | None = None,
    services: ApiClient | None = None,
) -> CustomSkill:
    """The Alexa skill.

    Args:
        content: facts and words.
        store: what is remembered between sessions.
        zone: whose midnight ends a day; by default the device's own.
        services: calls Alexa's services for reminders and the time zone; None calls nobody.
    """
    builder = CustomSkillBuilder(api_client=services)  # type: ignore[arg-type]
    builder.add_global_request_interceptor(LoadMemoryInterceptor(content, store, zone))
    builder.add_request_handler(ConversationHandler(store))
    builder.add_request_handler(SessionEndedHandler(store))
    builder.add_request_handler(SkillDisabledHandler(store))
    builder.add_request_handler(OtherRequestHandler())
    builder.add_exception_handler(CatchAllExceptionHandler(content))
    return builder.create()
