"""Reminders API: carries the coach's actions out, and reads what each error means."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, assert_never

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model.interfaces.connections.send_request_directive import SendRequestDirective
from ask_sdk_model.services.reminder_management.alert_info import AlertInfo
from ask_sdk_model.services.reminder_management.push_notification import PushNotification
from ask_sdk_model.services.reminder_management.push_notification_status import (
    PushNotificationStatus,
)
from ask_sdk_model.services.reminder_management.recurrence import Recurrence
from ask_sdk_model.services.reminder_management.reminder_management_service_client import (
    ReminderManagementServiceClient,
)
from ask_sdk_model.services.reminder_management.reminder_request import ReminderRequest
from ask_sdk_model.services.reminder_management.spoken_info import SpokenInfo
from ask_sdk_model.services.reminder_management.spoken_text import SpokenText
from ask_sdk_model.services.reminder_management.trigger import Trigger
from ask_sdk_model.services.reminder_management.trigger_type import TriggerType

from skill.alexa.api_client import SdkFailures, refusal, service_clients
from skill.alexa.request_context import RequestContext
from skill.coach.actions import Action, ActionResult, AskPermission, CancelReminders, SetReminder
from skill.coach.events import Event, Intent

log = logging.getLogger(__name__)

PERMISSION = "alexa::alerts:reminders:skill:readwrite"

_CODES = {
    "MAX_REMINDERS_EXCEEDED": ActionResult.TOO_MANY,
    "DEVICE_NOT_SUPPORTED": ActionResult.NOT_HERE,
}
_LATER = dict.fromkeys((429, 500, 503, 504), ActionResult.BUSY)
_WHEN_SETTING = {401: ActionResult.NOT_PERMITTED, 403: ActionResult.TOO_MANY, **_LATER}
_WHEN_CANCELLING = {
    401: ActionResult.KEPT_OUT,
    403: ActionResult.KEPT_OUT,
    404: ActionResult.CANCELLED,
    **_LATER,
}
"""What a status means where the error's own code says nothing more."""


def carry_out(action: Action, handler_input: HandlerInput, context: RequestContext) -> Event | None:
    """Carry an action out.

    Returns:
        What came of it; None where Alexa now asks the person herself.
    """
    match action:
        case AskPermission(time):
            directive = SendRequestDirective(name="AskFor", payload=_consent(), token=time)
            handler_input.response_builder.add_directive(directive)
            return None
        case SetReminder(time):
            return _set(time, handler_input, context)
        case CancelReminders(tokens):
            return _cancel(tokens, handler_input)
    assert_never(action)


def _consent() -> dict[str, object]:
    return {
        "@type": "AskForPermissionsConsentRequest",
        "@version": "1",
        "permissionScope": PERMISSION,
    }


def _set(time: str, handler_input: HandlerInput, context: RequestContext) -> Event:
    for reminder in context.memory.reminders:
        if reminder.time == time:
            return _is_set(time, reminder.token)
    client = _client(handler_input)
    if client is None:
        return Event(Intent.ACTION_DONE, time=time, outcome=ActionResult.NOT_HERE)
    try:
        created: Any = client.create_reminder(_request(time, handler_input, context))
    except SdkFailures as error:
        return Event(Intent.ACTION_DONE, time=time, outcome=_outcome(error, _WHEN_SETTING))
    return _is_set(time, str(created.alert_token or ""))


def _is_set(time: str, token: str) -> Event:
    return Event(Intent.ACTION_DONE, time=time, outcome=ActionResult.SET, token=token)


def _cancel(tokens: tuple[str, ...], handler_input: HandlerInput) -> Event:
    client = _client(handler_input)
    if client is None:
        return Event(Intent.ACTION_DONE, outcome=ActionResult.NOT_HERE)
    for token in tokens:
        outcome = _deleted(client, token)
        if outcome is not ActionResult.CANCELLED:
            return Event(Intent.ACTION_DONE, outcome=outcome)
    return Event(Intent.ACTION_DONE, outcome=ActionResult.CANCELLED)


def _deleted(client: ReminderManagementServiceClient, token: str) -> ActionResult:
    try:
        client.delete_reminder(token)
    except SdkFailures as error:
        return _outcome(error, _WHEN_CANCELLING)
    return ActionResult.CANCELLED


def _client(handler_input: HandlerInput) -> ReminderManagementServiceClient | None:
    factory = service_clients(handler_input)
    if factory is None:
        return None
    client: ReminderManagementServiceClient = factory.get_reminder_management_service()
    return client


def _request(time: str, handler_input: HandlerInput, context: RequestContext) -> ReminderRequest:
    """A reminder every day at HH:MM, beginning with the next such time."""
    hour, minute = (int(part) for part in time.split(":"))
    request = handler_input.request_envelope.request
    locale = (request.locale if request else None) or "en-US"
    today = context.now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    rule = f"FREQ=DAILY;BYHOUR={hour};BYMINUTE={minute};BYSECOND=0;INTERVAL=1;"
    text = SpokenText(locale=locale, text=context.content.words("reminder-text"))
    return ReminderRequest(
        request_time=context.now.replace(tzinfo=None),
        trigger=Trigger(
            object_type=TriggerType.SCHEDULED_ABSOLUTE,
            time_zone_id=_zone_name(context.now),
            recurrence=Recurrence(start_date_time=today, recurrence_rules=[rule]),
        ),
        alert_info=AlertInfo(spoken_info=SpokenInfo(content=[text])),
        push_notification=PushNotification(status=PushNotificationStatus.ENABLED),
    )


def _zone_name(now: datetime) -> str | None:
    """The IANA name of the person's zone; None leaves it to the device's own."""
    key = getattr(now.tzinfo, "key", None)
    return str(key) if key else None


def _outcome(error: Exception, statuses: Mapping[int, ActionResult]) -> ActionResult:
    """What an error of the API means for the person."""
    refused = refusal(error)
    if refused is None:
        log.warning("the reminders could not be reached")
        return ActionResult.BUSY
    log.warning("the reminders answered %s", refused)
    return _CODES.get(refused.code) or statuses.get(refused.status, ActionResult.FAILED)
