"""Timeline: when each cue of a script begins and ends, and which mark was reached by then."""

from functools import lru_cache
from typing import TypeVar

from msgspec import Struct

from speech.duration import SpeechDuration, estimate_duration
from speech.script import Cue, Hold, Mark, Pause, Say, Script

DRIFT = 0.10
"""How far real speech may be from its estimate, as a share, before a mark is missed."""

_Mark = TypeVar("_Mark", bound=Mark)


class Span(Struct, frozen=True):
    """Span: a cue with its start and end, in seconds."""

    cue: Cue
    start: float
    end: float
    mark: Mark | None
    """The last mark at or before this cue."""


def timeline(
    script: Script, spoken: SpeechDuration = estimate_duration, stretch: float = 1.0
) -> list[Span]:
    """Timeline of a script: every cue with its start and end in seconds.

    Args:
        script: what is spoken.
        spoken: how long words take.
        stretch: factor on the spoken parts only; silences are exact.
    """
    spans: list[Span] = []
    now, mark = 0.0, None
    for cue in script.cues:
        if isinstance(cue, Mark):
            mark = cue
        length = _cue_seconds(cue, script.rate, spoken, stretch)
        spans.append(Span(cue, now, now + length, mark))
        now += length
    return spans


def _cue_seconds(cue: Cue, rate: float, spoken: SpeechDuration, stretch: float) -> float:
    match cue:
        case Say(text):
            return spoken(text, rate) * stretch
        case Pause(seconds):
            return seconds
        case Hold(seconds, halfway):
            # The silences around the words in the middle were fitted to their estimate.
            drift = stretch - 1.0
            return seconds + (spoken(halfway, rate) * drift if halfway else 0.0)
        case Mark():
            return 0.0


@lru_cache(maxsize=2000)
def script_duration(
    script: Script, spoken: SpeechDuration = estimate_duration, stretch: float = 1.0
) -> float:
    """Script duration: seconds from the start of the first cue to the end of the last."""
    return sum(_cue_seconds(cue, script.rate, spoken, stretch) for cue in script.cues)


def mark_at(
    script: Script,
    kind: type[_Mark],
    elapsed: float,
    spoken: SpeechDuration = estimate_duration,
    stretch: float = 1.0,
) -> _Mark | None:
    """Mark at a playback position: the last one of a kind that was reached by then.

    Args:
        script: what is spoken.
        kind: the class of marks to look for.
        elapsed: seconds since the script began.
        spoken: how long words take.
        stretch: factor on the spoken parts only; silences are exact.

    Returns:
        The mark; None before the first one.
    """
    reached = None
    for mark, start in marks(script, spoken, stretch):
        if start > elapsed:
            break
        if isinstance(mark, kind):
            reached = mark
    return reached


@lru_cache(maxsize=4000)
def marks(
    script: Script, spoken: SpeechDuration = estimate_duration, stretch: float = 1.0
) -> tuple[tuple[Mark, float], ...]:
    """Mark times: each mark of a script, and the second at which it comes."""
    spans = timeline(script, spoken, stretch)
    return tuple((span.cue, span.start) for span in spans if isinstance(span.cue, Mark))
