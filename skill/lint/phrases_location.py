"""Phrases location: where a person mends a fault of the models that are made of the phrases."""

import re

from skill.lint.findings import Finding
from skill.lint.project import PHRASES, Project, language_of

_MAKE = "then run make models"


def phrases_finding(project: Project, locale: str, wanted: str, problem: str, fix: str) -> Finding:
    """Phrases finding: a fault of a locale's model, at the nearest line of its phrases.

    Args:
        project: whose phrases.
        locale: whose model.
        wanted: the sample, or the name of the part, that has the fault; empty for none.
        problem: what is wrong. Where the sample is one of many that a template stands for, the
            intent or type that is named here shows the line.
        fix: what to do in the phrases.
    """
    language = language_of(locale)
    line = line_in_phrases(project.phrases.get(language, ""), wanted, problem)
    return Finding(f"{PHRASES}/{language}.yaml", line, problem, f"{fix}; {_MAKE}")


def has_value(text: str, value: str) -> bool:
    """Whether the phrases have a value with this id, in any of their types."""
    return re.search(rf"^    {re.escape(value)}:", text, re.MULTILINE) is not None


def line_in_phrases(text: str, wanted: str, problem: str = "") -> int:
    """Line number of a sample, a value, a type or an intent; 0 where none is found."""
    part = re.escape(wanted)
    places = [rf"^ *- {part}$", rf"^ {{0,4}}{part}:", rf"(?<!\w){part}(?!\w)"] if wanted else []
    places += [rf"^  {re.escape(name)}:" for name in re.findall(r"[A-Z][\w.]*\w", problem)]
    for place in places:
        if found := re.search(place, text, re.MULTILINE | re.IGNORECASE):
            return text.count("\n", 0, found.start()) + 1
    return 0
