"""Overlap checks: samples that stand twice, or that Alexa could not tell apart."""

from collections.abc import Iterator

from interaction_models.model import IntentDefinition, LanguageModel
from interaction_models.rules import INTENTS_WITHOUT_SAMPLES
from skill.lint.language_rules import Rules
from skill.lint.samples import Fault

LONGEST_SPOKEN_VALUE = 6
"""Words of a slot value that is looked for inside other samples."""

_KEEP = "keep it in one of them"


def overlap_faults(model: LanguageModel, rules: Rules) -> Iterator[Fault]:
    """Overlap faults: duplicates, near-duplicates, and yes or no outside the built-ins."""
    owner: dict[str, IntentDefinition] = {}
    alike: dict[str, tuple[IntentDefinition, str]] = {}
    for intent, sample in model.samples():
        first = owner.setdefault(sample.lower(), intent)
        if first is not intent:
            yield f'"{sample}"', f"{sample!r} is a sample of {first.name} and {intent.name}", _KEEP
            continue
        other, twin = alike.setdefault(essence(intent, sample, rules), (intent, sample))
        if other is not intent:
            yield (
                f'"{sample}"',
                (f"{sample!r} of {intent.name} is nearly {twin!r} of {other.name}"),
                _KEEP,
            )
        if intent.name not in INTENTS_WITHOUT_SAMPLES and sample.lower() in rules.yes_or_no:
            yield (
                f'"{sample}"',
                f"{sample!r} of {intent.name} is a yes or a no",
                ("leave yes and no to Alexa's own intents"),
            )
    yield from _repeated(model)
    yield from _spoken_values(model)


def essence(intent: IntentDefinition, sample: str, rules: Rules) -> str:
    """Essence of a sample: what is left without the words that do not tell it from another."""
    plain = intent.typed(sample).lower().replace("'", "").replace(".", "").replace("-", " ")
    words = plain.split()
    return " ".join(word for word in words if word not in rules.filler) or plain


def _repeated(model: LanguageModel) -> Iterator[Fault]:
    for intent in model.intents:
        seen: set[str] = set()
        for sample in intent.samples:
            if sample.lower() in seen:
                yield f'"{sample}"', f"{intent.name}: {sample!r} stands twice", "keep it once"
            seen.add(sample.lower())


def _spoken_values(model: LanguageModel) -> Iterator[Fault]:
    """Samples that say outright what another intent's slot says too."""
    values = {word.lower(): kind.name for kind in model.types for v in kind.values
              for word in v.words}  # fmt: skip
    with_slots = {
        intent.typed(sample).lower(): intent for intent, sample in model.samples() if "{" in sample
    }
    for intent, sample in model.samples():
        for form in _with_types(sample.lower().split(), values):
            other = with_slots.get(form)
            if other is not None and other is not intent:
                yield (
                    f'"{sample}"',
                    (f"{sample!r} of {intent.name} is also {form!r} of {other.name}"),
                    _KEEP,
                )


def _with_types(words: list[str], values: dict[str, str]) -> Iterator[str]:
    """A sample with one of its runs of words taken for a slot."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_SPOKEN_VALUE, len(words)) + 1):
            kind = values.get(" ".join(words[start:end]))
            if kind is not None:
                yield " ".join([*words[:start], f"{{{kind.lower()}}}", *words[end:]])
