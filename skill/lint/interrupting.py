"""Interruptions: the kinds of moments in guidance at which somebody may speak up."""

from collections.abc import Iterator
from enum import StrEnum

from skill.coach.events import Intent
from skill.coach.guidance.checkpoint import Checkpoint
from speech.script import Hold, Mark, Say
from speech.timeline import Span

INTERRUPTIONS = (
    *(Intent.PAUSE, Intent.RESUME, Intent.REPEAT, Intent.NEXT, Intent.PREVIOUS),
    *(Intent.START_OVER, Intent.HOW_LONG_LEFT, Intent.DESCRIBE, Intent.HELP),
    *(Intent.PAIN, Intent.UNSURE, Intent.FALLBACK, Intent.STOP),
)
"""What is said in the middle of an exercise."""


class Kind(StrEnum):
    """Where in an exercise a moment lies."""

    BEFORE = "before the first round"
    MOVE = "in a move"
    HOLD = "in a hold"
    RELEASE = "in the release"
    BETWEEN_SIDES = "between sides"
    BETWEEN_ROUNDS = "between rounds"
    END = "at the end"
    OVER = "after the end"


def moments(spans: list[Span]) -> Iterator[tuple[Kind, str, float]]:
    """The middle of each cue that takes time: its kind, its side, and its second in the reply."""
    before: Span | None = None
    for span in spans:
        if not isinstance(span.cue, Mark):
            reached = _checkpoint(span)
            side = reached.side if reached else ""
            yield _kind(span, before), side, (span.start + span.end) / 2
            before = span


def _kind(span: Span, before: Span | None) -> Kind:
    here, left = _checkpoint(span), _checkpoint(before) if before else None
    if here is None or here.round == 0:
        return Kind.BEFORE
    if here.done:
        return Kind.END
    if isinstance(span.cue, Hold):
        return Kind.HOLD
    if left is not None and left.round > 0 and here != left:
        return Kind.BETWEEN_SIDES if here.round == left.round else Kind.BETWEEN_ROUNDS
    if before is not None and isinstance(before.cue, Hold) and isinstance(span.cue, Say):
        return Kind.RELEASE
    return Kind.MOVE


def _checkpoint(span: Span) -> Checkpoint | None:
    return span.mark if isinstance(span.mark, Checkpoint) else None
