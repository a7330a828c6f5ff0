"""Time zone in which a person's day begins."""

import logging
from datetime import datetime, tzinfo
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ask_sdk_core.exceptions import ApiClientException
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model.request_envelope import RequestEnvelope

from skill.alexa.api_client import AlexaRefused, alexa_service
from skill.coach.effects import TimeZoneReported
from skill.coach.memory import Memory

log = logging.getLogger(__name__)

OF_LOCALES = {
    "en-US": "America/New_York",
    "en-GB": "Europe/London",
    "en-AU": "Australia/Sydney",
    "en-CA": "America/Toronto",
    "en-IN": "Asia/Kolkata",
}
"""Where most people of a locale live, for a device that does not tell its zone."""

ASK_AGAIN_AFTER = 24 * 3600.0
"""Seconds after which a device is asked again; people travel."""

_TOO_MANY_REQUESTS, _SERVER_ERROR = 429, 500
"""Statuses of a service that may well answer soon."""


def zone_of(memory: Memory, locale: str | None) -> tzinfo:
    """The zone that the device told, else the usual one of its locale."""
    return _zone(memory.zone) or ZoneInfo(OF_LOCALES.get(locale or "en-US", "UTC"))


def is_due(memory: Memory, envelope: RequestEnvelope, time: float) -> bool:
    """Whether to ask the device: when a session begins, and at most once a day."""
    is_new = bool(envelope.session and envelope.session.new)
    return is_new and time - memory.zone_at > ASK_AGAIN_AFTER


def is_due_for_a_reminder(memory: Memory, time: float) -> bool:
    """Whether to ask the device before it is to remind somebody at a time of day."""
    return not _zone(memory.zone) or time - memory.zone_at > ASK_AGAIN_AFTER


def ask(handler_input: HandlerInput, memory: Memory, now: datetime) -> TimeZoneReported | None:
    """Ask Alexa's settings for the device's zone; None where they could not answer right now."""
    service = alexa_service(handler_input)
    context = handler_input.request_envelope.context
    device = context.system.device if context and context.system else None
    if service is None or device is None or not device.device_id:
        return None
    told: object = None
    try:
        device_id = quote(str(device.device_id), safe="")
        told = service.call("GET", f"/v2/devices/{device_id}/settings/System.timeZone")
    except AlexaRefused as refused:
        log.warning("the device's time zone is not known: %s", refused)
        if refused.status == _TOO_MANY_REQUESTS or refused.status >= _SERVER_ERROR:
            return None
    except ApiClientException as error:
        log.warning("the device's time zone is not known: %s", type(error).__name__)
        return None
    # A device that does not tell is not asked again at every session of the day.
    zone = told if isinstance(told, str) and _zone(told) else memory.zone
    return TimeZoneReported(zone, now.timestamp())


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
