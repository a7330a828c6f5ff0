"""People who have not seen the phrases are understood: the goals, on utterances written apart.

`python -m tests.bench.heard` prints the figures, the held-out half by itself as well.
"""

from collections.abc import Mapping
from functools import cache

import pytest

import interaction_models
from tests.heard import hearing
from tests.heard.evaluation import HALVES, half_of, in_half, out_of_domain, utterances
from tests.heard.hearing import DANGER, Heard

pytestmark = pytest.mark.node

INTENT_RIGHT = 0.97
INTENT_RIGHT_HELD_OUT = 0.94
OTHERS_REFUSED = 0.95

SAID = utterances()
OTHERS = out_of_domain()


@cache
def heard_in(locale: str) -> Mapping[str, Heard]:
    return hearing.by_resolver([*(each.said for each in SAID), *OTHERS], locale)


@pytest.fixture(scope="module")
def heard() -> Mapping[str, Heard]:
    return heard_in("en-US")


def test_the_set_is_large_enough_and_its_halves_alike() -> None:
    assert len({each.said for each in SAID}) == len(SAID) >= 400
    assert {slot for each in SAID for slot in each.slots} >= {"exercise", "duration", "time"}
    for half in HALVES:
        assert len(in_half(SAID, half)) >= 0.45 * len(SAID)
        assert sum(half_of(text) == half for text in OTHERS) >= 0.45 * len(OTHERS)


def test_people_are_understood(heard: Mapping[str, Heard]) -> None:
    assert hearing.right(SAID, heard) >= INTENT_RIGHT * len(SAID)
    assert hearing.wholly_right(SAID, heard) >= INTENT_RIGHT * len(SAID)


def test_people_in_whose_words_nobody_looked_are_understood(heard: Mapping[str, Heard]) -> None:
    held_out = in_half(SAID, "held-out")
    assert hearing.right(held_out, heard) >= INTENT_RIGHT_HELD_OUT * len(held_out)


def test_other_business_is_refused(heard: Mapping[str, Heard]) -> None:
    assert hearing.refused(OTHERS, heard) >= OTHERS_REFUSED * len(OTHERS)


@pytest.mark.parametrize("locale", interaction_models.locales())
def test_danger_is_never_missed_and_no_is_never_made_up(locale: str) -> None:
    heard = heard_in(locale)
    assert hearing.missed_danger(SAID, heard) == 0
    assert hearing.false_noes(SAID, heard) == 0
    assert [text for text in OTHERS if heard[text].intent == "AMAZON.NoIntent"] == []


def test_what_is_no_plain_no_never_clears(heard: Mapping[str, Heard]) -> None:
    """Asked a safety question, "a little" and "my legs are numb" are far from a no."""
    unsafe = [each for each in SAID if each.intent in ("UnsureIntent", *DANGER)]
    assert len(unsafe) >= 80
    assert {heard[each.said].intent for each in unsafe} <= {
        "UnsureIntent",
        *DANGER,
        # Not understood, which asks again, and counts as not sure the second time.
        "AMAZON.FallbackIntent",
    }
