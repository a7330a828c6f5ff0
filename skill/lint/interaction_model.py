"""Interaction model checks: each locale by itself, beside the others, and beside the code."""

from collections.abc import Iterable, Iterator, Mapping

from interaction_models.model import BadModel, LanguageModel, read_model
from interaction_models.rules import LARGEST_MODEL, LOCALES, invocation_name_faults
from skill.alexa.intents import INTENTS
from skill.alexa.time_zone import OF_LOCALES
from skill.coach.events import Intent
from skill.lint import smapi_schema
from skill.lint.findings import Finding
from skill.lint.language_rules import read_rules
from skill.lint.overlaps import overlap_faults
from skill.lint.phrases_location import phrases_finding
from skill.lint.project import MODELS, Project, language_of
from skill.lint.samples import Fault, sample_faults, slot_faults, value_faults

_SIGNALS = {
    Intent.LAUNCH,
    Intent.SESSION_ENDED,
    Intent.PERMITTED,
    Intent.NOT_PERMITTED,
    Intent.ACTION_DONE,
}
"""What Alexa itself tells, with no words."""


def model_findings(project: Project) -> Iterator[Finding]:
    """Model findings: faults of the interaction models."""
    yield from _intents_nobody_can_say(project)
    read: dict[str, LanguageModel] = {}
    for locale, text in project.models.items():
        file = f"{MODELS}/{locale}.json"
        try:
            read[locale] = read_model(text)
        except BadModel as error:
            yield Finding(file, 0, f"this is no interaction model: {error}", "run make models")
            continue
        for difference in smapi_schema.differences(text, smapi_schema.MODEL):
            yield Finding(file, 0, f"schema: {difference}", "run make models")
        for wanted, problem, fix in _model_faults(project, locale, text, read[locale]):
            yield phrases_finding(project, locale, wanted.strip('"'), problem, fix)
    yield from _locale_parity_findings(project, read)


def _intents_nobody_can_say(project: Project) -> Iterator[Finding]:
    """What the coach can do, and no words lead to."""
    if not project.models:
        yield Finding(MODELS, 0, "there is no interaction model", "run make models")
    for intent in sorted(set(Intent) - set(INTENTS.values()) - _SIGNALS):
        fix = "give it a name of the model, or take it away"
        yield Finding("skill/alexa/intents.py", 0, f"nothing leads to {intent.value!r}", fix)


def _model_faults(
    project: Project, locale: str, text: str, model: LanguageModel
) -> Iterator[Fault]:
    yield from _locale_faults(locale, text)
    for fault in invocation_name_faults(model.invocation_name):
        yield (
            "invocation_name",
            f"invocation name {model.invocation_name!r}: {fault}",
            ("choose two or more plain words"),
        )
    yield from sample_faults(model)
    yield from slot_faults(model)
    yield from value_faults(model)
    if (rules := project.rules.get(language_of(locale))) is not None:
        yield from overlap_faults(model, read_rules(rules))
    yield from _handler_faults(model)


def _locale_faults(locale: str, text: str) -> Iterator[Fault]:
    if locale not in LOCALES:
        yield locale, f"Alexa has no locale {locale}", f"one of: {', '.join(sorted(LOCALES))}"
    if locale not in OF_LOCALES:
        yield (
            locale,
            f"nobody knows when a day ends in {locale}",
            ("give the locale a time zone in skill/alexa/time_zone.py"),
        )
    if len(text.encode()) > LARGEST_MODEL:
        yield locale, f"the model has more than {LARGEST_MODEL} bytes", "take some samples away"


def _handler_faults(model: LanguageModel) -> Iterator[Fault]:
    names = [intent.name for intent in model.intents]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f'"{name}"', f"the intent {name} stands twice", "put its samples into one"
    for name in names:
        if name not in INTENTS:
            yield (
                f'"{name}"',
                f"nothing handles {name}",
                ("add it to skill/alexa/intents.py, or take it from the phrases"),
            )
    for name in sorted(INTENTS.keys() - set(names)):
        yield (
            '"intents"',
            f"{name} is handled, but nobody can say it",
            ("add it to the phrases, or take it from skill/alexa/intents.py"),
        )
    for intent in model.intents:
        if not intent.name.startswith("AMAZON.") and not intent.samples:
            yield f'"{intent.name}"', f"{intent.name} has no samples", "add how people say it"


def _locale_parity_findings(
    project: Project, models: Mapping[str, LanguageModel]
) -> Iterator[Finding]:
    """What one locale has and another lacks."""
    everything = {locale: set(_model_parts(model)) for locale, model in models.items()}
    known = set().union(*everything.values())
    for locale, parts in everything.items():
        for part in sorted(known - parts):
            others = _comma_list(other for other, has in everything.items() if part in has)
            problem = f"{part} is missing in {locale}; {others} has it"
            fix = "let every locale have the same intents, slots and values"
            yield phrases_finding(project, locale, locale, problem, fix)


def _model_parts(model: LanguageModel) -> Iterator[str]:
    for intent in model.intents:
        yield f"the intent {intent.name}"
        for slot in intent.slots:
            yield f"the slot {slot.name} ({slot.type}) of {intent.name}"
    for kind in model.types:
        for value in kind.values:
            yield f"the value {value.id!r} of {kind.name}"


def _comma_list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
