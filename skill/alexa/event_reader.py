"""Event reader: an Alexa request as the event that the coach understands."""

from collections.abc import Mapping
from datetime import timedelta

import msgspec
from ask_sdk_model.intent_request import IntentRequest
from ask_sdk_model.interfaces.connections.connections_response import ConnectionsResponse
from ask_sdk_model.launch_request import LaunchRequest
from ask_sdk_model.request import Request
from ask_sdk_model.slot import Slot
from ask_sdk_model.slu.entityresolution.status_code import StatusCode

from skill.alexa.intents import INTENTS
from skill.coach.events import Event, Intent


def read_event(request: Request) -> Event:
    """What was meant. An intent that the model does not have is one not understood."""
    if isinstance(request, LaunchRequest):
        return Event(Intent.LAUNCH)
    if isinstance(request, IntentRequest) and request.intent and request.intent.name:
        intent = INTENTS.get(request.intent.name, Intent.FALLBACK)
        return _with_slots(intent, request.intent.slots or {})
    if isinstance(request, ConnectionsResponse):
        return _permission(request)
    return Event(Intent.SESSION_ENDED)


def _permission(request: ConnectionsResponse) -> Event:
    """Whether reminders were allowed; the token is the time that the question was about."""
    status = (request.payload or {}).get("status")
    if request.name == "AskFor" and status == "ACCEPTED":
        return Event(Intent.PERMITTED, time=request.token)
    return Event(Intent.NOT_PERMITTED)


def _with_slots(intent: Intent, slots: Mapping[str, Slot]) -> Event:
    exercise, strange_exercise = _resolved(slots.get("exercise"))
    posture, strange_posture = _resolved(slots.get("posture"))
    pace, strange_pace = _resolved(slots.get("pace"))
    if intent is Intent.CHANGE_PACE and pace is None:
        intent = Intent.FALLBACK
    return Event(
        intent,
        exercise=exercise,
        posture=posture,
        pace=pace,
        repetitions=_number(slots.get("repetitions")),
        duration=_seconds(slots.get("duration")),
        time=_spoken(slots.get("time")),
        unknown=strange_exercise or strange_posture or strange_pace,
    )


def _resolved(slot: Slot | None) -> tuple[str | None, bool]:
    """The id that a custom slot was resolved to, and whether it was said but matched nothing."""
    if slot is None or not slot.value:
        return None, False
    resolutions = slot.resolutions.resolutions_per_authority if slot.resolutions else None
    for resolution in filter(None, resolutions or []):
        status = resolution.status
        matched = status is not None and status.code is StatusCode.ER_SUCCESS_MATCH
        for wrapper in filter(None, (resolution.values or []) if matched else []):
            if wrapper.value and wrapper.value.id:
                return str(wrapper.value.id), False
    return None, True


def _spoken(slot: Slot | None) -> str | None:
    return str(slot.value) if slot and slot.value else None


def _number(slot: Slot | None) -> int | None:
    """A counting number; None for no value, Alexa's "?", or nonsense."""
    try:
        number = int(slot.value) if slot and slot.value else 0
    except ValueError:
        return None
    return number if number > 0 else None


def _seconds(slot: Slot | None) -> float | None:
    """Seconds of an ISO 8601 duration such as PT10M; None for anything else."""
    try:
        length = msgspec.convert(slot.value, timedelta) if slot and slot.value else timedelta()
    except msgspec.ValidationError:
        return None
    return length.total_seconds() if length > timedelta() else None
