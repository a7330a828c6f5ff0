"""Conversation state: where it stands between two utterances, as small, versioned JSON."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from skill.exercises import Exercises, Safety
from skill.exercises.facts import MOST_EXERCISES
from speech.wording import Line

VERSION = 1

Count = Annotated[int, Meta(ge=0, le=1000)]
UnixTime = Annotated[float, Meta(ge=0, le=4_102_444_800)]
"""Seconds since 1970; no later than the year 2100."""


class ConversationPhase(StrEnum):
    """What the coach is waiting for."""

    IDLE = "idle"
    """Nothing in particular: a prompt is open."""
    ASKING = "asking"
    """The answer to a safety question."""
    OFFERING = "offering"
    """A yes or no to an offer."""
    GUIDING = "guiding"
    """The end of the guidance that is being spoken."""
    PAUSED = "paused"
    """The word to go on."""


class BrokenState(ValueError):
    """Session attributes that are not a state of this version."""


class _Part(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    pass


class Step(_Part, frozen=True):
    """One exercise of a plan."""

    exercise: str
    rounds: Annotated[int, Meta(ge=1, le=100)]
    full: bool = True
    """Whether its instructions are the full ones."""


class Guidance(_Part, frozen=True):
    """Everything from which a stretch of guidance is compiled, again and again the same."""

    plan: Annotated[tuple[Step, ...], Meta(min_length=1, max_length=MOST_EXERCISES)]
    step: Count = 0
    """Index of the step where this reply begins."""
    round: Annotated[int, Meta(ge=1, le=100)] = 1
    """Round of that step where this reply begins."""
    until_step: Count = 0
    """Last step of this reply."""
    until_round: Count = 0
    """Last round of that step in this reply."""
    pace: str = "normal"
    posture: str = ""
    """The posture that the person is already in; empty if unknown."""
    entry: Literal["start", "again", "on"] = "start"
    """How the first step begins: introduced, a round taken again, or straight on."""
    lead: tuple[Line, ...] = ()
    """What is said first."""
    tail: tuple[Line, ...] = ()
    """What is said last; it ends in the prompt."""
    seed: int = 0
    started: UnixTime | None = None
    """Unix time of the first word; None while nothing is being spoken."""


class Offer(_Part, frozen=True):
    """What a yes would mean."""

    kind: Literal[
        "start", "anyway", "grow", "begin", "carry-on", "go-on", "more", "remind", "forget"
    ]
    plan: tuple[Step, ...] = ()
    time: str = ""
    """For a reminder: HH:MM on the person's clock."""


class Screening(_Part, frozen=True):
    """Where the safety questions stand. Holds no answer: one that is not "no" ends it."""

    kind: Literal["full", "short", "statement"]
    index: Count = 0
    misses: Count = 0
    at: UnixTime | None = None
    """Unix time at which the question that stands open was asked; None if nobody noted it."""


class State(_Part, frozen=True):
    """The whole conversation between two utterances."""

    v: int = VERSION
    phase: ConversationPhase = ConversationPhase.IDLE
    screening: Screening | None = None
    wanted: Guidance | None = None
    """What begins once the person is cleared."""
    announce: bool = False
    """Whether that is a routine, announced and confirmed before it begins."""
    guidance: Guidance | None = None
    offer: Offer | None = None
    missed: Count = 0
    """Misunderstandings in a row."""
    turn: Count = 0
    pace: str = "normal"
    posture: str = ""
    """The posture that the last exercise ended in; empty if unknown."""
    said: tuple[Line, ...] = ()
    """The last reply outside guidance, for "say that again"."""
    cleared: UnixTime | None = None
    """Unix time of a clearance given in this session."""

    def to_json(self) -> dict[str, Any]:
        """The state as plain JSON values."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return {"v": self.v, **plain}


def read_state(
    attributes: Mapping[str, Any] | None,
    routines: Exercises | None = None,
    safety: Safety | None = None,
) -> State | None:
    """The state in session attributes; None where the session is new.

    Args:
        attributes: plain JSON values.
        routines: the facts whose names the state may use; None leaves its names unchecked.
        safety: the questions that it may stand at; None leaves that unchecked.

    Raises:
        BrokenState: the attributes are of another version, or not a state at all.
    """
    if not attributes:
        return None
    try:
        state = msgspec.convert(dict(attributes), State)
    except (msgspec.ValidationError, TypeError) as error:
        raise BrokenState(str(error)) from None
    if state.v != VERSION:
        raise BrokenState(f"version {state.v}, not {VERSION}")
    if not _is_whole(state):
        raise BrokenState("parts are missing")
    if routines is not None and not _names_are_known(state, routines):
        raise BrokenState("an exercise or a pace is unknown")
    if safety is not None and not _question_is_known(state, safety):
        raise BrokenState("there are not so many questions")
    return state


def _is_whole(state: State) -> bool:
    """Whether the parts that the phase needs are there and point inside the plan."""
    guidance = state.guidance
    if not all(_points_inside(part) for part in (guidance, state.wanted) if part is not None):
        return False
    match state.phase:
        case ConversationPhase.ASKING:
            return state.screening is not None and state.wanted is not None
        case ConversationPhase.OFFERING:
            return state.offer is not None
        case ConversationPhase.GUIDING:
            return guidance is not None and guidance.started is not None
        case ConversationPhase.PAUSED:
            return guidance is not None
        case ConversationPhase.IDLE:
            return True


def _names_are_known(state: State, routines: Exercises) -> bool:
    recipes = [part for part in (state.guidance, state.wanted) if part is not None]
    plans = [(recipe.plan, recipe.pace) for recipe in recipes]
    plans.append((state.offer.plan if state.offer else (), state.pace))
    return all(_are_known(plan, pace, routines) for plan, pace in plans)


def _question_is_known(state: State, safety: Safety) -> bool:
    return state.screening is None or state.screening.index < len(safety.question)


def _are_known(plan: tuple[Step, ...], pace: str, routines: Exercises) -> bool:
    return pace in routines.pace_ids and {step.exercise for step in plan}.issubset(routines.ids)


def can_guide(guidance: Guidance, routines: Exercises) -> bool:
    """Whether guidance that was kept, perhaps by another version, fits the facts of this one."""
    return _points_inside(guidance) and _are_known(guidance.plan, guidance.pace, routines)


def _points_inside(guidance: Guidance) -> bool:
    last = len(guidance.plan) - 1
    if not guidance.step <= guidance.until_step <= last:
        return False
    return guidance.round <= guidance.plan[guidance.step].rounds
