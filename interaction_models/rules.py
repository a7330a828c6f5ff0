"""Amazon's rules for an interaction model: samples, slots, slot types, values, invocation names.

Each function gives the reasons why Amazon would refuse one piece, in words. The generator raises
them with the line of the phrases file; `back-coach check` lists them as findings. Source: the
Alexa Skills Kit's pages "Create Intents, Utterances, and Slots", "Slot Type Reference" and
"Choose the Invocation Name for a Custom Skill".
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from interaction_models.model import SLOT, SlotType

LOCALES = frozenset(
    {"ar-SA", "de-DE", "en-AU", "en-CA", "en-GB", "en-IN", "en-US", "es-ES", "es-MX", "es-US"}
    | {"fr-CA", "fr-FR", "hi-IN", "it-IT", "ja-JP", "nl-NL", "pt-BR"}
)
"""Locales in which Alexa is spoken."""

LARGEST_MODEL = 1_500_000
"""Size limit of a model's file, in bytes."""

MOST_SAMPLES = 1200
"""Most samples of one intent. This limit is ours, not Amazon's: more of them drown the other
intents. Only danger comes near to it."""

LONGEST_VALUE = 140
"""Length limit of a slot value or a synonym, in characters."""

SHORTEST_NAME, LONGEST_NAME = 2, 50
"""Length limits of an invocation name, in characters."""

BUILT_IN_TYPES = frozenset(
    f"AMAZON.{name}"
    for name in (
        *("NUMBER", "DURATION", "TIME", "DATE", "FOUR_DIGIT_NUMBER", "Ordinal", "PhoneNumber"),
        *("SearchQuery", "FirstName", "City", "Country", "Language", "DayOfWeek"),
    )
)
"""Built-in slot types that every English locale has."""

INTENTS_WITHOUT_SAMPLES = frozenset(
    {"AMAZON.YesIntent", "AMAZON.NoIntent", "AMAZON.FallbackIntent"}
)
"""Built-in intents that get no samples of ours: what they mean must not be widened."""

_LAUNCH = frozenset(
    {"run", "start", "play", "resume", "use", "launch", "ask", "open", "tell", "load", "begin"}
    | {"enable"}
)
_CONNECTING = frozenset(
    {"to", "from", "in", "using", "with", "about", "for", "that", "by", "if", "and", "whether"}
)
_WAKE = frozenset({"alexa", "amazon", "echo", "computer", "ziggy"})
_RESERVED = frozenset({"skill", "skills", "app", "apps"})
_SMALL = frozenset({"a", "an", "the", "of", "on", "at", "as", "is", "it", "my", "me"})

_ABBREVIATION = re.compile(r"([^\W\d_]\.)+('s)?")
_OTHER_MARKS = re.compile(r"[^\w\s'.-]")
_INTENT_NAME = re.compile(r"(AMAZON\.)?[A-Za-z_]+")
_SLOT_NAME = re.compile(r"[A-Za-z][A-Za-z_]*")
_INVOCATION_NAME = re.compile(r"[^\W\d_A-Z'.](?:[^\W\d_A-Z]|['. ])*")


def sample_fault(sample: str) -> str | None:
    """Sample utterance rules: why Amazon would refuse this text; None where it would not."""
    words = SLOT.sub(" ", sample)
    if not sample.strip():
        return "it is empty"
    if sample != " ".join(sample.split()):
        return "it has needless spaces"
    if re.search(r"\d", words):
        return "it has digits; write the number as a word"
    if "{" in words or "}" in words:
        return "a brace in it has no partner"
    if found := _OTHER_MARKS.search(words):
        return f"{found[0]!r} may not stand in it"
    if any("." in word and not _ABBREVIATION.fullmatch(word) for word in words.split()):
        return "a period may stand in abbreviations only"
    return None


def sample_slot_faults(sample: str, slot_types: Mapping[str, str]) -> Iterator[str]:
    """Slot rules of a sample utterance: what Amazon would not take in the slots that it has.

    Args:
        sample: the text, slots in braces by their name.
        slot_types: the slots that its intent declares, with their types.
    """
    names = SLOT.findall(sample)
    for name in names:
        if name not in slot_types:
            yield f"its slot {name!r} is undeclared"
    for name, times in Counter(names).items():
        if times > 1:
            yield f"it has the slot {name!r} twice"
    is_query = any(slot_types.get(name) == "AMAZON.SearchQuery" for name in names)
    if is_query and (len(names) > 1 or not SLOT.sub("", sample).strip()):
        yield "a search query needs words around it, and no other slot"


def intent_name_fault(name: str) -> str | None:
    """Intent name rule: why Amazon would refuse it; None where it would not."""
    return None if _INTENT_NAME.fullmatch(name) else "only letters and underscores are allowed"


def slot_name_fault(name: str) -> str | None:
    """Slot name rule: why Amazon would refuse it; None where it would not."""
    return None if _SLOT_NAME.fullmatch(name) else "only letters and underscores are allowed"


def value_fault(text: str) -> str | None:
    """Slot value rule: why Amazon would refuse a name or a synonym; None where it would not."""
    if not text.strip():
        return "it is empty"
    if len(text) > LONGEST_VALUE:
        return f"it is too long; {LONGEST_VALUE} characters fit"
    return "it holds a slot" if SLOT.search(text) else None


def slot_type_faults(kind: SlotType) -> Iterator[tuple[str, str]]:
    """Slot type rules: each word or id at fault with the reason.

    An id must be unique, and a word must mean one value only, in capitals or not.
    """
    for value_id, count in Counter(value.id for value in kind.values).items():
        if count > 1 or not value_id:
            yield value_id, "this value id is not unique"
    owner: dict[str, str] = {}
    for value in kind.values:
        for word in value.words:
            if fault := value_fault(word):
                yield word, fault
            first = owner.setdefault(word.lower(), value.id)
            if first != value.id:
                yield word, f"it means {first} and {value.id}"


def invocation_name_faults(name: str) -> Iterator[str]:
    """Invocation name rules: what Amazon would not take in it."""
    words = name.split()
    if not _INVOCATION_NAME.fullmatch(name) or name != " ".join(words):
        yield "only lower-case letters, apostrophes, periods and single spaces may stand in it"
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        yield f"it must have {SHORTEST_NAME} to {LONGEST_NAME} characters"
    if len(words) < 2:
        yield "it must have two words or more"
    elif len(words) == 2 and _SMALL.intersection(words):
        yield "a name of two words must not have an article or the like for one of them"
    for kind, forbidden in (
        ("launch word", _LAUNCH),
        ("connecting word", _CONNECTING),
        ("wake word", _WAKE),
        ("reserved word", _RESERVED),
    ):
        for word in sorted(forbidden.intersection(words)):
            yield f"it has the {kind} {word!r}"
