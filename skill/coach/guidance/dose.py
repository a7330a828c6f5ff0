"""Dose: what a day's goal and ceiling leave of an exercise, and what is due next."""

from skill.coach.memory import Day
from skill.content import Content
from skill.exercises import Exercise


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

    for exercise in sorted(content.exercises.exercise, key=urgency):
        if exercise.id != after and not is_enough(exercise, today) and may_do(exercise, today):
            return exercise
    return None


def is_session(exercise: Exercise, rounds: int) -> bool:
    """Whether so many rounds are a session, as the source has it; fewer are only rounds."""
    return rounds >= exercise.repetitions.value
