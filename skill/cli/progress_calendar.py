"""Progress calendar: a person's last weeks and totals, drawn for a terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from skill.coach.effects import RoundsDone
from skill.coach.memory import Memory

WEEKS_SHOWN = 12
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_SHADES = ("·", "░", "▒", "▓", "█")
"""From no session on a day to four and more."""


def calendar(memory: Memory, history: Sequence[RoundsDone], today: date) -> str:
    """Calendar of the last weeks, a column each, with streaks and the totals by exercise."""
    sessions = Counter(work.day for work in history if work.whole)
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - timedelta(weeks=ago) for ago in reversed(range(WEEKS_SHOWN))]
    grid = []
    for weekday, name in enumerate(_DAYS):
        days = [week + timedelta(days=weekday) for week in weeks]
        grid.append("   ".join([name, *(_shade_of_day(sessions, day, today) for day in days)]))
    habit = memory.habit
    streak = (
        f"streak {habit.streak_on(today.isoformat())}, longest {habit.longest}, days {habit.days}"
    )
    return "\n".join([*grid, streak, *_totals_table(memory, history)])


def _shade_of_day(sessions: Counter[str], day: date, today: date) -> str:
    if day > today:
        return " "
    return _SHADES[min(sessions[day.isoformat()], len(_SHADES) - 1)]


def _totals_table(memory: Memory, history: Sequence[RoundsDone]) -> Iterator[str]:
    rounds: Counter[str] = Counter()
    for work in history:
        rounds[work.exercise] += work.rounds
    width = max(map(len, ("exercise", *rounds)))
    yield f"{'exercise':{width}}  sessions  rounds"
    for exercise in sorted(rounds):
        done = memory.times.get(exercise, 0)
        yield f"{exercise:{width}}  {done:8}  {rounds[exercise]:6}"
