"""Effects: what a turn asks to be remembered. Values; the caller carries them out."""

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

from skill.coach.state import Guidance


class Reminder(Struct, frozen=True):
    """A daily reminder that the device keeps."""

    token: str
    """What Alexa calls it."""
    time: str
    """HH:MM on the person's clock."""


class Cleared(Struct, frozen=True, tag="cleared"):
    """The person answered no to every question."""

    at: float
    full: bool


class PainReported(Struct, frozen=True, tag="voided"):
    """Pain or an emergency was reported: the next start asks everything again."""


class ClearanceWithdrawn(Struct, frozen=True, tag="withdrawn"):
    """The last clearance does not count any more. Why is not kept."""


class ClearanceUnconfirmed(Struct, frozen=True, tag="unconfirmed"):
    """Guidance began, and nothing was heard of its end: it may have been pain that was lost."""


class RoundsDone(Struct, frozen=True, tag="did"):
    """Rounds that were finished."""

    id: str
    """The same for the same work, so that it is recorded once."""
    exercise: str
    rounds: int
    whole: bool
    """Whether the session of this exercise was finished with them."""
    at: float
    day: str
    """ISO date on the person's own calendar."""


class GuidanceOpen(Struct, frozen=True, tag="underway"):
    """The guidance in progress; None when nothing is left to carry on with."""

    guidance: Guidance | None
    at: float


class Preferred(Struct, frozen=True, tag="preferred"):
    """The pace to keep."""

    pace: str


class GoalRaised(Struct, frozen=True, tag="grown"):
    """The person agreed on how many rounds of an exercise there will be from now on."""

    exercise: str
    rounds: int


class Reminded(Struct, frozen=True, tag="reminded"):
    """The reminders that are set now."""

    reminders: tuple[Reminder, ...]


class TimeZoneReported(Struct, frozen=True, tag="located"):
    """The device told its time zone."""

    zone: str
    at: float


class Forgotten(Struct, frozen=True, tag="forgotten"):
    """Everything about the person is to be erased."""


Effect: TypeAlias = (
    Cleared
    | PainReported
    | ClearanceWithdrawn
    | ClearanceUnconfirmed
    | RoundsDone
    | GuidanceOpen
    | Preferred
    | GoalRaised
    | Reminded
    | TimeZoneReported
    | Forgotten
)

Withdrawn: TypeAlias = PainReported | ClearanceWithdrawn | Forgotten
"""Effects that take back what was given. They may not be lost, even where others are."""


def withdrawals_among(effects: Sequence[Effect]) -> tuple[Withdrawn, ...]:
    """Those effects that may not be lost."""
    return tuple(effect for effect in effects if isinstance(effect, Withdrawn))
