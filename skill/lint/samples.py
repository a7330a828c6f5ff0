"""Model findings: where a language model breaks Amazon's rules for samples, slots and values."""

from collections.abc import Iterator

from interaction_models.model import SLOT, IntentDefinition, LanguageModel
from interaction_models.rules import (
    BUILT_IN_TYPES,
    INTENTS_WITHOUT_SAMPLES,
    LONGEST_VALUE,
    intent_name_fault,
    sample_fault,
    sample_slot_faults,
    slot_name_fault,
    slot_type_faults,
)

Fault = tuple[str, str, str]
"""The text to look for in the file, what is wrong with it, and what to do."""


def sample_faults(model: LanguageModel) -> Iterator[Fault]:
    """Sample faults: samples that break a rule of their own."""
    for intent, sample in model.samples():
        told = f"{intent.name}: the sample {sample!r}"
        if reason := sample_fault(sample):
            fix = "write it in letters, spaces, apostrophes, hyphens and {slots} alone"
            yield f'"{sample}"', f"{told}: {reason}", fix
        if "{" in sample:
            for reason in sample_slot_faults(sample, intent.slot_types):
                fix = f"name each slot of {intent.name} once, as it is declared, with words around"
                yield f'"{sample}"', f"{told}: {reason}", fix
    for intent in model.intents:
        if intent.name in INTENTS_WITHOUT_SAMPLES and intent.samples:
            fix = "leave it to Alexa: take its samples away"
            yield f'"{intent.name}"', f"{intent.name} has samples of ours", fix


def slot_faults(model: LanguageModel) -> Iterator[Fault]:
    """Slot faults: slots of no known type, or that no sample has; types that no slot has."""
    ours, used = {kind.name for kind in model.types}, set()
    for intent in model.intents:
        used |= {slot.type for slot in intent.slots}
        if reason := intent_name_fault(intent.name):
            problem = f"the intent name {intent.name!r}: {reason}"
            yield f'"{intent.name}"', problem, "give it another name"
        yield from _declaration_faults(intent, ours)
    for name in sorted(ours - used):
        yield f'"{name}"', f"no slot is of the type {name!r}", "use it, or take it away"


def _declaration_faults(intent: IntentDefinition, ours: set[str]) -> Iterator[Fault]:
    said = {name for sample in intent.samples for name in SLOT.findall(sample)}
    for slot in intent.slots:
        if reason := slot_name_fault(slot.name):
            problem = f"{intent.name}: the slot name {slot.name!r}: {reason}"
            yield f'"{slot.name}"', problem, "give it another name"
        if slot.type not in ours | BUILT_IN_TYPES:
            problem = f"{intent.name}: the type {slot.type!r} is not defined"
            yield f'"{slot.type}"', problem, "define it among the types, or use one of Amazon's"
        if slot.name not in said:
            problem = f"{intent.name}: no sample has its slot {slot.name!r}"
            yield f'"{intent.name}"', problem, "add a sample with it, or take the slot away"


def value_faults(model: LanguageModel) -> Iterator[Fault]:
    """Value faults: values that cannot be told apart, or that Amazon would refuse."""
    for kind in model.types:
        for word, reason in slot_type_faults(kind):
            fix = f"write words of 1 to {LONGEST_VALUE} characters that mean this value alone"
            yield f'"{word}"', f"{kind.name}: {word!r}: {reason}", fix
