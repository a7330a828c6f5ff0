"""Timestamp and skill id check: whether a request was made just now, and for this skill."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from skill.alexa.verification.errors import RequestRejected

Clock = Callable[[], datetime]
"""Gives the present moment, with its timezone."""

TOLERANCE = timedelta(seconds=150)
EVENT_TOLERANCE = timedelta(hours=1)
"""How late a skill event may arrive; Amazon delivers those again when at first it cannot."""
_EVENT_PREFIX = "AlexaSkillEvent."
# Stricter than the reader, which takes week dates and lets other letters through.
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?", re.ASCII)


def parse_timestamp(claimed: object) -> datetime:
    """An ISO 8601 timestamp with its timezone; raises ``RequestRejected`` for anything else."""
    if not isinstance(claimed, str) or not _TIMESTAMP.fullmatch(claimed):
        raise RequestRejected("timestamp missing or malformed")
    try:
        moment = datetime.fromisoformat(claimed)
    except ValueError as error:
        raise RequestRejected("timestamp missing or malformed") from error
    return _aware(moment)


def check_timestamp(timestamp: datetime | None, request_type: str, clock: Clock) -> None:
    """Return if the request is fresh for its type; raises ``RequestRejected``."""
    if timestamp is None:
        raise RequestRejected("timestamp missing or malformed")
    age = clock() - _aware(timestamp)
    if age < -TOLERANCE:
        raise RequestRejected("timestamp is in the future")
    if age > _most_age(request_type):
        raise RequestRejected("timestamp is too old")


def check_skill(ours: str, *application_ids: object) -> None:
    """Return if every application id in the request is ``ours``; raises ``RequestRejected``.

    Pass the ids of the session and of the system context; the one a request lacks is left out.
    """
    if not ours or not application_ids or application_ids.count(ours) != len(application_ids):
        raise RequestRejected("request is for another skill")


def _most_age(request_type: str) -> timedelta:
    return EVENT_TOLERANCE if request_type.startswith(_EVENT_PREFIX) else TOLERANCE


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise RequestRejected("timestamp has no timezone")
    return moment
