"""SSML dialect check: whether Alexa would speak a text."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from speech.ssml import LONGEST_BREAK, MOST_CHARACTERS

ALLOWED: dict[str, frozenset[str]] = {
    "speak": frozenset(),
    "break": frozenset({"time", "strength"}),
    "p": frozenset(),
    "s": frozenset(),
    "prosody": frozenset({"rate", "pitch", "volume"}),
    "say-as": frozenset({"interpret-as", "format"}),
    "sub": frozenset({"alias"}),
    "audio": frozenset({"src"}),
    "emphasis": frozenset({"level"}),
}
"""Elements that Alexa speaks in all locales, and their attributes."""

SLOWEST, FASTEST = 20, 200
"""Percent of the voice's own rate."""

_TIME = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")
_PERCENT = re.compile(r"(\d+)%")


def ssml_faults(ssml: str) -> Iterator[str]:
    """What Alexa would not take in an SSML text."""
    if len(ssml) >= MOST_CHARACTERS:
        yield f"it has {len(ssml)} characters; Alexa takes fewer than {MOST_CHARACTERS}"
    try:
        root = ET.fromstring(ssml)  # noqa: S314 - our own text, with no entities
    except ET.ParseError as error:
        yield f"it is not well-formed: {error}"
        return
    if root.tag != "speak":
        yield f"it begins with <{root.tag}>, not with <speak>"
    if not "".join(root.itertext()).strip():
        yield "it says nothing"
    for element in root.iter():
        yield from _of_element(element, is_root=element is root)


def _of_element(element: ET.Element, *, is_root: bool) -> Iterator[str]:
    attributes = ALLOWED.get(element.tag)
    if attributes is None or (element.tag == "speak" and not is_root):
        yield f"<{element.tag}> is no tag of Alexa's"
        return
    for name, value in element.attrib.items():
        if name not in attributes:
            yield f"<{element.tag}> has no attribute {name!r}"
        elif name == "time" and not _is_short(value):
            yield f"a break of {value!r} is longer than {LONGEST_BREAK:g} s, or no time"
        elif name == "rate" and not _is_rate(value):
            yield f"a rate of {value!r} is not within {SLOWEST}% and {FASTEST}%"


def _is_short(time: str) -> bool:
    found = _TIME.fullmatch(time)
    return (
        found is not None and float(found[1]) / (1000 if found[2] == "ms" else 1) <= LONGEST_BREAK
    )


def _is_rate(rate: str) -> bool:
    found = _PERCENT.fullmatch(rate)
    named = rate in ("x-slow", "slow", "medium", "fast", "x-fast")
    return named or (found is not None and SLOWEST <= int(found[1]) <= FASTEST)
