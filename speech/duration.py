"""Speech duration: how many seconds a sentence takes to say, estimated from its letters alone.

The coefficients were fitted by least squares (each text weighed by the inverse of its length)
to the audio of libespeak-ng 1.52, voice en-us, at the pace of Alexa: 155 words a minute over
all English wording, each message whole and each of its sentences alone (692 texts, 48 minutes).
At rate 1.0 the mean absolute error is 0.17 s (5.5%), at 95% 0.46 s, at worst 1.25 s; texts that a
fit has not seen do no worse. `python -m tests.bench.spoken_length --fit` measures all of this.

Alexa's own voice was not within reach to be measured. Other languages than English need
coefficients of their own.
"""

import re
from collections.abc import Callable
from functools import lru_cache

SpeechDuration = Callable[[str, float], float]
"""Seconds that a text takes at a rate: an estimate, or the length of its real audio."""

SECONDS_PER_TEXT = 0.193
SECONDS_PER_WORD = 0.057
SECONDS_PER_SYLLABLE = 0.0255
SECONDS_PER_LETTER = 0.0522
SECONDS_PER_COMMA = 0.456
SECONDS_PER_COLON = 0.542
SECONDS_PER_SENTENCE_END = 0.687
SECONDS_PER_QUOTE = 0.216

COEFFICIENTS = (
    SECONDS_PER_TEXT,
    SECONDS_PER_WORD,
    SECONDS_PER_SYLLABLE,
    SECONDS_PER_LETTER,
    SECONDS_PER_COMMA,
    SECONDS_PER_COLON,
    SECONDS_PER_SENTENCE_END,
    SECONDS_PER_QUOTE,
)

_COMMA, _COLONS, _ENDS = ",", ":;–—", ".!?…"  # noqa: RUF001 - both dashes are meant
_APOSTROPHES, _QUOTES = "'’", '"“”()'  # noqa: RUF001 - straight and curly are meant
# Punctuation at either end makes no pause: audio is trimmed to its first and last sound.
_EDGES = f" \t\r\n‘{_COMMA}{_COLONS}{_ENDS}{_APOSTROPHES}{_QUOTES}"  # noqa: RUF001
_PAUSE = re.compile(rf"([{_COMMA}{_COLONS}{_ENDS}])[{_APOSTROPHES}{_QUOTES}]*\s")
_QUOTE = re.compile(rf"[{_QUOTES}]")
# A word is a run of letters or digits; "you're" is one.
_WORD = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*")
# A group of vowels sounds as one syllable, and so, roughly, does a digit.
_VOWELS = re.compile(r"[aeiouyà-æè-ïò-öù-ÿœ]+|\d")
# English keeps a last e silent ("raise", "raises", "raised"), but not in "little", "houses"
# and "treated", nor beside another vowel.
_SILENT_E = re.compile(
    r"e(?<![aeiouy\W]e)(?:\b(?<![bcdfgkpstz]le)|s\b(?<![cghsxz]es)|d\b(?<![dt]ed))"
)


def estimate_duration(text: str, rate: float = 1.0) -> float:
    """Estimate of a text's speech duration, in seconds from its first sound to its last.

    Args:
        text: what is said; one without a word takes 0.0 seconds.
        rate: the speech rate: 1.0 normal, 0.85 slower, 1.12 faster.

    Raises:
        ValueError: the rate is not positive.
    """
    if not rate > 0:
        raise ValueError(f"nothing can be said at a rate of {rate}")
    return _seconds_at_normal_rate(text) / rate


def features(text: str) -> tuple[int, ...]:
    """Feature vector of a text, one count for each of COEFFICIENTS; all zero without a word."""
    spoken = text.strip(_EDGES).lower()
    words = _WORD.findall(spoken)
    if not words:
        return (0,) * len(COEFFICIENTS)
    pauses = _PAUSE.findall(spoken)
    commas = pauses.count(_COMMA)
    colons = sum(map(pauses.count, _COLONS))
    return (
        1,
        len(words),
        len(_VOWELS.findall(spoken)) - len(_SILENT_E.findall(spoken)),
        sum(map(len, words)),
        commas,
        colons,
        len(pauses) - commas - colons,
        len(_QUOTE.findall(spoken)),
    )


@lru_cache(maxsize=4096)
def _seconds_at_normal_rate(text: str) -> float:
    return sum(cost * count for cost, count in zip(COEFFICIENTS, features(text), strict=True))
