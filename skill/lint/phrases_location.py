"""Phrases location: where a person mends a fault of the models that are made of the phrases."""

import re
from collections.abc import Mapping

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
    texts = project.phrases.get(language, {})
    file, line = place_in_phrases(texts, wanted, problem)
    file = file or f"{PHRASES}/{language}.yaml"
    return Finding(file, line, problem, f"{fix}; {_MAKE}")


def has_value(texts: Mapping[str, str], value: str) -> bool:
    """Whether the phrases have a value with this id, in a file of its own or in any type."""
    return file_of_value(texts, value) is not None or any(
        re.search(rf"^    {re.escape(value)}:", text, re.MULTILINE) for text in texts.values()
    )


def file_of_value(texts: Mapping[str, str], value: str) -> str | None:
    """File of its own of the value with this id; None where there is none."""
    return next((file for file in texts if file.endswith(f"/exercises/{value}.yaml")), None)


def place_in_phrases(texts: Mapping[str, str], wanted: str, problem: str = "") -> tuple[str, int]:
    """Place of a sample, a value, a type or an intent: file and line, or an empty name and 0."""
    if own := file_of_value(texts, wanted):
        return own, 1
    part = re.escape(wanted)
    places = [rf"^ *- {part}$", rf"^ {{0,4}}{part}:", rf"(?<!\w){part}(?!\w)"] if wanted else []
    places += [rf"^  {re.escape(name)}:" for name in re.findall(r"[A-Z][\w.]*\w", problem)]
    for place in places:
        for file, text in texts.items():
            if found := re.search(place, text, re.MULTILINE | re.IGNORECASE):
                return file, text.count("\n", 0, found.start()) + 1
    return "", 0
