"""SSML player: a response as timed pieces of speech and silence, in seconds."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from msgspec import Struct

from speech.duration import SpeechDuration, estimate_duration
from speech.ssml import LONGEST_BREAK, MOST_CHARACTERS

_SECONDS_PER_MILLISECOND = 0.001
_SLOWEST_PERCENT = 20
_TIME = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")
_RATE = re.compile(r"(\d+(?:\.\d+)?)%")


class BadSsml(ValueError):
    """SSML that no device would speak."""


class Piece(Struct, frozen=True):
    """Piece of what is played: speech, or silence where the text is empty."""

    text: str
    start: float
    """Seconds from the beginning."""
    seconds: float
    rate: float = 1.0
    """The rate at which the text is spoken."""

    @property
    def end(self) -> float:
        """End of this piece, in seconds from the beginning."""
        return self.start + self.seconds


def play(ssml: str, spoken: SpeechDuration = estimate_duration) -> tuple[Piece, ...]:
    """Play: the pieces of an SSML text, in order; neighbouring breaks are one silence.

    `spoken` tells how long words take.

    Raises:
        BadSsml: the text is not well formed, or has an element or a time that is not understood.
    """
    if len(ssml) >= MOST_CHARACTERS:
        raise BadSsml(f"{len(ssml)} characters; the limit is {MOST_CHARACTERS}")
    try:
        root = ET.fromstring(ssml)  # noqa: S314 - from the skill in the same program
    except ET.ParseError as error:
        raise BadSsml(str(error)) from None
    if root.tag != "speak":
        raise BadSsml(f"<{root.tag}> is not <speak>")
    return tuple(_time_pieces(_merge_silences(_parts_of_element(root, 1.0)), spoken))


_Part = tuple[str, float]
"""Words and their rate; no words and the seconds of a silence."""


def _parts_of_element(element: ET.Element, rate: float) -> Iterator[_Part]:
    if element.tag == "break":
        yield "", _seconds_of_break(element.get("time", ""))
        return
    if element.tag == "prosody":
        rate = _rate_of_prosody(element.get("rate", "100%"))
    elif element.tag not in ("speak", "p", "s"):
        raise BadSsml(f"<{element.tag}> is not understood")
    yield from _words_at_rate(element.text, rate)
    for child in element:
        yield from _parts_of_element(child, rate)
        yield from _words_at_rate(child.tail, rate)


def _words_at_rate(text: str | None, rate: float) -> Iterator[_Part]:
    words = " ".join((text or "").split())
    if words:
        yield words, rate


def _merge_silences(parts: Iterator[_Part]) -> Iterator[_Part]:
    quiet = 0.0
    for text, number in parts:
        if not text:
            quiet += number
            continue
        if quiet:
            yield "", quiet
            quiet = 0.0
        yield text, number
    if quiet:
        yield "", quiet


def _time_pieces(parts: Iterator[_Part], spoken: SpeechDuration) -> Iterator[Piece]:
    now = 0.0
    for text, number in parts:
        rate = number if text else 1.0
        seconds = spoken(text, rate) if text else number
        yield Piece(text, now, seconds, rate)
        now += seconds


def _seconds_of_break(value: str) -> float:
    match = _TIME.fullmatch(value)
    if match is None:
        raise BadSsml(f"{value!r} is not a time")
    seconds = float(match[1]) * (_SECONDS_PER_MILLISECOND if match[2] == "ms" else 1)
    if seconds > LONGEST_BREAK:
        raise BadSsml(f"a break of {value} is longer than {LONGEST_BREAK:g} s")
    return seconds


def _rate_of_prosody(value: str) -> float:
    match = _RATE.fullmatch(value)
    if match is None or float(match[1]) < _SLOWEST_PERCENT:
        raise BadSsml(f"{value!r} is not a rate")
    return float(match[1]) / 100
