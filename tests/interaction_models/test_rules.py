"""Amazon's rules, one by one, in tables: what is taken, and what is refused with which word."""

import pytest

from interaction_models.model import SlotType, TypeValue, ValueName
from interaction_models.rules import (
    LONGEST_VALUE,
    intent_name_fault,
    invocation_name_faults,
    sample_fault,
    sample_slot_faults,
    slot_name_fault,
    slot_type_faults,
    value_fault,
)

SLOTS = {"exercise": "Exercise", "count": "AMAZON.NUMBER", "query": "AMAZON.SearchQuery"}


@pytest.mark.parametrize(
    "sample", ["ready", "i'm ready", "the e.r.'s doctor", "knees-to-chest", "los días", "do {x}"]
)
def test_samples_that_amazon_takes(sample: str) -> None:
    assert sample_fault(sample) is None


@pytest.mark.parametrize(
    ("sample", "told"),
    [
        (" ", "empty"),
        ("two  spaces", "spaces"),
        ("give me 5 more", "digits"),
        ("ready {exercise", "partner"),
        ("ready, steady", "','"),
        ("ready?", "'?'"),
        ("ready. go", "abbreviations"),
    ],
)
def test_samples_that_amazon_refuses(sample: str, told: str) -> None:
    assert told in str(sample_fault(sample))


@pytest.mark.parametrize(
    ("sample", "told"),
    [
        ("{count} times {exercise}", []),
        ("look for {query}", []),
        ("at {when}", ["its slot 'when' is undeclared"]),
        ("{exercise} or {exercise}", ["it has the slot 'exercise' twice"]),
        ("{query}", ["a search query needs words around it, and no other slot"]),
        ("{count} of {query}", ["a search query needs words around it, and no other slot"]),
    ],
)
def test_slots_in_a_sample(sample: str, told: list[str]) -> None:
    assert list(sample_slot_faults(sample, SLOTS)) == told


@pytest.mark.parametrize(
    ("name", "of_intent", "of_slot"),
    [
        ("ReadyIntent", True, True),
        ("AMAZON.YesIntent", True, False),
        ("ready_now", True, True),
        ("Ready2", False, False),
        ("two words", False, False),
        ("", False, False),
    ],
)
def test_names(name: str, of_intent: bool, of_slot: bool) -> None:
    assert (intent_name_fault(name) is None) is of_intent
    assert (slot_name_fault(name) is None) is of_slot


@pytest.mark.parametrize(
    ("text", "told"),
    [("bridge", None), (" ", "empty"), ("b" * (LONGEST_VALUE + 1), "too long"), ("{x}", "slot")],
)
def test_slot_values(text: str, told: str | None) -> None:
    fault = value_fault(text)
    assert fault is None if told is None else told in str(fault)


def test_values_that_cannot_be_told_apart() -> None:
    kind = SlotType(
        "Pace",
        [
            TypeValue(id="slow", name=ValueName("slower", ["calm"])),
            TypeValue(id="fast", name=ValueName("faster", ["Calm"])),
            TypeValue(id="fast", name=ValueName("quicker")),
        ],
    )
    assert list(slot_type_faults(kind)) == [
        ("fast", "this value id is not unique"),
        ("Calm", "it means slow and fast"),
    ]


@pytest.mark.parametrize(
    "name", ["back coach", "my stiff back", "dr. green's spine", "el día feliz"]
)
def test_invocation_names_that_amazon_takes(name: str) -> None:
    assert list(invocation_name_faults(name)) == []


@pytest.mark.parametrize(
    "name",
    [
        *("coach", "Back Coach", "back coach 2", "start back", "the coach", "back  coach"),
        *(" back coach", "back to coach", "alexa coach now", "back coach app", ""),
        "b" * 30 + " " + "c" * 30,
    ],
)
def test_invocation_names_that_amazon_refuses(name: str) -> None:
    assert list(invocation_name_faults(name)) != []
