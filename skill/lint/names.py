"""Amazon's rules for an invocation name."""

import re
from collections.abc import Iterator

LAUNCH = frozenset(
    {"run", "start", "play", "resume", "use", "launch", "ask", "open", "tell", "load", "begin"}
    | {"enable"}
)
CONNECTING = frozenset(
    {"to", "from", "in", "using", "with", "about", "for", "that", "by", "if", "and", "whether"}
)
WAKE = frozenset({"alexa", "amazon", "echo", "computer", "ziggy"})
RESERVED = frozenset({"skill", "skills", "app", "apps"})
SMALL = frozenset({"a", "an", "the", "of", "on", "at", "as", "is", "it", "my", "me"})

SHORTEST, LONGEST = 2, 50
"""Characters."""


def name_faults(name: str) -> Iterator[str]:
    """What Amazon would not take in an invocation name."""
    words = name.split()
    if not re.fullmatch(r"[^\W\d_A-Z'.](?:[^\W\d_A-Z]|['. ])*", name) or name != " ".join(words):
        yield "only lower-case letters, apostrophes, periods and single spaces may stand in it"
    if not SHORTEST <= len(name) <= LONGEST:
        yield f"it must have {SHORTEST} to {LONGEST} characters"
    if len(words) < 2:
        yield "it must have two words or more"
    elif len(words) == 2 and SMALL.intersection(words):
        yield "a name of two words must not have an article or the like for one of them"
    for kind, forbidden in (
        ("launch word", LAUNCH),
        ("connecting word", CONNECTING),
        ("wake word", WAKE),
        ("reserved word", RESERVED),
    ):
        for word in sorted(forbidden.intersection(words)):
            yield f"it has the {kind} {word!r}"
