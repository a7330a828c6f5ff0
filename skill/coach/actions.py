"""Actions: what the coach has others do before it can answer, and what may come of them."""

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct


class SetReminder(Struct, frozen=True):
    """Have a daily reminder at HH:MM on the person's clock; one that is set already stays."""

    time: str


class CancelReminders(Struct, frozen=True):
    """Cancel the reminders that Alexa knows by these tokens."""

    tokens: tuple[str, ...]


class AskPermission(Struct, frozen=True):
    """Have Alexa ask whether this skill may set reminders; HH:MM comes back with the answer."""

    time: str


Action: TypeAlias = SetReminder | CancelReminders | AskPermission


class ActionResult(StrEnum):
    """What became of an action."""

    SET = "set"
    CANCELLED = "cancelled"
    NOT_PERMITTED = "not-permitted"
    TOO_MANY = "too-many"
    """The device has as many reminders as it can keep."""
    KEPT_OUT = "kept-out"
    """The person has withdrawn the permission: what is set can only be cancelled by them."""
    NOT_HERE = "not-here"
    """This device, or this kind of device, keeps no reminders."""
    BUSY = "busy"
    """Alexa is overloaded or out of reach: later, it may work."""
    FAILED = "failed"
    """Alexa refused for a reason that trying again will not mend."""
