"""Guided session as scripts: what a cleared person hears of one exercise, to be measured or said.

Nobody interrupts it; where the coach asks whether to go on, the person is ready one second later.
"""

from datetime import UTC, datetime, timedelta

from skill.coach.conversation import respond
from skill.coach.events import Event, Intent
from skill.coach.memory import Memory
from skill.content import Content
from speech.script import Script
from speech.timeline import duration


def guided_session(content: Content, exercise: str, pace: str, *, is_new: bool) -> list[Script]:
    """What a cleared person hears in one session of an exercise, a script for each reply.

    Args:
        content: the exercises and the words.
        exercise: id of the exercise.
        pace: id of the pace.
        is_new: whether the person never did it, and hears its full wording.
    """
    now = datetime(2025, 1, 6, 8, tzinfo=UTC)
    cleared = now.timestamp()
    times = {} if is_new else {exercise: 99}
    memory = Memory(cleared=cleared, fully_cleared=cleared, times=times, pace=pace)
    turn = respond(content, None, Event(Intent.START_EXERCISE, exercise=exercise), memory, now)
    scripts = []
    while turn.reply is not None:
        scripts.append(turn.reply.script)
        if turn.state.offer is None or turn.state.offer.kind != "go-on":
            break
        now += timedelta(seconds=duration(scripts[-1]) + 1)
        turn = respond(content, turn.state, Event(Intent.READY), memory, now)
    return scripts
