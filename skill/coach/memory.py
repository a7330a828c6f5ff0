"""What is remembered of a person between sessions, and the effects that change it."""

from typing import TypeAlias

from msgspec import Struct

from skill.coach.state import Guidance


class Memory(Struct, frozen=True):
    """What the store knows when a request comes in. An unknown person has an empty one."""

    cleared: float | None = None
    """Unix time of the last clearance; None if there is none, or pain voided it."""
    fully_cleared: float | None = None
    """Unix time of the last clearance by the full set of questions."""
    stopped_for_pain: bool = False
    """Whether the last clearance was voided by pain."""
    times: dict[str, int] = {}
    """Sessions ever finished, by exercise."""
    sessions_today: dict[str, int] = {}
    """Sessions finished since the person's midnight, by exercise."""
    rounds_today: dict[str, int] = {}
    """Rounds finished since the person's midnight, by exercise, of unfinished sessions too."""
    underway: Guidance | None = None
    """The guidance that was interrupted, or whose end nobody has reported yet."""
    underway_at: float | None = None
    """Unix time at which it was last heard of."""
    pace: str = "normal"


class Cleared(Struct, frozen=True):
    """The person answered no to every question."""

    at: float
    full: bool


class Voided(Struct, frozen=True):
    """Pain or an emergency was reported: the next start asks everything again."""


class Did(Struct, frozen=True):
    """Rounds that were finished."""

    id: str
    """The same for the same work, so that it is recorded once."""
    exercise: str
    rounds: int
    whole: bool
    """Whether the session of this exercise was finished with them."""
    at: float


class Underway(Struct, frozen=True):
    """The guidance in progress; None when nothing is left to carry on with."""

    guidance: Guidance | None
    at: float


class Preferred(Struct, frozen=True):
    """The pace to keep."""

    pace: str


class Forgotten(Struct, frozen=True):
    """Everything about the person is to be erased."""


Effect: TypeAlias = Cleared | Voided | Did | Underway | Preferred | Forgotten
