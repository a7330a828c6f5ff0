"""Somebody interrupts in the middle of a cue: each case there is, and where the coach goes on.

A round ends with its last release. In the rest between two rounds it is fair to go on with the
next one, and fair to repeat the one just done; `right` counts only what the script's checkpoints
say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from skill.coach.events import Event, Intent
from skill.coach.guidance.checkpoint import Checkpoint
from skill.coach.guidance.compiler import first_side
from skill.coach.memory import Memory
from skill.coach.reply import Turn
from skill.coach.session import cleared_memory, guided_session, take_turn
from skill.coach.state import ConversationPhase, Guidance
from skill.content import Content
from speech.script import Pause
from speech.timeline import Span, mark_at, timeline

STRETCHES = (0.9, 0.95, 1.0, 1.05, 1.1)
"""Real length of what is spoken, as a share of its estimate; a place is sure to 10 %."""

START = datetime(2025, 3, 3, 8, tzinfo=UTC)
Place = tuple[int, int]
"""Index of the exercise in its plan, and the round; one more than the last when all are done."""


@dataclass(frozen=True)
class Which:
    """The cue that is interrupted in its middle."""

    exercise: str
    pace: str
    is_new: bool
    stretch: float
    span: Span
    is_resting: bool
    """Whether it is the rest after a round's last release, before the next is announced."""


@dataclass(frozen=True)
class Interruption:
    """One interruption, and where the coach goes on from."""

    which: Which
    true: Place
    assumed: Place
    true_side: str
    assumed_side: str

    @property
    def is_right(self) -> bool:
        """Whether it is the right round."""
        return self.assumed == self.true

    @property
    def is_fair(self) -> bool:
        """Whether it is the right round; in the rest between two, the one just done counts too."""
        just_done = self.true[0], self.true[1] - 1
        return self.is_right or (self.which.is_resting and self.assumed == just_done)

    @property
    def is_right_side_too(self) -> bool:
        """Whether it is the right round and the right side."""
        return self.is_right and self.assumed_side == self.true_side

    @property
    def is_earlier(self) -> bool:
        """Whether guidance goes on from a round that was already finished."""
        return self.assumed < self.true

    @property
    def is_later(self) -> bool:
        """Whether guidance goes on from a round that was not yet begun. This must never be."""
        return self.assumed > self.true


def interruptions(content: Content, stretch: float) -> Iterator[Interruption]:
    """One in the middle of every cue of every exercise, at each pace, new and known."""
    for exercise in content.exercises.ids:
        for pace in content.exercises.pace:
            for is_new in (True, False):
                yield from _session(content, exercise, pace.id, stretch, is_new=is_new)


def _session(
    content: Content, exercise: str, pace: str, stretch: float, *, is_new: bool
) -> Iterator[Interruption]:
    memory = cleared_memory(START, pace=pace)
    for turn, began in guided_session(
        content, exercise, START, pace=pace, is_new=is_new, stretch=stretch
    ):
        assert turn.reply is not None
        for before, span in pairwise(timeline(turn.reply.script, stretch=stretch)):
            if span.end > span.start:
                resting = isinstance(span.cue, Pause) and _ends_a_round(before)
                which = Which(exercise, pace, is_new, stretch, span, resting)
                yield _interrupted(content, turn, memory, began, which)


def _ends_a_round(span: Span) -> bool:
    cue = span.cue
    return isinstance(cue, Checkpoint) and (cue.done or (cue.round > 1 and cue.side != "right"))


def _interrupted(
    content: Content,
    turn: Turn,
    memory: Memory,
    began: datetime,
    which: Which,
) -> Interruption:
    assert turn.reply is not None
    assert turn.state.guidance is not None
    middle = (which.span.start + which.span.end) / 2
    truly = mark_at(turn.reply.script, Checkpoint, middle, stretch=which.stretch)
    assert truly is not None
    now = began + timedelta(seconds=middle)
    paused = take_turn(content, turn.state, Event(Intent.PAUSE), memory, now).turn
    assumed, side = _assumed(paused, turn.state.guidance, content)
    if paused.state.phase is ConversationPhase.PAUSED:
        resumed = take_turn(content, paused.state, Event(Intent.RESUME), memory, now).turn
        # What it says it will do is what it does.
        assert resumed.reply is not None
        first = next(c for c in resumed.reply.script.cues if isinstance(c, Checkpoint))
        assert (first.step, first.round) == assumed
    return Interruption(which, _true(truly), assumed, truly.side, side)


def _true(reached: Checkpoint) -> Place:
    return reached.step, reached.round + 1 if reached.done else reached.round


def _assumed(paused: Turn, spoken: Guidance, content: Content) -> tuple[Place, str]:
    """The place that the coach goes on from, and the side that it names."""
    left = paused.state.guidance
    if left is None:
        return (len(spoken.plan) - 1, spoken.plan[-1].rounds + 1), ""
    if left.entry == "start":
        return (left.step, 0), ""
    named = next((line.args.get("side") for line in paused.state.said if line.args), None)
    side = "" if named in (None, "none") else str(named)
    return (left.step, left.round), side or _first_side_after(left, paused, content)


def _first_side_after(left: Guidance, paused: Turn, content: Content) -> str:
    """Between two replies no side is named: the next round begins on the left, if it has sides."""
    is_between = paused.state.phase is not ConversationPhase.PAUSED
    return first_side(content.exercise(left.plan[left.step].exercise)) if is_between else ""


def shares(cases: list[Interruption]) -> tuple[float, float, float, float, float]:
    """Shares of fair rounds, of right ones, of right round and side, of earlier and later ones."""
    return (
        sum(case.is_fair for case in cases) / len(cases),
        sum(case.is_right for case in cases) / len(cases),
        sum(case.is_right_side_too for case in cases) / len(cases),
        sum(case.is_earlier for case in cases) / len(cases),
        sum(case.is_later for case in cases) / len(cases),
    )
