"""Length table: how long each exercise takes to say and to do, at each pace, in seconds."""

from collections.abc import Iterator

from skill.coach.session import guided_scripts
from skill.content import Content
from speech.script import Hold
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


def rows(content: Content) -> Iterator[tuple[str, ...]]:
    """Rows of the table, one for each exercise, pace and wording; the columns are in HEADER."""
    for exercise in content.exercises.exercise:
        for pace in content.exercises.pace:
            for is_new in (True, False):
                scripts = guided_scripts(content, exercise.id, pace=pace.id, is_new=is_new)
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


def length_table(content: Content) -> str:
    """Markdown table of the rows, with its header."""
    lines = [HEADER, tuple("---" for _ in HEADER), *rows(content)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
