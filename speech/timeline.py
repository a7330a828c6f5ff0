"""Where in a script a moment lies, and when a place comes."""

from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from speech.duration import spoken_seconds
from speech.script import Cue, Hold, Mark, Pause, Say, Script

SpeechDuration = Callable[[str, float], float]
"""Seconds that a text takes at a rate: an estimate, or the length of real sound."""

DRIFT = 0.10
"""How far real speech may be from its estimate, as a share, before a place is lost."""


class Span(Struct, frozen=True):
    """A cue on the timeline."""

    cue: Cue
    start: float
    end: float
    place: Mark | None
    """The last mark at or before this cue."""


def timeline(
    script: Script, spoken: SpeechDuration = spoken_seconds, stretch: float = 1.0
) -> list[Span]:
    """Every cue with its start and end in seconds.

    Args:
        script: what is spoken.
        spoken: how long words take.
        stretch: factor on the spoken parts only; silences are exact.
    """
    spans: list[Span] = []
    now, place = 0.0, None
    for cue in script.cues:
        if isinstance(cue, Mark):
            place = cue
        length = _seconds(cue, script.rate, spoken, stretch)
        spans.append(Span(cue, now, now + length, place))
        now += length
    return spans


def _seconds(cue: Cue, rate: float, spoken: SpeechDuration, stretch: float) -> float:
    match cue:
        case Say(text):
            return spoken(text, rate) * stretch
        case Pause(seconds):
            return seconds
        case Hold(seconds, halfway):
            # The silences around a halfway cue were fitted to its estimate.
            drift = stretch - 1.0
            return seconds + (spoken(halfway, rate) * drift if halfway else 0.0)
        case Mark():
            return 0.0


@lru_cache(maxsize=2000)
def duration(
    script: Script, spoken: SpeechDuration = spoken_seconds, stretch: float = 1.0
) -> float:
    """Seconds from the first word to the last cue's end."""
    return sum(_seconds(cue, script.rate, spoken, stretch) for cue in script.cues)


def mark_at(
    script: Script, elapsed: float, spoken: SpeechDuration = spoken_seconds, stretch: float = 1.0
) -> Mark | None:
    """The place that guidance had reached after so many seconds; None before the first mark."""
    place = None
    for mark, start in marks(script, spoken, stretch):
        if start > elapsed:
            break
        place = mark
    return place


@lru_cache(maxsize=4000)
def marks(
    script: Script, spoken: SpeechDuration = spoken_seconds, stretch: float = 1.0
) -> tuple[tuple[Mark, float], ...]:
    """Each mark and the second at which it comes."""
    spans = timeline(script, spoken, stretch)
    return tuple((span.cue, span.start) for span in spans if isinstance(span.cue, Mark))
