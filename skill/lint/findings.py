"""Findings: what is wrong, where, and how to mend it."""

from collections.abc import Iterable, Mapping

from msgspec import Struct


class Finding(Struct, frozen=True, order=True):
    """Finding: one fault."""

    file: str
    """Relative to the project's folder."""
    line: int
    """From 1; 0 where the fault is of the whole file."""
    problem: str
    fix: str

    @property
    def place(self) -> str:
        """File and line, as editors and terminals understand them."""
        return f"{self.file}:{self.line}" if self.line else self.file


def line_of(text: str, wanted: str) -> int:
    """The first line of a text that holds a string; 0 where none does, or for no string."""
    if not wanted:
        return 0
    before, found, _ = text.partition(wanted)
    return before.count("\n") + 1 if found else 0


def place_of(texts: Mapping[str, str], wanted: str) -> tuple[str, int]:
    """Place of a string: the first file that holds it, and its line; 0 for none."""
    for file, text in texts.items():
        if line := line_of(text, wanted):
            return file, line
    return next(iter(texts)), 0


def format_findings(findings: Iterable[Finding]) -> str:
    """The findings as text to read, each with its place and its fix."""
    return "\n".join(f"{f.place}: {f.problem}\n    fix: {f.fix}" for f in findings)
