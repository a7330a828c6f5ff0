"""Prewarm: what a device is likely to say in its first minutes, so that its voice has it ready."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

from skill.coach.events import Event, Intent
from skill.coach.session import CoachSession, guided_scripts
from skill.content import Content
from speech.script import Script

_ASIDES = (Intent.PAUSE, Intent.RESUME, Intent.REPEAT, Intent.HOW_LONG_LEFT, Intent.STOP)
_MORNING = datetime(2025, 1, 6, 8, tzinfo=UTC)


def likely(content: Content) -> Iterator[Script]:
    """Scripts of the questions, of every exercise, and of what is usually said in between."""
    for exercise in content.exercises.ids:
        yield from _first_talk(content, exercise)
    for exercise, is_new in product(content.exercises.ids, (True, False)):
        yield from guided_scripts(content, exercise, is_new=is_new)


def _first_talk(content: Content, exercise: str) -> Iterator[Script]:
    """A first talk: somebody asks for an exercise, and is cleared."""
    session = CoachSession(content)
    events = [Event(Intent.LAUNCH), Event(Intent.START_EXERCISE, exercise=exercise)]
    events += [Event(Intent.NO)] * len(content.safety.question)
    for event in [*events, *map(Event, _ASIDES)]:
        reply = session.say(event, _MORNING).turn.reply
        if reply is not None:
            yield reply.script
            if reply.reprompt is not None:
                yield reply.reprompt
