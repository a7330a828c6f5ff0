"""Position: where guidance had got to when somebody interrupted, and what was done by then."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from skill.coach.effects import RoundsDone
from skill.coach.events import Intent
from skill.coach.guidance.checkpoint import Checkpoint
from skill.coach.guidance.compiler import compile_script, first_side
from skill.coach.guidance.dose import is_session
from skill.coach.state import Guidance
from skill.content import Content
from speech.script import Script
from speech.timeline import mark_at, script_duration

_ANSWERS = frozenset({Intent.YES, Intent.NO, Intent.READY, Intent.UNSURE})
"""What only makes sense once the prompt at the end was heard."""


class Position(Struct, frozen=True):
    """Position in guidance at one moment, and the outcome so far."""

    checkpoint: Checkpoint
    is_over: bool
    """Whether all of this reply's rounds were finished."""
    did: tuple[RoundsDone, ...]
    remaining: Guidance | None
    """What is left of the plan, from the start of the round in progress; None if nothing is."""


def locate(guidance: Guidance, now: datetime, intent: Intent, content: Content) -> Position:
    """Locate the person in guidance that has been started, at the moment when they spoke.

    In doubt the earlier round: speech may really take a drift longer than estimated. Only an answer
    to the closing prompt shows that speech was the faster.
    """
    assert guidance.started is not None  # noqa: S101 - guidance that never began is never settled
    time = now.timestamp()
    script = compile_script(guidance, content)
    elapsed = max(0.0, time - guidance.started - content.delay)
    checkpoint = mark_at(script, Checkpoint, elapsed, content.spoken, 1 + content.drift)
    if intent in _ANSWERS:
        quickest = mark_at(
            script, Checkpoint, time - guidance.started, content.spoken, 1 - content.drift
        )
        checkpoint = quickest if quickest and _is_over(quickest, guidance) else checkpoint
    if checkpoint is None:
        checkpoint = _first_checkpoint(guidance, content)
    did = tuple(
        _rounds_done(guidance, checkpoint, _when_done(guidance, script, now, content), content)
    )
    return Position(
        checkpoint, _is_over(checkpoint, guidance), did, remaining(guidance, checkpoint, content)
    )


def _first_checkpoint(guidance: Guidance, content: Content) -> Checkpoint:
    exercise = content.exercise(guidance.plan[guidance.step].exercise)
    opening = 0 if guidance.entry == "start" else guidance.round
    return Checkpoint(guidance.step, exercise.id, opening, first_side(exercise) if opening else "")


def _is_over(checkpoint: Checkpoint, guidance: Guidance) -> bool:
    if checkpoint.step != guidance.until_step:
        return False
    return checkpoint.done or checkpoint.round > guidance.until_round


def remaining(guidance: Guidance, checkpoint: Checkpoint, content: Content) -> Guidance | None:
    """The guidance from the start of the round at a checkpoint; None after the last one."""
    step, number = checkpoint.step, checkpoint.round
    entry: Literal["start", "again", "on"] = "again"
    if checkpoint.done:
        step, number = step + 1, 0
        if step == len(guidance.plan):
            return None
    if number == 0:
        number, entry = 1, "start"
    elif checkpoint.round > guidance.until_round and checkpoint.step == guidance.until_step:
        entry = "on"
    return msgspec.structs.replace(
        guidance,
        step=step,
        round=number,
        until_step=max(step, guidance.until_step),
        entry=entry,
        posture=_posture_at(guidance, checkpoint, content),
        lead=(),
        tail=(),
        started=None,
    )


def _posture_at(guidance: Guidance, checkpoint: Checkpoint, content: Content) -> str:
    """The posture the person is in; that of the step before while one is being introduced."""
    if checkpoint.round > 0:
        return content.exercise(checkpoint.exercise).posture
    if checkpoint.step > guidance.step:
        return content.exercise(guidance.plan[checkpoint.step - 1].exercise).posture
    return guidance.posture


def _when_done(guidance: Guidance, script: Script, now: datetime, content: Content) -> datetime:
    """When the last of the work was done: now, or when the reply ended, if that is long ago."""
    ended = (guidance.started or 0.0) + script_duration(script, content.spoken)
    return min(now, datetime.fromtimestamp(ended, now.tzinfo))


def _rounds_done(
    guidance: Guidance, checkpoint: Checkpoint, at: datetime, content: Content
) -> Iterator[RoundsDone]:
    """The rounds finished since the guidance began, an exercise at a time."""
    started = round((guidance.started or 0.0) * 1000)
    for index in range(guidance.step, checkpoint.step + 1):
        step = guidance.plan[index]
        first = guidance.round if index == guidance.step else 1
        whole = index < checkpoint.step or checkpoint.done
        rounds = step.rounds - first + 1 if whole else max(checkpoint.round, first) - first
        if rounds > 0:
            day = at.date().isoformat()
            whole = whole and is_session(content.exercise(step.exercise), step.rounds)
            yield RoundsDone(
                f"{started}-{index}", step.exercise, rounds, whole, at.timestamp(), day
            )
