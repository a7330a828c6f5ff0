"""Utterances written apart from the phrases, in two halves.

The development half may be looked at when phrases are written. Of the held-out half nothing but
its figures is ever looked at: it tells how people who were not asked are understood.
"""

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent

Half = Literal["development", "held-out"]
HALVES: tuple[Half, ...] = ("development", "held-out")


def half_of(said: str) -> Half:
    """Which half an utterance belongs to: always the same one, by its words alone."""
    return HALVES[hashlib.sha256(said.encode()).digest()[0] % 2]


@dataclass(frozen=True)
class Utterance:
    """What somebody said, and what was meant."""

    said: str
    intent: str
    slots: dict[str, str]
    context: str

    @property
    def half(self) -> Half:
        """Where it belongs."""
        return half_of(self.said)


def _slots(text: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in text.split(";") if pair.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def utterances() -> list[Utterance]:
    """Every utterance of the skill's business, in the order of the file."""
    with (FOLDER / "apart.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Utterance(row["utterance"], row["intent"], _slots(row["slots"] or ""), row["context"])
        for row in rows
    ]


def out_of_domain() -> list[str]:
    """Every utterance that is none of the skill's business."""
    lines = (FOLDER / "out_of_domain.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in map(str.strip, lines) if line]


def in_half(found: Iterable[Utterance], half: Half) -> list[Utterance]:
    """The utterances of one half."""
    return [utterance for utterance in found if utterance.half == half]
