"""Time zone in which a person's day begins."""

import logging
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model.request_envelope import RequestEnvelope

from skill.alexa.api_client import SdkFailures, refusal, service_clients
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


def zone_of(memory: Memory, locale: str | None) -> tzinfo:
    """The zone that the device told, else the usual one of its locale."""
    return _zone(memory.zone) or ZoneInfo(OF_LOCALES.get(locale or "en-US", "UTC"))


def is_due(memory: Memory, envelope: RequestEnvelope, time: float) -> bool:
    """Whether to ask the device: when a session begins, and at most once a day."""
    is_new = bool(envelope.session and envelope.session.new)
    return is_new and time - memory.zone_at > ASK_AGAIN_AFTER


def ask(handler_input: HandlerInput, memory: Memory, now: datetime) -> TimeZoneReported | None:
    """Ask Alexa's settings for the device's zone; None where nobody could be asked."""
    factory = service_clients(handler_input)
    context = handler_input.request_envelope.context
    device = context.system.device if context and context.system else None
    if factory is None or device is None or not device.device_id:
        return None
    told = ""
    try:
        told = str(factory.get_ups_service().get_system_time_zone(device.device_id) or "")
    except SdkFailures as error:
        log.warning("the device's time zone is not known: %s", type(error).__name__)
        if refusal(error) is None:
            return None
    # A device that does not tell is not asked again at every session of the day.
    return TimeZoneReported(told if _zone(told) else memory.zone, now.timestamp())


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
