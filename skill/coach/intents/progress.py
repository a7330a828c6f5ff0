"""Progress: what was done today, this week and in all, in sentences."""

from skill.coach.context import TurnContext, line, name_of
from skill.coach.memory import apart
from speech.wording import Line

_DAYS_A_WEEK = 7


def today(context: TurnContext) -> list[Line]:
    """What was done today, in one breath."""
    done = context.done.sessions
    names = [
        context.content.words("progress-one-name", exercise=name_of(exercise), count=done[exercise])
        for exercise in context.content.exercises.ids
        if done.get(exercise)
    ]
    if not names:
        return [line("progress-none")]
    total = sum(done.values())
    return [line("progress-today", total=total, exercises=names)]


def streak(context: TurnContext) -> list[Line]:
    """How many days in a row it has been; nothing for a single day."""
    days = context.memory.habit.streak_on(context.today)
    return [line("streak", days=days)] if days > 1 else []


def in_all(context: TurnContext) -> list[Line]:
    """The week, the longest streak, and the totals."""
    memory = context.memory
    week = [day for day in memory.days if 0 <= apart(day.date, context.today) < _DAYS_A_WEEK]
    sessions = sum(sum(day.sessions.values()) for day in week)
    if not memory.habit.days:
        return [line("progress-nothing-ever")]
    return [
        line("progress-week", days=sum(1 for d in week if d.sessions), sessions=sessions),
        line(
            "progress-ever",
            days=memory.habit.days,
            sessions=sum(memory.times.values()),
            longest=memory.habit.longest,
        ),
    ]
