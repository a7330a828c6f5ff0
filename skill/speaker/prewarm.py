"""Prewarming the voice: what a device is likely to say in its first minutes, to be said ahead."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

from skill.coach.conversation import respond
from skill.coach.events import Event, Intent
from skill.coach.guided_session import guided_session
from skill.coach.memory import Memory
from skill.coach.state import ConversationPhase
from skill.content import Content
from speech.script import Script

_ASIDES = (Intent.PAUSE, Intent.RESUME, Intent.REPEAT, Intent.HOW_LONG_LEFT, Intent.STOP)


def likely(content: Content) -> Iterator[Script]:
    """Likely scripts: questions and guidance of all exercises, and what is usually said between."""
    for exercise in content.exercises.ids:
        yield from _talk(content, exercise)
    for exercise, is_new in product(content.exercises.ids, (True, False)):
        yield from guided_session(content, exercise, "normal", is_new=is_new)


def _talk(content: Content, exercise: str) -> Iterator[Script]:
    """A first talk: somebody asks for an exercise, and is cleared."""
    now, memory, state = datetime(2025, 1, 6, 8, tzinfo=UTC), Memory(), None
    events = [Event(Intent.LAUNCH), Event(Intent.START_EXERCISE, exercise=exercise)]
    asides = [Event(intent) for intent in _ASIDES]
    while events:
        turn = respond(content, state, events.pop(0), memory, now)
        state = turn.state
        if turn.reply is not None:
            yield turn.reply.script
            if turn.reply.reprompt is not None:
                yield turn.reply.reprompt
        if not events and state.phase is ConversationPhase.ASKING:
            events = [Event(Intent.NO)]
        elif not events:
            events, asides = asides, []
