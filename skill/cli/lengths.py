"""The table of all exercises: how long each takes to say and to do, at each pace."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from skill.coach.conversation import respond
from skill.coach.events import Event, Intent
from skill.coach.memory import Memory
from skill.content import Content
from speech.script import Hold, Script
from speech.ssml import ssml
from speech.timeline import script_duration

HEADER = (
    "exercise",
    "pace",
    "wording",
    "holds",
    "spoken (s)",
    "silent (s)",
    "in all (s)",
    "characters",
    "replies",
)


def guidance(content: Content, exercise: str, pace: str, *, is_new: bool) -> list[Script]:
    """What a cleared person hears in one session of an exercise, a script for each reply."""
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
        now += timedelta(seconds=script_duration(scripts[-1]) + 1)
        turn = respond(content, turn.state, Event(Intent.READY), memory, now)
    return scripts


def rows(content: Content) -> Iterator[tuple[str, ...]]:
    """A row for each exercise, pace and wording, as in HEADER."""
    for exercise in content.exercises.exercise:
        for pace in content.exercises.pace:
            for is_new in (True, False):
                scripts = guidance(content, exercise.id, pace.id, is_new=is_new)
                holds = [cue.seconds for s in scripts for cue in s.cues if isinstance(cue, Hold)]
                length = sum(script_duration(script) for script in scripts)
                silence = sum(script.silence for script in scripts)
                yield (
                    exercise.id,
                    pace.id,
                    "full" if is_new else "brief",
                    f"{len(holds)} of {holds[0]:g} s",
                    f"{length - silence:.0f}",
                    f"{silence:.0f}",
                    f"{length:.0f}",
                    str(sum(len(ssml(script)) for script in scripts)),
                    str(len(scripts)),
                )


def table(content: Content) -> str:
    """The rows as a Markdown table."""
    lines = [HEADER, tuple("---" for _ in HEADER), *rows(content)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
