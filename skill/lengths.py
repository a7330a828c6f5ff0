"""The table of all exercises: how long each takes to say and to do, at each pace."""

from collections.abc import Iterator
from datetime import UTC, datetime

from skill.coach.conversation import respond
from skill.coach.events import Event, Intent
from skill.coach.memory import Memory
from skill.coach.repertoire import Repertoire
from skill.coach.reply import Reply
from speech.script import Hold
from speech.ssml import ssml
from speech.timing import duration

HEADER = (
    "exercise",
    "pace",
    "wording",
    "rounds",
    "holds",
    "spoken (s)",
    "silent (s)",
    "in all (s)",
    "characters",
)


def guidance_reply(knows: Repertoire, exercise: str, pace: str, *, is_new: bool) -> Reply:
    """What a cleared person hears when they start an exercise."""
    now = datetime(2025, 1, 6, 8, tzinfo=UTC)
    times = {} if is_new else {exercise: 99}
    memory = Memory(cleared=now.timestamp(), fully_cleared=now.timestamp(), times=times, pace=pace)
    event = Event(Intent.START_EXERCISE, exercise=exercise)
    reply = respond(knows, None, event, memory, now).reply
    assert reply is not None  # noqa: S101 - starting is always answered
    return reply


def rows(knows: Repertoire) -> Iterator[tuple[str, ...]]:
    """A row for each exercise, pace and wording, as in HEADER."""
    for exercise in knows.routines.exercise:
        for pace in knows.routines.pace:
            for is_new in (True, False):
                script = guidance_reply(knows, exercise.id, pace.id, is_new=is_new).script
                holds = [cue.seconds for cue in script.cues if isinstance(cue, Hold)]
                length, silence = duration(script), script.silence
                yield (
                    exercise.id,
                    pace.id,
                    "new" if is_new else "brief",
                    str(int(exercise.repetitions)),
                    f"{len(holds)} of {holds[0]:g} s",
                    f"{length - silence:.0f}",
                    f"{silence:.0f}",
                    f"{length:.0f}",
                    str(len(ssml(script))),
                )


def table(knows: Repertoire) -> str:
    """The rows as a Markdown table."""
    lines = [HEADER, tuple("---" for _ in HEADER), *rows(knows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
