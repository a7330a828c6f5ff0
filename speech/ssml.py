"""SSML (speech synthesis markup language): a script as Alexa takes it, within its limits."""

from collections.abc import Iterator
from functools import lru_cache
from xml.sax.saxutils import escape

from speech.duration import SpeechDuration, estimate_duration
from speech.script import Cue, Hold, Mark, Pause, Say, Script

LONGEST_BREAK = 10.0
"""Seconds. Alexa's limit for one break; longer silences are chains of breaks."""

MOST_CHARACTERS = 8000
"""Alexa's limit for one outputSpeech, tags included; a text must stay below it."""


class TooLong(ValueError):
    """Length limit exceeded: a script that Alexa would refuse to speak."""


@lru_cache(maxsize=2000)
def ssml(script: Script, spoken: SpeechDuration = estimate_duration) -> str:
    """SSML of a script, as one `<speak>` element.

    Args:
        script: what is spoken.
        spoken: how long the words in the middle of a hold take.

    Raises:
        TooLong: the result would not be below MOST_CHARACTERS.
    """
    parts = [part for cue in script.cues for part in _ssml_of_cue(cue, script.rate, spoken)]
    body = " ".join(part for part in parts if part)
    if script.rate != 1.0:
        body = f'<prosody rate="{round(script.rate * 100)}%">{body}</prosody>'
    whole = f"<speak>{body}</speak>"
    if len(whole) >= MOST_CHARACTERS:
        raise TooLong(f"{len(whole)} characters; the limit is {MOST_CHARACTERS}")
    return whole


def _ssml_of_cue(cue: Cue, rate: float, spoken: SpeechDuration) -> Iterator[str]:
    match cue:
        case Say(text):
            yield escape(text)
        case Pause(seconds) | Hold(seconds, ""):
            yield _break_chain(seconds)
        case Hold(seconds, halfway):
            before = seconds / 2
            yield _break_chain(before)
            yield escape(halfway)
            yield _break_chain(seconds - before - spoken(halfway, rate))
        case Mark():
            return


def _break_chain(seconds: float) -> str:
    """A chain of breaks of at most LONGEST_BREAK each, exact to a millisecond."""
    left = round(seconds * 1000)
    longest = round(LONGEST_BREAK * 1000)
    chain = []
    while left > 0:
        piece = min(left, longest)
        chain.append(f'<break time="{_format_break_time(piece)}"/>')
        left -= piece
    return "".join(chain)


def _format_break_time(milliseconds: int) -> str:
    return f"{milliseconds}ms" if milliseconds % 1000 else f"{milliseconds // 1000}s"
