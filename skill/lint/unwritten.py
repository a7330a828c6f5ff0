"""Placeholder check: every place of an exercise's files that is still to be written."""

from collections.abc import Iterator

from interaction_models import phrases
from skill.exercises import loader
from skill.lint.findings import Finding
from skill.lint.project import Project
from speech.wording import catalog


def unwritten_findings(project: Project) -> Iterator[Finding]:
    """Placeholder findings in facts, sentences and names, of which none can be used before."""
    yield from _marked(project.exercises, loader.TO_FILL_IN)
    for texts in project.wordings.values():
        yield from _marked(texts, catalog.TO_FILL_IN)
    for texts in project.phrases.values():
        yield from _marked(texts, phrases.TO_FILL_IN)


def _marked(texts: dict[str, str], mark: str) -> Iterator[Finding]:
    for file, text in texts.items():
        for number, line in enumerate(text.splitlines(), start=1):
            if mark in line:
                yield Finding(file, number, f"still to be written: {line.strip()}", "write it")
