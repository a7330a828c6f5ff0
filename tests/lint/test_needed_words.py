"""What the coach may ever say of the facts is what the check demands."""

import re
from datetime import datetime

import pytest

from skill.content import Content
from skill.exercises import load_facts
from skill.exercises.message_keys import needed_keys
from skill.lint.explorer import explore
from speech.wording import Wording
from speech.wording.catalog import Argument, shipped_texts


class Recording(Wording):
    """Keeps every key that is looked up."""

    def __init__(self) -> None:
        super().__init__(shipped_texts("en"), "en")
        self.keys_said: set[str] = set()

    def _say(self, key: str, seed: int, args: dict[str, Argument]) -> str:
        self.keys_said.add(key)
        return super()._say(key, seed, args)


@pytest.fixture(scope="module")
def said(morning: datetime) -> set[str]:
    routines, safety = load_facts()
    words = Recording()
    for _ in explore(Content(routines, safety, words), morning):
        pass
    return words.keys_said


MAY_BE_MISSING = re.compile(r".*\.(brief|from-[a-z-]+)|.*-hold")
"""What is only said where it is written: a shorter form, a way between postures, an own command."""


def test_all_that_is_said_of_the_facts_is_demanded(said: set[str]) -> None:
    routines, safety = load_facts()
    needed = {key for _, key in needed_keys(routines, safety)}
    about = [*routines.ids, *(posture.id for posture in routines.posture)]
    of_the_facts = re.compile(
        rf"^(({'|'.join(about)})-|posture-|question-|advice-|pace-(?!noted)|answer-(?!how-often-))"
    )
    fixed = {"question-number", "question-number-last", "question-first-short", "advice-doubt"}
    asides = {f"question-{aside}" for aside in ("why", "missed", "no-skipping", "take-your-time")}
    found = {key for key in said if of_the_facts.match(key)} - fixed - asides
    assert {key for key in found - needed if not MAY_BE_MISSING.fullmatch(key)} == set()
    assert len(found & needed) > 100


def test_all_that_is_demanded_is_said_somewhere(said: set[str]) -> None:
    needed = {key for _, key in needed_keys(*load_facts())}
    assert needed - said == set()
