"""Clearance: whether somebody may be guided now, and which safety questions come first."""

from datetime import datetime, timedelta
from enum import StrEnum

from skill.coach.context import TurnContext
from skill.coach.effects import ClearanceWithdrawn


class Needed(StrEnum):
    """The questions to ask before any instruction."""

    NONE = "none"
    SHORT = "short"
    FULL = "full"


def needed(context: TurnContext) -> Needed:
    """Which questions are due.

    All of them on first use, when the last full set is too old, and after a stop for pain; one
    short question on a new day; none later on the same day.
    """
    memory, now = context.memory, context.now
    # Pain that was reported on another device stops this session too.
    session = None if memory.voided else context.state.cleared
    given = [time for time in (memory.cleared, session) if time is not None]
    if any(_local_time(time, now).date() == now.date() for time in given):
        return Needed.NONE
    if memory.cleared is None or memory.fully_cleared is None:
        return Needed.FULL
    days = context.content.safety.screening.full_set_lasts_days.value
    age = now - _local_time(memory.fully_cleared, now)
    return Needed.SHORT if timedelta() <= age <= timedelta(days=days) else Needed.FULL


def _local_time(time: float, now: datetime) -> datetime:
    return datetime.fromtimestamp(time, now.tzinfo)


def withdrawn(context: TurnContext) -> TurnContext:
    """The context in which nobody is cleared, so that all the questions are asked again.

    Why is not kept: an answer could be read from it.
    """
    known = context.memory.cleared is not None or context.memory.fully_cleared is not None
    return context.but(*([ClearanceWithdrawn()] if known else []), cleared=None)
