"""Package checks: the manifest, the models, the icons and the texts, before Amazon sees them."""

import re
import struct
from collections.abc import Iterator, Mapping

from interaction_models.model import BadModel, LanguageModel, read_model
from interaction_models.rules import invocation_name_faults
from skill.alexa.intents import SKILL_EVENTS
from skill.exercises import Exercises
from skill.exercises.message_keys import name_key
from skill.lint import smapi_schema
from skill.lint.findings import Finding, line_of
from skill.lint.language_rules import Rules, read_rules
from skill.lint.project import LISTING, MANIFEST, Project, language_of
from skill.packaging import ask_cli_project
from skill.packaging.ask_cli_project import PackageSpec
from skill.packaging.endpoint_address import EndpointAddress
from skill.packaging.listing import About, BadListing, Listing, read_about, read_listing
from skill.packaging.manifest import LARGE_ICON, SMALL_ICON
from speech.wording import MissingWords, Wording

SIZES = {SMALL_ICON: 108, LARGE_ICON: 512}
"""Pixels a side that Amazon asks for."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEADER = struct.Struct(">16sII")
"""The signature with the first chunk's name, then width and height."""

LONGEST = {"name": 50, "summary": 160, "description": 4000}
LONGEST_INSTRUCTIONS, LONGEST_PHRASE, LONGEST_KEYWORD = 4000, 200, 150
"""Characters."""
MOST_KEYWORDS, MOST_PHRASES = 30, 3

_SOMEWHERE = EndpointAddress("https://example.com/alexa", "Trusted")

Problem = tuple[str, str, str]
"""The text to look for in the file, what is wrong, and what to do."""


def package_spec(project: Project) -> PackageSpec:
    """Package specification: everything in a project, for an endpoint yet to be named.

    Raises:
        BadListing: a data file of the package has a fault.
        MissingWords: an exercise has no name in a language.
        Unreadable: a data file is missing.
        ValueError: the facts or the words have a fault.
    """
    about = read_about(project.text(MANIFEST), MANIFEST)
    routines, _ = project.read_facts()
    listings = {
        language: _counting(
            read_listing(project.listings[language], f"{LISTING}/{language}.toml"),
            routines,
            Wording(project.wordings[language], language),
        )
        for language in project.languages
    }
    models = {
        locale: text
        for locale, text in project.models.items()
        if language_of(locale) in listings and _can_be_read(text)
    }
    return PackageSpec(about, listings, models, _SOMEWHERE)


def _counting(listing: Listing, routines: Exercises, words: Wording) -> Listing:
    names = [words(name_key(exercise)) for exercise in routines.ids]
    return listing.counting(words.number(len(names)), words.join(names))


def _can_be_read(model: str) -> bool:
    try:
        read_model(model)
    except BadModel:
        return False  # told by the check of the models
    return True


def package_findings(project: Project) -> Iterator[Finding]:
    """Package findings: faults of the package that would be made of a project."""
    try:
        spec = package_spec(project)
    except BadListing as error:
        yield _refused(error)
        return
    except (MissingWords, ValueError):
        return  # told by the checks of the facts and of the wording
    try:
        files = ask_cli_project.package(spec)
    except ValueError as error:
        yield _refused(error)
        return
    yield from findings_in(
        {n: f for n, f in files.items() if not n.startswith(ask_cli_project.MODELS)}
    )
    yield from _privacy_findings(spec.about, project.text(MANIFEST))
    yield from _event_findings(spec.about, project.text(MANIFEST))
    for locale, model in spec.models.items():
        language = language_of(locale)
        file, text = f"{LISTING}/{language}.toml", project.listings[language]
        rules, read = read_rules(project.rules[language]), read_model(model)
        listing = spec.listings[language].naming(read.invocation_name)
        for wanted, problem, fix in _listing_faults(listing, read, rules):
            yield Finding(file, line_of(text, wanted), f"{problem} ({locale})", fix)


def _refused(error: ValueError) -> Finding:
    file, _, reason = str(error).partition(": ")
    known = file if file.startswith("skill/") else LISTING
    return Finding(known, 0, reason or str(error), "give every part that is asked for")


