"""Expand the phrases into one Alexa interaction model per locale.

``python -m interaction_models.generate`` writes the models; with ``--check`` it writes nothing
and exits 1 when a committed model differs from what its phrases say.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from hassil.errors import HassilError
from hassil.expression import Expression, Sentence
from hassil.parse_expression import parse_sentence
from hassil.parser import ParseError
from hassil.sample import sample_sentence

from interaction_models.phrases import Additions, Intent, Phrases, PhrasesError, Text, read
from interaction_models.sampling import TemplateSampler, pairs, pairwise_sample

FOLDER = Path(__file__).parent
MOST_SAMPLES = 1200
"""More samples than this in one intent drown the others; only danger comes near to it."""

THIN_ABOVE = 16
"""A template with more sentences than this is thinned to those that add a new pair of words."""

WEAVE_ABOVE = 24
"""Of a template with more sentences than this only a few are ever written out."""

_SLOT = re.compile(r"\{([A-Za-z][A-Za-z_]*)\}")
_BARE = frozenset({"AMAZON.YesIntent", "AMAZON.NoIntent", "AMAZON.FallbackIntent"})
_AMAZON_TYPES = frozenset(
    {"AMAZON.NUMBER", "AMAZON.DURATION", "AMAZON.TIME", "AMAZON.DATE", "AMAZON.FOUR_DIGIT_NUMBER"}
)
_NOT_IN_NAMES = frozenset(
    {"run", "start", "play", "resume", "use", "launch", "ask", "open", "tell", "load", "begin"}
    | {"enable", "to", "from", "in", "using", "with", "about", "for", "that", "by", "if", "and"}
    | {"whether", "alexa", "amazon", "echo", "computer", "skill", "app"}
)


def sample_fault(sample: str) -> str | None:
    """Return why Alexa would refuse a sample, or None where it would not."""
    words = _SLOT.sub(" ", sample)
    if not sample.strip():
        return "it is empty"
    if re.search(r"\d", words):
        return "digits are not allowed; write the number as a word"
    if re.search(r"[{}]", words):
        return "a brace without a slot name, or without its pair"
    if re.search(r"[^a-zA-Z\u00c0-\u024f '._-]", words):
        return "only letters, spaces, apostrophes, hyphens, underscores and periods are allowed"
    if not all(_is_abbreviation(word) for word in words.split() if "." in word):
        return "a period may stand in abbreviations only"
    return None


def _is_abbreviation(word: str) -> bool:
    return re.fullmatch(r"([a-zA-Z]\.)+('s)?", word) is not None


def _is_product(template: str) -> bool:
    """Tell whether a template combines choices, rather than listing whole sentences."""
    return sum(template.count(opening) for opening in "([<") > 1


class _Expander:
    """Expands the templates of one phrases file, and points at the one that is at fault."""

    def __init__(self, phrases: Phrases) -> None:
        self._path = phrases.path
        self._rules: dict[str, Sentence] = {}
        self._expanded: dict[tuple[str, bool], list[str]] = {}
        for name, body in phrases.rules.items():
            self._rules[name] = self._parse(body, f"rules.{name}")

    def fail(self, text: Text, place: str, reason: str) -> PhrasesError:
        return PhrasesError(f"{self._path}:{text.line}: {place}: {str(text)!r}: {reason}")

    def _parse(self, text: Text, place: str) -> Sentence:
        try:
            return parse_sentence(str(text))
        except (ParseError, HassilError, ValueError) as error:
            raise self.fail(text, place, f"no valid template ({error})") from error

    def expand(self, template: Text, place: str, *, weave: bool = True) -> list[str]:
        """Return the sentences of a template, checked against Alexa's rules.

        That is every sentence, or a woven few where the choices multiply to very many.
        """
        known = self._expanded.get((template, weave))
        if known is not None:
            return known
        try:
            texts = self._texts(self._parse(template, place).expression, weave=weave)
        except HassilError as error:
            raise self.fail(template, place, str(error)) from error
        samples = list(dict.fromkeys(" ".join(text.split()) for text in texts))
        for sample in samples:
            if reason := sample_fault(sample):
                raise self.fail(template, place, f"sample {sample!r}: {reason}")
        self._expanded[template, weave] = samples
        return samples

    def _texts(self, body: Expression, *, weave: bool) -> list[str]:
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


def _invocation_name(phrases: Phrases, extra: Additions) -> str:
    name = extra.invocation_name or phrases.invocation_name
    words = name.split()
    where = f"{phrases.path}: invocation_name {name!r}"
    if len(words) < 2 or not re.fullmatch(r"[a-z'. ]+", name):
        raise PhrasesError(f"{where}: two words or more, in lower-case letters")
    if forbidden := _NOT_IN_NAMES.intersection(words):
        raise PhrasesError(f"{where}: must not contain {', '.join(sorted(forbidden))}")
    return name


def _slot_type(phrases: Phrases, expander: _Expander, extra: Additions, name: str) -> Any:
    owner: dict[str, str] = {}
    values = []
    for value in phrases.types[name]:
        place = f"types.{name}.{value.id}"
        more = extra.types.get(name, {}).get(value.id, [])
        synonyms = []
        for template, synonym in expander.expand_all([*value.synonyms, *more], place, thin=False):
            if (other := owner.setdefault(synonym.lower(), value.id)) != value.id:
                reason = f"the synonym {synonym!r} belongs to {other} already"
                raise expander.fail(template, place, reason)
            if synonym.lower() != value.name.lower():
                synonyms.append(synonym)
        if owner.setdefault(value.name.lower(), value.id) != value.id:
            raise PhrasesError(f"{phrases.path}: {place}: the name {value.name!r} is a synonym too")
        values.append({"id": value.id, "name": {"value": value.name, "synonyms": synonyms}})
    return {"name": name, "values": values}


class _Intents:
    """Turns intents into Alexa's shape, and sees to it that no sample stands in two of them."""

    def __init__(self, phrases: Phrases, expander: _Expander, extra: Additions) -> None:
        self._phrases = phrases
        self._expander = expander
        self._extra = extra
        self._owner: dict[str, str] = {}

    def build(self, intent: Intent) -> dict[str, Any]:
        place = f"intents.{intent.name}"
        if intent.name in _BARE:
            raise PhrasesError(f"{self._phrases.path}: {place}: this intent must have no samples")
        for slot, slot_type in intent.slots.items():
            if slot_type not in self._phrases.types and slot_type not in _AMAZON_TYPES:
                raise PhrasesError(
                    f"{self._phrases.path}: {place}: slot {slot!r} has an undefined type"
                    f" {slot_type!r}"
                )
        templates = [*intent.samples, *self._extra.intents.get(intent.name, [])]
        for template in templates:
            for sample in self._expander.expand(template, place):
                self._own(template, sample, intent)
        samples = [sample for _, sample in self._expander.expand_all(templates, place, thin=True)]
        if not 0 < len(samples) <= MOST_SAMPLES:
            raise PhrasesError(
                f"{self._phrases.path}: {place}: {len(samples)} samples; 1 to {MOST_SAMPLES} fit"
            )
        body: dict[str, Any] = {"name": intent.name}
        if intent.slots:
            body["slots"] = [{"name": name, "type": kind} for name, kind in intent.slots.items()]
        return body | {"samples": samples}

    def _own(self, template: Text, sample: str, intent: Intent) -> None:
        place = f"intents.{intent.name}"
        for slot in _SLOT.findall(sample):
            if slot not in intent.slots:
                raise self._expander.fail(template, place, f"the slot {slot!r} is not declared")
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


