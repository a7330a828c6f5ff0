"""Model generator: expands the phrases into one Alexa interaction model per locale.

``python -m interaction_models.generate`` writes the models; with ``--check`` it writes nothing
and exits 1 when a committed model differs from what its phrases say.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from hassil.errors import HassilError
from hassil.expression import Expression, Sentence
from hassil.parse_expression import parse_sentence
from hassil.parser import ParseError
from hassil.sample import sample_sentence

from interaction_models.model import (
    IntentDefinition,
    LanguageModel,
    SlotDefinition,
    SlotType,
    TypeValue,
    ValueName,
    write_model,
)
from interaction_models.phrases import Additions, IntentPhrases, Phrases, PhrasesError, Text, read
from interaction_models.rules import (
    BUILT_IN_TYPES,
    INTENTS_WITHOUT_SAMPLES,
    MOST_SAMPLES,
    intent_name_fault,
    invocation_name_faults,
    sample_fault,
    sample_slot_faults,
    slot_name_fault,
    slot_type_faults,
)
from interaction_models.sampling import TemplateSampler, pairs, pairwise_sample

FOLDER = Path(__file__).parent

THIN_ABOVE = 16
"""A template with more sentences than this is thinned to those that add a new pair of words."""

WEAVE_ABOVE = 24
"""Of a template with more sentences than this only a few are ever written out."""


def _is_product(template: str) -> bool:
    """Tell whether a template combines choices, rather than listing whole sentences."""
    return sum(template.count(opening) for opening in "([<") > 1


class _Expander:
    """Template expander of one language; names the line of a template that is at fault."""

    def __init__(self, phrases: Phrases) -> None:
        self._rules: dict[str, Sentence] = {}
        self._expanded: dict[tuple[str, bool], list[str]] = {}
        for name, body in phrases.rules.items():
            self._rules[name] = self._parse(body, f"rules.{name}")

    def fail(self, text: Text, place: str, reason: str) -> PhrasesError:
        return PhrasesError(f"{text.file}:{text.line}: {place}: {str(text)!r}: {reason}")

    def _parse(self, text: Text, place: str) -> Sentence:
        try:
            return parse_sentence(str(text))
        except (ParseError, HassilError, ValueError) as error:
            raise self.fail(text, place, f"no valid template ({error})") from error

    def expand(self, template: Text, place: str, *, weave: bool = True) -> list[str]:
        """Expand a template to its sentences, checked against Alexa's rules.

        That is every sentence, or a woven few where the choices multiply to very many.
        """
        known = self._expanded.get((template, weave))
        if known is not None:
            return known
        try:
            texts = self._template_sentences(self._parse(template, place).expression, weave=weave)
        except HassilError as error:
            raise self.fail(template, place, str(error)) from error
        samples = list(dict.fromkeys(" ".join(text.split()) for text in texts))
        for sample in samples:
            if reason := sample_fault(sample):
                raise self.fail(template, place, f"sample {sample!r}: {reason}")
        self._expanded[template, weave] = samples
        return samples

    def _template_sentences(self, body: Expression, *, weave: bool) -> list[str]:
        loom = TemplateSampler(self._rules, with_options=True)
        if weave and loom.count(body) > WEAVE_ABOVE:
            return [
                *TemplateSampler(self._rules, with_options=False).woven(body),
                *loom.woven(body),
            ]
        sentence = Sentence(expression=body)
        return list(sample_sentence(sentence, expansion_rules=self._rules, expand_lists=False))

    def expand_all(
        self, templates: Iterable[Text], place: str, *, thin: bool
    ) -> Iterator[tuple[Text, str]]:
        """Yield each new sentence with its template; overlapping templates are merged."""
        written: set[str] = set()
        seen: set[str] = set()
        held: set[tuple[str, str]] = set()
        for template in templates:
            if template in written:
                raise self.fail(template, place, "this template stands here twice")
            written.add(template)
            samples = self.expand(template, place, weave=thin)
            many = thin and len(samples) > THIN_ABOVE and _is_product(template)
            for sample in pairwise_sample(samples, held) if many else samples:
                if sample.lower() not in seen:
                    seen.add(sample.lower())
                    held |= pairs(sample)
                    yield template, sample


def _invocation_name(phrases: Phrases, extra: Additions, expander: _Expander) -> str:
    name = extra.invocation_name or phrases.invocation_name
    for fault in invocation_name_faults(name):
        raise expander.fail(name, "invocation_name", fault)
    return str(name)


def _slot_type(phrases: Phrases, expander: _Expander, extra: Additions, name: str) -> SlotType:
    values = []
    origins: dict[str, tuple[Text, str]] = {}
    for value in phrases.types[name]:
        place = f"types.{name}.{value.id}"
        origins[value.name.lower()] = origins[value.id] = value.name, place
        synonyms = []
        more = extra.types.get(name, {}).get(value.id, [])
        for template, synonym in expander.expand_all([*value.synonyms, *more], place, thin=False):
            if synonym.lower() != value.name.lower():
                origins[synonym.lower()] = template, place
                synonyms.append(synonym)
        values.append(TypeValue(id=value.id, name=ValueName(str(value.name), synonyms)))
    kind = SlotType(name, values)
    for word, fault in slot_type_faults(kind):
        text, place = origins[word.lower()]
        raise expander.fail(text, place, f"{word!r}: {fault}")
    return kind


class _Intents:
    """Intent builder of one locale; sees to it that no sample stands in two intents."""

    def __init__(self, phrases: Phrases, expander: _Expander, extra: Additions) -> None:
        self._types = phrases.types
        self._expander = expander
        self._extra = extra
        self._owner: dict[str, str] = {}

    def build(self, intent: IntentPhrases) -> IntentDefinition:
        place = f"intents.{intent.name}"
        if reason := self._declaration_fault(intent):
            raise self._expander.fail(intent.name, place, reason)
        templates = [*intent.samples, *self._extra.intents.get(intent.name, [])]
        for template in templates:
            for sample in self._expander.expand(template, place):
                self._claim_sample(template, sample, intent)
        samples = [sample for _, sample in self._expander.expand_all(templates, place, thin=True)]
        if not 0 < len(samples) <= MOST_SAMPLES:
            reason = f"{len(samples)} samples; 1 to {MOST_SAMPLES} fit"
            raise self._expander.fail(intent.name, place, reason)
        slots = [SlotDefinition(name, kind) for name, kind in intent.slots.items()]
        return IntentDefinition(str(intent.name), slots, samples)

    def _declaration_fault(self, intent: IntentPhrases) -> str | None:
        if intent.name in INTENTS_WITHOUT_SAMPLES:
            return "this intent must have no samples"
        if fault := intent_name_fault(intent.name):
            return fault
        for slot, kind in intent.slots.items():
            if fault := slot_name_fault(slot):
                return f"slot {slot!r}: {fault}"
            if kind not in self._types and kind not in BUILT_IN_TYPES:
                return f"slot {slot!r} has an undefined type {kind!r}"
        return None

    def _claim_sample(self, template: Text, sample: str, intent: IntentPhrases) -> None:
        place = f"intents.{intent.name}"
        for fault in sample_slot_faults(sample, intent.slots):
            raise self._expander.fail(template, place, f"sample {sample!r}: {fault}")
        if (other := self._owner.setdefault(sample.lower(), intent.name)) != intent.name:
            reason = f"the sample {sample!r} belongs to {other} already"
            raise self._expander.fail(template, place, reason)


def _check_additions(phrases: Phrases, locale: str, extra: Additions) -> None:
    known = {name: {value.id for value in values} for name, values in phrases.types.items()}
    strays = [name for name in extra.intents if name not in {i.name for i in phrases.intents}]
    strays += [
        f"{name}.{value_id}"
        for name, values in extra.types.items()
        for value_id in values
        if value_id not in known.get(name, set())
    ]
    if strays:
        raise PhrasesError(f"{phrases.path}: locales.{locale}: unknown {', '.join(strays)}")


def build_model(phrases: Phrases, locale: str, expander: _Expander | None = None) -> LanguageModel:
    """Build the language model of one locale of a language.

    Locales that are made with one expander share its work.

    Raises:
        PhrasesError: Alexa would refuse the model, or misunderstand by it.
    """
    extra = phrases.locales[locale]
    _check_additions(phrases, locale, extra)
    expander = expander or _Expander(phrases)
    intents = _Intents(phrases, expander, extra)
    return LanguageModel(
        _invocation_name(phrases, extra, expander),
        [
            *(IntentDefinition(name) for name in phrases.built_in),
            *(intents.build(intent) for intent in phrases.intents),
        ],
        [_slot_type(phrases, expander, extra, name) for name in phrases.types],
    )


def rendered(folder: Path = FOLDER / "phrases") -> dict[str, str]:
    """Render the models of all locales: JSON text by file name, such as ``en-US.json``."""
    texts = {}
    for phrases in map(read, sorted(folder.glob("*.yaml"))):
        expander = _Expander(phrases)
        for locale in phrases.locales:
            texts[f"{locale}.json"] = write_model(build_model(phrases, locale, expander))
    return texts


def _stale_models(models: dict[str, str], out: Path) -> list[str]:
    """Return the names of model files that differ from what they should be."""
    names = models.keys() | {path.name for path in out.glob("*.json")}
    return sorted(
        name
        for name in names
        if not (out / name).is_file()
        or (out / name).read_text(encoding="utf-8") != models.get(name)
    )


def main(
    arguments: list[str] | None = None, phrases: Path = FOLDER / "phrases", out: Path = FOLDER
) -> int:
    """Command line: write the models, or with ``--check`` compare them; return the exit status."""
    parser = argparse.ArgumentParser(prog="interaction_models.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 on a difference")
    check = parser.parse_args(arguments).check
    try:
        models = rendered(phrases)
    except PhrasesError as error:
        print(error, file=sys.stderr)
        return 2
    stale = _stale_models(models, out)
    if check:
        for name in stale:
            print(f"{out / name} differs from its phrases; run make models", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        if name in models:
            (out / name).write_text(models[name], encoding="utf-8")
        else:
            (out / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
