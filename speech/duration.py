"""How long a sentence takes to say, estimated from its letters alone.

The coefficients were fitted by least squares (each text weighed by the inverse of its length)
to the sound of libespeak-ng 1.52, voice en-us, at the pace of Alexa: 155 words a minute over
the whole of en.ftl, each message whole and each of its sentences alone (692 texts, 48 minutes).

    rate   mean error   mean absolute     90%      95%     worst    total
    0.85    -0.04 s     0.21 s (5.5%)   0.45 s   0.57 s   1.24 s   -0.7%
    1.0     -0.01 s     0.17 s (5.5%)   0.38 s   0.46 s   1.25 s   -0.1%
    1.12    +0.03 s     0.16 s (5.5%)   0.34 s   0.43 s   1.30 s   +0.7%

All but one text in a thousand come within 25% or 0.35 s; the worst are the longest. Texts that a
fit has not seen do no worse (five folds: 0.17 s). Real length goes with 1 / rate to within 1%.
`python -m tests.bench.spoken_length --fit` prints all of this anew. Alexa's own voice was not
within reach to be measured; other languages than English need coefficients of their own.
"""

import re
from functools import lru_cache

SECONDS_PER_CLIP = 0.193
SECONDS_PER_WORD = 0.057
SECONDS_PER_SYLLABLE = 0.0255
SECONDS_PER_LETTER = 0.0522
SECONDS_PER_COMMA = 0.456
SECONDS_PER_COLON = 0.542
SECONDS_PER_SENTENCE_END = 0.687
SECONDS_PER_QUOTE = 0.216

COEFFICIENTS = (
    SECONDS_PER_CLIP,
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
# Marks at either end make no pause that is heard: the clip is cut at its first and last sound.
_EDGES = f" \t\r\n‘{_COMMA}{_COLONS}{_ENDS}{_APOSTROPHES}{_QUOTES}"  # noqa: RUF001
_PAUSE = re.compile(rf"([{_COMMA}{_COLONS}{_ENDS}])[{_APOSTROPHES}{_QUOTES}]*\s")
_QUOTE = re.compile(rf"[{_QUOTES}]")
# A word is a run of letters or digits; "you're" is one.
_WORD = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*")
# A group of vowels sounds as one syllable, and so, roughly, does a digit.
_VOWELS = re.compile(r"[aeiouyà-æè-ïò-öù-ÿœ]+|\d")
# English keeps a last e silent ("raise", "raises", "raised"), but not in "little", "exercises"
# and "treated", nor beside another vowel.
_SILENT_E = re.compile(
    r"e(?<![aeiouy\W]e)(?:\b(?<![bcdfgkpstz]le)|s\b(?<![cghsxz]es)|d\b(?<![dt]ed))"
)


def spoken_seconds(text: str, rate: float = 1.0) -> float:
    """Seconds from the first sound to the last when `text` is said; 0.0 where there is no word.

    `rate` is the pace: 1.0 normal, 0.85 slower, 1.12 faster. Raises ValueError if not positive.
    """
    if not rate > 0:
        raise ValueError(f"nothing can be said at a rate of {rate}")
    return _seconds_at_normal_rate(text) / rate


def features(text: str) -> tuple[int, ...]:
    """What COEFFICIENTS are multiplied with; all zero where there is no word."""
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
