"""Memory of a person between sessions, and the one fold that every store keeps."""

from datetime import date

import msgspec
from msgspec import Struct

from skill.coach.effects import (
    ClearanceUnconfirmed,
    ClearanceWithdrawn,
    Cleared,
    Effect,
    Forgotten,
    GoalRaised,
    GuidanceOpen,
    PainReported,
    Preferred,
    Reminded,
    Reminder,
    RoundsDone,
    TimeZoneReported,
)
from skill.coach.state import Guidance

DAYS_KEPT = 8
"""Days whose counts are at hand: today, and the week before it. The log keeps the rest."""

RECORDED_KEPT = 16
"""Ids of work at hand, so that a request that comes twice records once: a turn records no more than
a plan has exercises, and a request is taken for a few minutes only. The log keeps the rest."""

LONG_AGO = 0.0
"""Unix time of a clearance that counts on no day any more, but was one."""

DAYS_APART = 2
"""A streak lives as long as active days are at most so far apart: one missed day is forgiven."""


class Day(Struct, frozen=True, omit_defaults=True):
    """What was finished on one day of the person's own calendar."""

    date: str
    """ISO 8601, such as 2025-01-06."""
    sessions: dict[str, int] = {}
    """Whole sessions, by exercise."""
    rounds: dict[str, int] = {}
    """Rounds, by exercise, of unfinished sessions too."""


class Habit(Struct, frozen=True, omit_defaults=True):
    """How regular somebody is, in days with at least one whole session."""

    last: str = ""
    """ISO date of the last such day; empty before the first."""
    streak: int = 0
    longest: int = 0
    days: int = 0
    """How many there ever were."""

    def streak_on(self, today: str) -> int:
        """The streak as it stands on a day: 0 once it was missed for too long."""
        return self.streak if self.last and apart(self.last, today) <= DAYS_APART else 0


class Growth(Struct, frozen=True, omit_defaults=True):
    """How an exercise may grow for somebody."""

    rounds: int = 0
    """Rounds agreed on for one session; 0 for the usual number."""
    good_days: int = 0
    """Days in a row with a whole session and no pain, since it last grew."""
    last: str = ""
    """ISO date of the last of them."""


class Memory(Struct, frozen=True, omit_defaults=True):
    """What the store knows when a request comes in. An unknown person has an empty one."""

    cleared: float | None = None
    """Unix time of the last clearance; None if there is none, or pain voided it."""
    fully_cleared: float | None = None
    """Unix time of the last clearance by the full set of questions."""
    voided: bool = False
    """Whether the last clearance was taken back, so that everything is asked again."""
    times: dict[str, int] = {}
    """Sessions ever finished, by exercise."""
    days: tuple[Day, ...] = ()
    """The latest days with work in them, oldest first, DAYS_KEPT at most."""
    habit: Habit = Habit()
    growth: dict[str, Growth] = {}
    """By exercise."""
    underway: Guidance | None = None
    """The guidance that was interrupted, or whose end nobody has reported yet."""
    underway_at: float | None = None
    """Unix time at which it was last heard of."""
    pace: str = "normal"
    reminders: tuple[Reminder, ...] = ()
    zone: str = ""
    """IANA name of the time zone that the device last told; empty if it never did."""
    zone_at: float = 0.0
    """Unix time at which it told."""
    recorded: tuple[str, ...] = ()
    """Ids of the work recorded last, oldest first, RECORDED_KEPT at most."""

    def on(self, today: str) -> Day:
        """What was done on an ISO date; an empty day where nothing was."""
        return next((day for day in self.days if day.date == today), Day(today))


def remember(memory: Memory, effect: Effect) -> Memory:  # noqa: C901, PLR0911 - a case for each effect
    """The memory after an effect; work that it has recorded already changes nothing.

    Every store keeps exactly this.
    """
    change = msgspec.structs.replace
    match effect:
        case Cleared(at, full):
            fully = at if full else memory.fully_cleared
            return change(memory, cleared=at, fully_cleared=fully, voided=False)
        case PainReported():
            growth = {key: change(g, good_days=0) for key, g in memory.growth.items()}
            return change(memory, cleared=None, fully_cleared=None, voided=True, growth=growth)
        case ClearanceWithdrawn():
            return change(memory, cleared=None, fully_cleared=None)
        case ClearanceUnconfirmed():
            return change(memory, cleared=None if memory.cleared is None else LONG_AGO)
        case RoundsDone():
            return _with_work(memory, effect)
        case GuidanceOpen(guidance, at):
            return change(memory, underway=guidance, underway_at=at)
        case Preferred(pace):
            return change(memory, pace=pace)
        case GoalRaised(exercise, rounds):
            before = memory.growth.get(exercise, Growth())
            grown = change(before, rounds=rounds, good_days=0)
            return change(memory, growth={**memory.growth, exercise: grown})
        case Reminded(reminders):
            return change(memory, reminders=reminders)
        case TimeZoneReported(zone, at):
            return change(memory, zone=zone, zone_at=at)
        case Forgotten():
            return Memory()


def day_with(day: Day, work: RoundsDone) -> Day:
    """The day after a piece of work that was done on it."""
    rounds = _count_increased(day.rounds, work.exercise, work.rounds)
    sessions = _count_increased(day.sessions, work.exercise, 1) if work.whole else day.sessions
    return Day(work.day, sessions, rounds)


def apart(earlier: str, later: str) -> int:
    """Days from one ISO date to another; negative if it lies before."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def _with_work(memory: Memory, work: RoundsDone) -> Memory:
    if work.id in memory.recorded:
        return memory
    recorded = (*memory.recorded, work.id)[-RECORDED_KEPT:]
    memory = msgspec.structs.replace(memory, recorded=recorded)
    memory = _with_day(memory, day_with(memory.on(work.day), work))
    if not work.whole:
        return memory
    return msgspec.structs.replace(
        memory,
        times=_count_increased(memory.times, work.exercise, 1),
        habit=_kept_up(memory.habit, work.day),
        growth={
            **memory.growth,
            work.exercise: _good_day(memory.growth.get(work.exercise, Growth()), work.day),
        },
    )


def _with_day(memory: Memory, day: Day) -> Memory:
    others = [o for o in memory.days if o.date != day.date and not _in_future(o.date, day.date)]
    days = sorted([*others, day], key=lambda d: d.date)[-DAYS_KEPT:]
    return msgspec.structs.replace(memory, days=tuple(days))


def _in_future(day: str, today: str) -> bool:
    """Whether a day lies so far ahead that a clock was wrong; travel makes a day of difference."""
    return apart(today, day) > DAYS_APART


def _kept_up(habit: Habit, day: str) -> Habit:
    # A day before the last one comes of travelling west, or of a late report; it adds nothing.
    is_wrong = bool(habit.last) and _in_future(habit.last, day)
    if habit.last and apart(habit.last, day) <= 0 and not is_wrong:
        return habit
    streak = 1 if is_wrong else habit.streak_on(day) + 1
    return Habit(day, streak, max(streak, habit.longest), habit.days + 1)


def _good_day(growth: Growth, day: str) -> Growth:
    gap = apart(growth.last, day) if growth.last else None
    if gap is not None and gap <= 0 and not _in_future(growth.last, day):
        return growth
    good = growth.good_days + 1 if gap == 1 else 1
    return Growth(growth.rounds, good, day)


def _count_increased(counts: dict[str, int], key: str, more: int) -> dict[str, int]:
    return {**counts, key: counts.get(key, 0) + more}
