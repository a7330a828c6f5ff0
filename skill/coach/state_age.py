"""State age: how long ago a session was left as it is, and what no longer holds by then.

A session on a speaker ends by itself soon after the last prompt. On a screen it may live for hours,
and nobody stays on the mat for so long.
"""

import msgspec

from skill.coach.memory import Memory
from skill.coach.state import ConversationPhase, Guidance, State
from skill.content import Content

_SECONDS_PER_HOUR = 3600


def has_lapsed(content: Content, state: State, memory: Memory, time: float) -> bool:
    """Whether guidance lies so far back that a new session would not offer to carry on with it.

    Args:
        content: facts, the limit among them.
        state: where the session stands.
        memory: what is remembered of the person it was with.
        time: now, as Unix time in seconds.
    """
    if state.phase not in (ConversationPhase.GUIDING, ConversationPhase.PAUSED):
        return False
    left = _left_at(state, memory)
    hours = content.exercises.guidance.carry_on_within_hours.value
    return left is not None and time - left > hours * _SECONDS_PER_HOUR


def may_have_got_up(content: Content, state: State, memory: Memory, time: float) -> bool:
    """Whether the person may have left the position that the state says they are in.

    True after a longer time than a pause or a reply can last, with as much again to answer; and
    where nobody knows how long it was.
    """
    facts = content.exercises.guidance
    longest = facts.quiet_while_paused.value
    if state.phase is ConversationPhase.GUIDING:
        longest = facts.longest_reply.value
    left = _left_at(state, memory)
    return left is None or time - left > longest + facts.quiet_while_paused.value


def without_posture(state: State) -> State:
    """The state for somebody who may have got up: they are led into each position again."""
    return msgspec.structs.replace(
        state, posture="", guidance=_up(state.guidance), wanted=_up(state.wanted)
    )


def _up(guidance: Guidance | None) -> Guidance | None:
    return guidance and msgspec.structs.replace(guidance, posture="")


def _left_at(state: State, memory: Memory) -> float | None:
    """Unix time at which guidance was last heard of; None if nobody knows."""
    if state.phase is ConversationPhase.GUIDING and state.guidance is not None:
        return state.guidance.started
    return memory.underway_at
