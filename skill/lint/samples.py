"""Amazon's rules for one sample, and for the slots and values around it."""

import re
from collections import Counter
from collections.abc import Iterator

from skill.lint.read_model import SLOT, Intent, LanguageModel

Fault = tuple[str, str, str]
"""The text to look for in the file, what is wrong with it, and what to do."""

AMAZON_TYPES = frozenset(
    f"AMAZON.{name}"
    for name in (
        *("NUMBER", "DURATION", "TIME", "DATE", "FOUR_DIGIT_NUMBER", "Ordinal", "PhoneNumber"),
        *("SearchQuery", "FirstName", "City", "Country", "Language", "DayOfWeek"),
    )
)
SILENT = frozenset({"AMAZON.YesIntent", "AMAZON.NoIntent", "AMAZON.FallbackIntent"})
"""Built-ins that get no samples of ours: what they mean must not be widened."""
LONGEST_VALUE = 140
"""Characters of a slot value or a synonym."""

_ABBREVIATION = re.compile(r"([^\W\d_]\.)+('s)?")
_OTHER_MARKS = re.compile(r"[^\w\s'.-]")
_INTENT_NAME = re.compile(r"(AMAZON\.)?[A-Za-z_]+")


def sample_fault(sample: str) -> str | None:
    """Why Amazon would refuse a sample; None where it would not."""
    words = SLOT.sub(" ", sample)
    if not sample.strip():
        return "it is empty"
    if sample != " ".join(sample.split()):
        return "it has needless spaces"
    if re.search(r"\d", words):
        return "it has digits"
    if "{" in words or "}" in words:
        return "a brace in it has no partner"
    if found := _OTHER_MARKS.search(words):
        return f"{found[0]!r} may not stand in it"
    if any("." in word and not _ABBREVIATION.fullmatch(word) for word in words.split()):
        return "a period may stand in abbreviations only"
    return None


def sample_faults(model: LanguageModel) -> Iterator[Fault]:
    """Samples that break a rule of their own."""
    for intent, sample in model.samples():
        if reason := sample_fault(sample):
            yield (
                f'"{sample}"',
                f"{intent.name}: the sample {sample!r}: {reason}",
                ("write it in letters, spaces, apostrophes, hyphens and {slots} alone"),
            )
        if "{" in sample:
            yield from _slots_of_sample(intent, sample)
    for intent in model.intents:
        if intent.name in SILENT and intent.samples:
            yield (
                f'"{intent.name}"',
                f"{intent.name} has samples of ours",
                ("leave it to Alexa: take its samples away"),
            )


def _slots_of_sample(intent: Intent, sample: str) -> Iterator[Fault]:
    names = SLOT.findall(sample)
    for name in names:
        if name not in intent.types:
            yield (
                f'"{sample}"',
                f"{intent.name}: the sample {sample!r} has an undeclared slot",
                (f"declare {name!r} among the slots of {intent.name}, or mend its name"),
            )
    if max(Counter(names).values(), default=0) > 1:
        yield (
            f'"{sample}"',
            f"{intent.name}: the sample {sample!r} has a slot twice",
            ("name each slot once"),
        )
    is_query = any(intent.types.get(name) == "AMAZON.SearchQuery" for name in names)
    if is_query and (len(names) > 1 or not SLOT.sub("", sample).strip()):
        yield (
            f'"{sample}"',
            f"{intent.name}: a search query needs words around it, and no slot",
            ("put a carrier phrase around it, and other slots into samples of their own"),
        )


def slot_faults(model: LanguageModel) -> Iterator[Fault]:
    """Slots whose types do not exist, or that no sample has; types that no slot has."""
    ours, used = {kind.name for kind in model.types}, set()
    for intent in model.intents:
        if not _INTENT_NAME.fullmatch(intent.name):
            yield (
                f'"{intent.name}"',
                f"the intent name {intent.name!r} is not allowed",
                ("use letters and underscores"),
            )
        said = {name for sample in intent.samples for name in SLOT.findall(sample)}
        for slot in intent.slots:
            used.add(slot.type)
            if slot.type not in ours | AMAZON_TYPES:
                yield (
                    f'"{slot.type}"',
                    f"{intent.name}: the type {slot.type!r} is not defined",
                    ("define it among the types, or use one of Amazon's"),
                )
            if slot.name not in said:
                yield (
                    f'"{intent.name}"',
                    f"{intent.name}: no sample has its slot {slot.name!r}",
                    ("add a sample with it, or take the slot away"),
                )
    for name in sorted(ours - used):
        yield f'"{name}"', f"no slot is of the type {name!r}", "use it, or take it away"


def value_faults(model: LanguageModel) -> Iterator[Fault]:
    """Values that cannot be told apart, or that Amazon would refuse."""
    for kind in model.types:
        ids = Counter(value.id for value in kind.values)
        for value_id, count in ids.items():
            if count > 1 or not value_id:
                yield (
                    f'"{kind.name}"',
                    f"{kind.name}: the value id {value_id!r} is not unique",
                    ("give each value an id of its own"),
                )
        owner: dict[str, str] = {}
        for value in kind.values:
            for word in value.name.words:
                yield from _word_faults(kind.name, word)
                if owner.setdefault(word.lower(), value.id) != value.id:
                    yield (
                        f'"{word}"',
                        (f"{kind.name}: {word!r} means {owner[word.lower()]} and {value.id}"),
                        "leave it to one of them",
                    )


def _word_faults(kind: str, word: str) -> Iterator[Fault]:
    if not word.strip() or len(word) > LONGEST_VALUE or SLOT.search(word):
        yield (
            f'"{word}"',
            f"{kind}: the value {word!r} is empty, too long or holds a slot",
            (f"write 1 to {LONGEST_VALUE} characters"),
        )
