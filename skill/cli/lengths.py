"""The table of all exercises: how long each takes to say and to do, at each pace."""

from collections.abc import Iterator
from datetime import UTC, datetime

from skill.coach.session import guided_session
from skill.content import Content
from speech.script import Hold, Script
from speech.ssml import ssml
from speech.timeline import script_duration

_MORNING = datetime(2025, 1, 6, 8, tzinfo=UTC)
"""Any day will do: nothing was done on it yet."""

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


def rows(content: Content) -> Iterator[tuple[str, ...]]:
    """A row for each exercise, pace and wording, as in HEADER."""
    for exercise in content.exercises.exercise:
        for pace in content.exercises.pace:
            for is_new in (True, False):
                scripts = guided_scripts(content, exercise.id, pace.id, is_new=is_new)
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


def guided_scripts(content: Content, exercise: str, pace: str, *, is_new: bool) -> list[Script]:
    """Scripts that guide a cleared person through one session of an exercise, one a reply."""
    turns = guided_session(content, exercise, _MORNING, pace=pace, is_new=is_new)
    return [turn.reply.script for turn, _ in turns if turn.reply is not None]
