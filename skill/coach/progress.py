"""What has been done today, and what is still due."""

import msgspec

from skill.coach.memory import Did, Memory
from skill.coach.moment import Moment, line, name_of
from skill.coach.repertoire import Repertoire
from skill.routines import Exercise
from speech.wording import Line


def with_done(memory: Memory, did: tuple[Did, ...]) -> Memory:
    """The memory as it will be once the work is recorded."""
    times, sessions = dict(memory.times), dict(memory.sessions_today)
    rounds = dict(memory.rounds_today)
    for work in did:
        rounds[work.exercise] = rounds.get(work.exercise, 0) + work.rounds
        if work.whole:
            times[work.exercise] = times.get(work.exercise, 0) + 1
            sessions[work.exercise] = sessions.get(work.exercise, 0) + 1
    return msgspec.structs.replace(
        memory, times=times, sessions_today=sessions, rounds_today=rounds
    )


def is_enough(exercise: Exercise, memory: Memory) -> bool:
    """Whether today's goal for an exercise is reached."""
    return memory.sessions_today.get(exercise.id, 0) >= exercise.sessions.value


def rounds_left(exercise: Exercise, memory: Memory) -> int | None:
    """Rounds that the day's ceiling still allows; None where the source sets no ceiling."""
    if exercise.most_in_a_day is None:
        return None
    done = memory.rounds_today.get(exercise.id, 0)
    return max(0, int(exercise.most_in_a_day) - done)


def may_do(exercise: Exercise, memory: Memory) -> bool:
    """Whether the day's ceiling leaves any rounds."""
    return rounds_left(exercise, memory) != 0


def next_due(knows: Repertoire, memory: Memory, after: str | None = None) -> Exercise | None:
    """What to suggest: least done today, in the posture that the person is in, then in order."""
    due = [
        exercise
        for exercise in knows.routines.exercise
        if exercise.id != after and not is_enough(exercise, memory) and may_do(exercise, memory)
    ]
    posture = knows.exercise(after).posture if after else None

    def urgency(exercise: Exercise) -> tuple[int, bool]:
        return memory.sessions_today.get(exercise.id, 0), exercise.posture != posture

    return min(due, key=urgency, default=None)


def today(moment: Moment) -> list[Line]:
    """What was done today, in one breath."""
    done = moment.memory.sessions_today
    names = [
        moment.knows.words("progress-one-name", exercise=name_of(exercise), count=done[exercise])
        for exercise in moment.knows.routines.ids
        if done.get(exercise)
    ]
    if not names:
        return [line("progress-none")]
    total = sum(done.values())
    return [line("progress-today", total=total, exercises=names)]
