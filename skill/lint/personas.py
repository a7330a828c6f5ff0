"""Personas: people with all the memories that make a conversation go differently."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce

from skill.coach.effects import (
    Cleared,
    Effect,
    GuidanceOpen,
    PainReported,
    Preferred,
    Reminded,
    Reminder,
    RoundsDone,
)
from skill.coach.memory import Memory, remember
from skill.coach.state import Guidance, Step
from skill.content import Content


def personas(content: Content, now: datetime) -> dict[str, Memory]:
    """Memories by a word about the person."""
    today = cleared_at(now)
    yesterday = cleared_at(now - timedelta(days=1))
    week = [now - timedelta(days=ago) for ago in range(7, 0, -1)]
    return {
        "new": Memory(),
        "cleared today": today,
        "cleared yesterday": after(yesterday, _rounds_of_a_day(content, now - timedelta(days=1))),
        "cleared long ago": cleared_at(now - timedelta(days=400)),
        "stopped for pain": after(today, [PainReported()]),
        "left in the middle": after(today, [_left_in_the_middle(content, now)]),
        "some done": after(today, _rounds_of_a_day(content, now)),
        "all done": after(today, _rounds_of_a_day(content, now, times=3)),
        "at the day's ceiling": after(today, _rounds_of_a_day(content, now, all_rounds=True)),
        "reminded": after(today, [Reminded((Reminder("one", "08:05"),))]),
        "reminded often": after(
            today, [Reminded((Reminder("one", "08:05"), Reminder("two", "18:00")))]
        ),
        "regular": after(today, [did for day in week for did in _rounds_of_a_day(content, day)]),
    }


def after(memory: Memory, effects: Iterable[Effect]) -> Memory:
    """The memory after some effects, in order."""
    return reduce(remember, effects, memory)


def cleared_at(then: datetime) -> Memory:
    """Somebody who answered all questions then."""
    return after(Memory(), [Cleared(then.timestamp(), full=True)])


def practised(content: Content, now: datetime, *, pace: str, times: int) -> Memory:
    """Somebody cleared now who did everything so many times before, and likes a pace."""
    long_ago = now - timedelta(days=100)
    return after(
        cleared_at(now), [Preferred(pace), *_rounds_of_a_day(content, long_ago, times=times)]
    )


def _rounds_of_a_day(
    content: Content, at: datetime, *, times: int = 1, all_rounds: bool = False
) -> list[RoundsDone]:
    """Every exercise, so many times on one day."""
    day = at.date().isoformat()
    return [
        RoundsDone(
            f"{day}-{exercise.id}-{time}",
            exercise.id,
            int(exercise.most_in_a_day or exercise.most) if all_rounds else 1,
            True,
            at.timestamp(),
            day,
        )
        for time in range(times)
        for exercise in content.exercises.exercise
    ]


def _left_in_the_middle(content: Content, now: datetime) -> GuidanceOpen:
    """An exercise in its last round, an hour ago."""
    exercise = content.exercises.exercise[0]
    rounds = int(exercise.most)
    step = Step(exercise.id, rounds)
    return GuidanceOpen(Guidance((step,), round=rounds, until_round=rounds), now.timestamp() - 3600)