def findings_in(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """File findings: faults of a package's files, by themselves."""
    for name, size in SIZES.items():
        yield from _icon_findings(f"{ask_cli_project.PACKAGE}/{name}", size, files)
    for name, contents in files.items():
        if name == ask_cli_project.MANIFEST:
            for difference in smapi_schema.differences(contents.decode(), smapi_schema.MANIFEST):
                fix = "write it as Alexa's manifest schema has it, in skill/packaging"
                yield Finding(MANIFEST, 0, f"schema: {difference}", fix)
        elif name.startswith(ask_cli_project.MODELS):
            yield from _model_findings(name, contents.decode())
    if ask_cli_project.MANIFEST not in files:
        yield Finding(ask_cli_project.MANIFEST, 0, "there is no manifest", "make the package again")


def _icon_findings(name: str, size: int, files: Mapping[str, bytes]) -> Iterator[Finding]:
    fix = f"draw it {size} pixels wide and high, as a PNG in skill/packaging/icons"
    header = files.get(name, b"")[: _PNG_HEADER.size]
    if len(header) < _PNG_HEADER.size or not header.startswith(_PNG):
        yield Finding(name, 0, "the icon is missing, or no PNG", fix)
        return
    _, width, height = _PNG_HEADER.unpack(header)
    if (width, height) != (size, size):
        problem = f"the icon has {width} x {height} pixels, not {size} x {size}"
        yield Finding(name, 0, problem, fix)


def _model_findings(name: str, text: str) -> Iterator[Finding]:
    for difference in smapi_schema.differences(text, smapi_schema.MODEL):
        yield Finding(name, 0, f"schema: {difference}", "mend the model, and make it again")
    invocation = read_model(text).invocation_name
    for fault in invocation_name_faults(invocation):
        fix = "choose two or more plain words"
        yield Finding(name, 0, f"invocation name {invocation!r}: {fault}", fix)


def _privacy_findings(about: About, text: str) -> Iterator[Finding]:
    if about.privacy.get("usesHealthInfo", True):
        line = line_of(text, "usesHealthInfo")
        fix = "set usesHealthInfo = false, and keep no answer to a safety question"
        problem = "a skill that says it handles health information is refused"
        yield Finding(MANIFEST, line, problem, fix)


def _event_findings(about: About, text: str) -> Iterator[Finding]:
    handled = set(SKILL_EVENTS.values())
    for event in sorted(handled ^ set(about.events)):
        line = line_of(text, "events =")
        if event in handled:
            problem = f"{event} is handled, but Amazon is not asked to tell it"
            yield Finding(MANIFEST, line, problem, "add it to the events")
        else:
            problem = f"Amazon is asked to tell {event}, and nothing handles it"
            yield Finding(MANIFEST, line, problem, "handle it in skill/alexa, or leave it out")


def _listing_faults(listing: Listing, model: LanguageModel, rules: Rules) -> Iterator[Problem]:
    for name, most in LONGEST.items():
        text = getattr(listing, name)
        if not 2 <= len(text) <= most:
            yield f"{name} =", f"the {name} has {len(text)} characters", f"write 2 to {most}"
        if claim := rules.claim_in(text):
            yield claim, f"the {name} claims {claim!r}", "claim nothing about health"
    for pattern in rules.disclaimer:
        if not re.search(pattern, listing.description, re.IGNORECASE):
            yield (
                "description =",
                f"the description lacks the disclaimer {pattern!r}",
                (
                    "say: no medical advice; for education and information only; ask your doctor;"
                    " in an emergency call your local emergency number"
                ),
            )
    if not 0 < len(listing.testing_instructions) <= LONGEST_INSTRUCTIONS:
        yield (
            "testing_instructions =",
            "the testing instructions are empty or too long",
            (f"write 1 to {LONGEST_INSTRUCTIONS} characters"),
        )
    for name in ("privacy", "terms"):
        if not getattr(listing, name).strip():
            yield f"{name} =", f"the text on {name} is empty", "write it"
    yield from _keyword_findings(listing)
    yield from _example_phrase_findings(listing, model)


def _keyword_findings(listing: Listing) -> Iterator[Problem]:
    if not 0 < len(listing.keywords) <= MOST_KEYWORDS:
        yield (
            "keywords =",
            f"there are {len(listing.keywords)} keywords",
            (f"give 1 to {MOST_KEYWORDS}"),
        )
    for word in listing.keywords:
        if not 0 < len(word) <= LONGEST_KEYWORD or "," in word:
            yield f'"{word}"', f"the keyword {word!r} is empty, too long or has a comma", "mend it"


def _example_phrase_findings(listing: Listing, model: LanguageModel) -> Iterator[Problem]:
    phrases = listing.example_phrases
    if not 0 < len(phrases) <= MOST_PHRASES:
        yield (
            "example_phrases =",
            f"there are {len(phrases)} example phrases",
            (f"give 1 to {MOST_PHRASES}"),
        )
    if phrases and listing.sample_of(phrases[0]) != "":
        yield (
            "example_phrases =",
            f"the first example phrase {phrases[0]!r} opens nothing",
            ("begin with the one that opens the skill"),
        )
    sayable = _sayable_phrases(model)
    for phrase in phrases:
        sample = listing.sample_of(phrase)
        wanted = (sample or phrase)[:40]
        if sample is None:
            yield (
                wanted,
                f"the example phrase {phrase!r} does not name the skill",
                ("begin it with one of the carriers or launches"),
            )
        elif sample and not _is_sample(sample, sayable, model):
            yield (
                wanted,
                f"the example phrase {phrase!r} is no sample",
                (f"use a sample of the model, or add {sample!r} to one"),
            )
        if len(phrase) > LONGEST_PHRASE:
            yield wanted, f"the example phrase {phrase!r} is too long", "shorten it"


def _sayable_phrases(model: LanguageModel) -> set[str]:
    """Every sample, with the types of its slots in their places."""
    return {intent.typed(sample).lower() for intent, sample in model.samples()}


def _is_sample(phrase: str, sayable: set[str], model: LanguageModel) -> bool:
    """Whether a phrase is a sample, as it stands or with a value in place of one slot."""
    words = phrase.lower()
    if words in sayable:
        return True
    values = [(word.lower(), kind.name) for kind in model.types for v in kind.values
              for word in v.words]  # fmt: skip
    return any(
        f" {words} ".replace(f" {value} ", f" {{{kind}}} ", 1).strip().lower() in sayable
        for value, kind in values
        if f" {value} " in f" {words} "
    )
