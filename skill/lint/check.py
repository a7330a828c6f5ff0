"""Check runner: all checks, or some, side by side."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context

from skill.exercises import BrokenData
from skill.lint.exercise_facts import fact_findings
from skill.lint.findings import Finding
from skill.lint.interaction_model import model_findings
from skill.lint.language_rules import read_rules
from skill.lint.package_files import package_findings
from skill.lint.project import RULES, Project, Unreadable
from skill.lint.speech import speech_findings
from skill.lint.unwritten import unwritten_findings
from skill.lint.wording import wording_findings
from speech.wording import BrokenWording, Wording


def _replies(project: Project) -> Iterator[Finding]:
    """Faults of replies. Nobody can talk with broken facts or without words; others tell those."""
    try:
        facts = project.read_facts()
        for language in project.languages:
            Wording(project.wordings[language], language)
    except (BrokenData, BrokenWording):
        return
    yield from speech_findings(project, facts)


PARTS: Mapping[str, Callable[[Project], Iterator[Finding]]] = {
    "models": model_findings,
    "wording": wording_findings,
    "facts": fact_findings,
    "speech": _replies,
    "package": package_findings,
}
"""What can be checked, in this order."""


SLOWEST_FIRST = ("speech", "models", "package", "wording", "facts")
"""The order in which two processes finish soonest."""


def check(project: Project, *parts: str) -> list[Finding]:
    """The faults of a project, by file and line, in the named parts, or in all side by side.

    Raises:
        KeyError: there is no such part.
    """
    try:
        broken, incomplete = list(_broken_rules(project)), list(project.incomplete())
        unwritten = sorted(unwritten_findings(project))
    except Unreadable as error:
        return [error.finding]
    if broken or unwritten:
        return broken or unwritten
    if parts:
        found = [_of_part(project, part) for part in parts]
    else:
        with ProcessPoolExecutor(2, get_context("spawn")) as pool:
            found = list(pool.map(_of_part, repeat(project), SLOWEST_FIRST))
    return sorted({*incomplete, *(finding for part in found for finding in part)})


def _of_part(project: Project, part: str) -> list[Finding]:
    try:
        return list(PARTS[part](project))
    except Unreadable as error:
        return [error.finding]


def _broken_rules(project: Project) -> Iterator[Finding]:
    """Faults of the rules themselves, without which nothing else can be checked."""
    for language, text in project.rules.items():
        try:
            read_rules(text)
        except ValueError as error:
            yield Finding(f"{RULES}/{language}.toml", 0, str(error), "mend the rules of the check")
