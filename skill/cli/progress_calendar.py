"""Progress calendar: a person's last weeks and totals, drawn for a terminal."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from skill.coach.effects import RoundsDone
from skill.coach.memory import Memory

WEEKS_SHOWN = 12
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_SHADES = ("·", "░", "▒", "▓", "█")
"""From no session on a day to four and more."""


def calendar(memory: Memory, history: Sequence[RoundsDone], today: date) -> RenderableType:
    """Calendar of the last weeks, a column each, with streaks and the totals by exercise."""
    sessions = Counter(work.day for work in history if work.whole)
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - timedelta(weeks=ago) for ago in reversed(range(WEEKS_SHOWN))]
    grid = Table(box=None, padding=(0, 1), show_header=False)
    for weekday, name in enumerate(_DAYS):
        days = [week + timedelta(days=weekday) for week in weeks]
        grid.add_row(name, *(_shade(sessions, day, today) for day in days))
    habit = memory.habit
    streak = Text(
        f"streak {habit.streak_on(today.isoformat())}, longest {habit.longest}, days {habit.days}"
    )
    return Group(grid, streak, _totals(memory, history))


def _shade(sessions: Counter[str], day: date, today: date) -> str:
    if day > today:
        return " "
    return _SHADES[min(sessions[day.isoformat()], len(_SHADES) - 1)]


def _totals(memory: Memory, history: Sequence[RoundsDone]) -> Table:
    rounds: Counter[str] = Counter()
    for work in history:
        rounds[work.exercise] += work.rounds
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("exercise", "sessions", "rounds"):
        table.add_column(column, justify="left" if column == "exercise" else "right")
    for exercise in sorted(rounds):
        done = memory.times.get(exercise, 0)
        table.add_row(exercise, str(done), str(rounds[exercise]))
    return table
