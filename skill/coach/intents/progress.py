"""What has been done today, and what is still due."""

from skill.coach.context import Moment, line, name_of
from skill.coach.memory import Day, apart
from skill.content import Repertoire
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


def next_due(knows: Repertoire, today: Day, after: str | None = None) -> Exercise | None:
    """What to suggest: least done today, in the posture that the person is in, then in order."""
    posture = knows.exercise(after).posture if after else None

    def urgency(exercise: Exercise) -> tuple[int, bool]:
        return today.sessions.get(exercise.id, 0), exercise.posture != posture

    for exercise in sorted(knows.routines.exercise, key=urgency):
        if exercise.id != after and not is_enough(exercise, today) and may_do(exercise, today):
            return exercise
    return None


def today(moment: Moment) -> list[Line]:
    """What was done today, in one breath."""
    done = moment.done.sessions
    names = [
        moment.knows.words("progress-one-name", exercise=name_of(exercise), count=done[exercise])
        for exercise in moment.knows.routines.ids
        if done.get(exercise)
    ]
    if not names:
        return [line("progress-none")]
    total = sum(done.values())
    return [line("progress-today", total=total, exercises=names)]


def streak(moment: Moment) -> list[Line]:
    """How many days in a row it has been; nothing for a single day."""
    days = moment.memory.habit.streak_on(moment.today)
    return [line("streak", days=days)] if days > 1 else []


def in_all(moment: Moment) -> list[Line]:
    """The week, the longest streak, and the totals."""
    memory = moment.memory
    week = [day for day in memory.days if 0 <= apart(day.date, moment.today) < _DAYS_A_WEEK]
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
