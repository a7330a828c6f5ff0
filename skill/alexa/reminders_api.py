"""Reminders API: carries the coach's actions out, and reads what each error means."""

import logging
from collections.abc import Mapping
from typing import Any, assert_never
from urllib.parse import quote

from ask_sdk_core.exceptions import ApiClientException
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model.interfaces.connections.send_request_directive import SendRequestDirective
from ask_sdk_model.services.reminder_management.alert_info import AlertInfo
from ask_sdk_model.services.reminder_management.push_notification import PushNotification
from ask_sdk_model.services.reminder_management.push_notification_status import (
    PushNotificationStatus,
)
from ask_sdk_model.services.reminder_management.recurrence import Recurrence
from ask_sdk_model.services.reminder_management.reminder_request import ReminderRequest
from ask_sdk_model.services.reminder_management.spoken_info import SpokenInfo
from ask_sdk_model.services.reminder_management.spoken_text import SpokenText
from ask_sdk_model.services.reminder_management.trigger import Trigger
from ask_sdk_model.services.reminder_management.trigger_type import TriggerType

from skill.alexa import time_zone
from skill.alexa.api_client import AlexaRefused, AlexaService, alexa_service
from skill.alexa.request_context import RequestContext
from skill.alexa.serializer import CompiledSerializer
from skill.coach.actions import Action, ActionResult, AskPermission, CancelReminders, SetReminder
from skill.coach.events import Event, Intent
from skill.coach.memory import remember

log = logging.getLogger(__name__)

PERMISSION = "alexa::alerts:reminders:skill:readwrite"

_REMINDERS = "/v1/alerts/reminders"
_NOT_FOUND = 404
_SERIALIZER = CompiledSerializer()

_CODES = {
    "MAX_REMINDERS_EXCEEDED": ActionResult.TOO_MANY,
    "DEVICE_NOT_SUPPORTED": ActionResult.NOT_HERE,
}
_LATER = dict.fromkeys((429, 500, 503, 504), ActionResult.BUSY)
_WHEN_SETTING = {401: ActionResult.NOT_PERMITTED, 403: ActionResult.TOO_MANY, **_LATER}
_WHEN_CANCELLING = {
    401: ActionResult.KEPT_OUT,
    403: ActionResult.KEPT_OUT,
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
            return _cancel(tokens, handler_input, context)
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
    service = alexa_service(handler_input)
    if service is None:
        return Event(Intent.ACTION_DONE, time=time, outcome=ActionResult.NOT_HERE)
    _locate(handler_input, context)
    try:
        # One whose answer never came is there all the same: nobody is reminded twice.
        token = _token_at(time, service)
        if token is None:
            body = _SERIALIZER.serialize(_request(time, handler_input, context))
            token = _token(service.call("POST", _REMINDERS, body))
    except ApiClientException as error:
        return Event(Intent.ACTION_DONE, time=time, outcome=_outcome(error, _WHEN_SETTING))
    return _is_set(time, token)


def _locate(handler_input: HandlerInput, context: RequestContext) -> None:
    """Ask the device for its time zone, if that is not known well enough to remind somebody."""
    if not time_zone.is_due_for_a_reminder(context.memory, context.now.timestamp()):
        return
    located = time_zone.ask(handler_input, context.memory, context.now)
    if located is not None:
        context.effects += (located,)
        context.memory = remember(context.memory, located)
    if context.memory.zone:
        context.now = context.now.astimezone(time_zone.zone_of(context.memory, None))


def _is_set(time: str, token: str) -> Event:
    return Event(Intent.ACTION_DONE, time=time, outcome=ActionResult.SET, token=token)


def _token_at(time: str, service: AlexaService) -> str | None:
    """What Alexa calls the daily reminder at HH:MM; None where there is none."""
    try:
        found = service.call("GET", _REMINDERS)
    except AlexaRefused as refused:
        if refused.status == _NOT_FOUND:
            return None
        raise
    alerts = found.get("alerts") if isinstance(found, dict) else None
    for alert in alerts if isinstance(alerts, list) else []:
        if isinstance(alert, dict) and _is_at(time, alert):
            return _token(alert)
    return None


def _is_at(time: str, alert: dict[str, Any]) -> bool:
    trigger = alert.get("trigger")
    recurrence = trigger.get("recurrence") if isinstance(trigger, dict) else None
    rules = recurrence.get("recurrenceRules") if isinstance(recurrence, dict) else None
    every_day_at = set(_rule(time).split(";")[:3])
    given = (str(rule).upper().split(";") for rule in (rules if isinstance(rules, list) else []))
    return alert.get("status") != "COMPLETED" and any(every_day_at <= set(rule) for rule in given)


def _token(answer: Any) -> str:
    """The name of a reminder in an answer; empty where the answer lacks it."""
    token = answer.get("alertToken") if isinstance(answer, dict) else None
    return token if isinstance(token, str) else ""


def _cancel(tokens: tuple[str, ...], handler_input: HandlerInput, context: RequestContext) -> Event:
    service = alexa_service(handler_input)
    if service is None:
        return Event(Intent.ACTION_DONE, outcome=ActionResult.NOT_HERE)
    nameless = [reminder.time for reminder in context.memory.reminders if not reminder.token]
    try:
        found = [_token_at(time, service) for time in nameless if "" in tokens]
        for token in filter(None, (*tokens, *found)):
            _delete(token, service)
    except ApiClientException as error:
        return Event(Intent.ACTION_DONE, outcome=_outcome(error, _WHEN_CANCELLING))
    return Event(Intent.ACTION_DONE, outcome=ActionResult.CANCELLED)


def _delete(token: str, service: AlexaService) -> None:
    """Delete a reminder; one that is gone already is deleted."""
    try:
        service.call("DELETE", f"{_REMINDERS}/{quote(token, safe='')}")
    except AlexaRefused as refused:
        if refused.status != _NOT_FOUND:
            raise


def _request(time: str, handler_input: HandlerInput, context: RequestContext) -> ReminderRequest:
    """A reminder every day at HH:MM, beginning with the next such time."""
    request = handler_input.request_envelope.request
    locale = (request.locale if request else None) or "en-US"
    today = context.now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    text = SpokenText(locale=locale, text=context.content.words("reminder-text"))
    return ReminderRequest(
        request_time=context.now.replace(tzinfo=None),
        trigger=Trigger(
            object_type=TriggerType.SCHEDULED_ABSOLUTE,
            # Left out, it is the device's own: a guess would be wrong for half a country.
            time_zone_id=context.memory.zone or None,
            recurrence=Recurrence(start_date_time=today, recurrence_rules=[_rule(time)]),
        ),
        alert_info=AlertInfo(spoken_info=SpokenInfo(content=[text])),
        push_notification=PushNotification(status=PushNotificationStatus.ENABLED),
    )


def _rule(time: str) -> str:
    """Every day at HH:MM, as a rule of recurrence."""
    hour, minute = (int(part) for part in time.split(":"))
    return f"FREQ=DAILY;BYHOUR={hour};BYMINUTE={minute};BYSECOND=0;INTERVAL=1;"


def _outcome(error: Exception, statuses: Mapping[int, ActionResult]) -> ActionResult:
    """What an error of the API means for the person."""
    if not isinstance(error, AlexaRefused):
        log.warning("the reminders could not be reached")
        return ActionResult.BUSY
    log.warning("the reminders answered %s", error)
    return _CODES.get(error.code) or statuses.get(error.status, ActionResult.FAILED)
