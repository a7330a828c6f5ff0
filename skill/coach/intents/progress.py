"""What has been done today, and what is still due."""

from skill.coach.context import TurnContext, line, name_of
from skill.coach.memory import Day, apart
from skill.content import Content
from skill.exercises import Exercise
from speech.wording import Line

_DAYS_A_WEEK = 7


def is_enough(exercise: Exercise, today: Day) -> bool:
    """Whether the day's goal for an exercise is reached."""
    return today.sessions.get(exercise.id, 0) >= exercise.sessions.value


def rounds_left(exercise: Exercise, today: Day) -> int | None:
    """Rounds that the day's ceiling still allows; None where the source sets no ceiling."""
    if exercise.most_in_a_day is None:
        return None
    done = today.rounds.get(exercise.id, 0)
    return max(0, int(exercise.most_in_a_day) - done)


def may_do(exercise: Exercise, today: Day) -> bool:
    """Whether the day's ceiling leaves any rounds."""
    return rounds_left(exercise, today) != 0


def next_due(content: Content, today: Day, after: str | None = None) -> Exercise | None:
    """What to suggest: least done today, in the posture that the person is in, then in order."""
    posture = content.exercise(after).posture if after else None

    def urgency(exercise: Exercise) -> tuple[int, bool]:
        return today.sessions.get(exercise.id, 0), exercise.posture != posture

    for exercise in sorted(content.routines.exercise, key=urgency):
        if exercise.id != after and not is_enough(exercise, today) and may_do(exercise, today):
            return exercise
    return None


def today(context: TurnContext) -> list[Line]:
    """What was done today, in one breath."""
    done = context.done.sessions
    names = [
        context.content.words("progress-one-name", exercise=name_of(exercise), count=done[exercise])
        for exercise in context.content.routines.ids
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