def model(phrases: Phrases, locale: str, expander: _Expander | None = None) -> dict[str, Any]:
    """Return the interaction model of one locale of a phrases file.

    Locales that are made with one expander share its work.

    Raises:
        PhrasesError: Alexa would refuse the model, or misunderstand by it.
    """
    extra = phrases.locales[locale]
    _check_additions(phrases, locale, extra)
    expander = expander or _Expander(phrases)
    intents = _Intents(phrases, expander, extra)
    language_model = {
        "invocationName": _invocation_name(phrases, extra),
        "intents": [
            *({"name": name, "samples": []} for name in phrases.built_in),
            *(intents.build(intent) for intent in phrases.intents),
        ],
        "types": [_slot_type(phrases, expander, extra, name) for name in phrases.types],
    }
    return {"interactionModel": {"languageModel": language_model}}


def rendered(folder: Path = FOLDER / "phrases") -> dict[str, str]:
    """Return the text of every model file by its name, such as ``en-US.json``."""
    texts = {}
    for phrases in map(read, sorted(folder.glob("*.yaml"))):
        expander = _Expander(phrases)
        for locale in phrases.locales:
            body = model(phrases, locale, expander)
            texts[f"{locale}.json"] = json.dumps(body, ensure_ascii=False, indent=2) + "\n"
    return texts


def _stale(models: dict[str, str], out: Path) -> list[str]:
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
    """Write the models, or with ``--check`` compare them; return the exit status."""
    parser = argparse.ArgumentParser(prog="interaction_models.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 on a difference")
    check = parser.parse_args(arguments).check
    try:
        models = rendered(phrases)
    except PhrasesError as error:
        print(error, file=sys.stderr)
        return 2
    stale = _stale(models, out)
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
