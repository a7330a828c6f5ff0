"""Plan: which exercises, how many rounds and in which order, from what a person asked for."""

from collections.abc import Iterable, Sequence

from skill.coach.context import TurnContext
from skill.coach.guidance.compiler import steps_seconds
from skill.coach.guidance.dose import is_enough, may_do, rounds_left
from skill.coach.memory import apart
from skill.coach.state import Step
from skill.exercises import Exercise


def step_for(context: TurnContext, exercise: Exercise, rounds: int | None = None) -> Step:
    """One exercise with the rounds that were asked for, within what a session and a day allow."""
    wanted = max(1, rounds if rounds is not None else usual_rounds(context, exercise))
    allowed = int(exercise.most)
    left = rounds_left(exercise, context.done)
    if left is not None:
        allowed = max(1, min(allowed, left))
    return Step(exercise.id, min(wanted, allowed), is_new(context, exercise))


def usual_rounds(context: TurnContext, exercise: Exercise) -> int:
    """The rounds of one session: what the person agreed on, else the default dose."""
    grown = context.memory.growth.get(exercise.id)
    return grown.rounds if grown and grown.rounds else int(exercise.repetitions)


def grown_rounds(context: TurnContext, exercise: Exercise) -> int | None:
    """The rounds to offer after enough good days in a row; None if it is not time to grow."""
    facts, grown = context.content.exercises.guidance, context.memory.growth.get(exercise.id)
    if grown is None or exercise.most_in_a_day is None:
        return None
    in_a_row = bool(grown.last) and apart(grown.last, context.today) == 1
    if not in_a_row or grown.good_days < facts.good_days_to_grow.value:
        return None
    rounds = usual_rounds(context, exercise) + int(facts.grow_by_rounds)
    return rounds if rounds <= exercise.most.value else None


def is_new(context: TurnContext, exercise: Exercise) -> bool:
    """Whether the full instructions are still due."""
    times = context.memory.times.get(exercise.id, 0)
    return times < context.content.exercises.guidance.new_for_sessions.value


def routine(context: TurnContext, posture: str | None, available: float | None) -> tuple[Step, ...]:
    """The exercises of a posture that are still due today, as many as fit into the seconds.

    Where nothing is due any more, all that the day's ceilings allow. Grouped by posture, in the
    order of the full routine. Empty only if a ceiling forbids all of them.
    """
    fitting = [
        exercise
        for exercise in context.content.exercises.exercise
        if posture in (None, exercise.posture) and may_do(exercise, context.done)
    ]
    due = [e for e in fitting if not is_enough(e, context.done)] or fitting
    steps = [step_for(context, exercise) for exercise in due]
    return tuple(steps) if available is None else _steps_within_seconds(context, steps, available)


def _steps_within_seconds(
    context: TurnContext, steps: Sequence[Step], available: float
) -> tuple[Step, ...]:
    """The least done steps that fit into the time together; at least the shortest one."""
    done = context.done.sessions
    chosen: set[str] = set()
    for step in sorted(steps, key=lambda s: done.get(s.exercise, 0)):
        together = _in_order(steps, chosen | {step.exercise})
        if length(context, together) <= available:
            chosen.add(step.exercise)
    if not chosen:
        return tuple(sorted(steps, key=lambda step: length(context, (step,)))[:1])
    return _in_order(steps, chosen)


def _in_order(steps: Iterable[Step], chosen: set[str]) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.exercise in chosen)


def length(context: TurnContext, plan: tuple[Step, ...]) -> float:
    """Estimated seconds of a plan at the person's pace."""
    return steps_seconds(context.content, plan, context.state.pace)
