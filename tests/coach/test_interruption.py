"""Somebody interrupts in the middle of a cue: where guidance goes on."""

import pytest

from skill.content import Content
from tests.coach.interruptions import STRETCHES, Interruption, interruptions, shares

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=STRETCHES)
def cases(request: pytest.FixtureRequest, content: Content) -> list[Interruption]:
    return list(interruptions(content, request.param))


def test_guidance_never_goes_on_from_a_later_round(cases: list[Interruption]) -> None:
    assert len(cases) > 1000
    assert [case for case in cases if case.is_later] == []


def test_in_the_right_round_never_on_a_later_side(cases: list[Interruption]) -> None:
    sides = {"": 0, "left": 0, "right": 1}
    for case in cases:
        if case.is_right and not case.is_right_side_too:
            assert sides[case.assumed_side] < sides[case.true_side], case


def test_in_doubt_it_is_the_round_before_and_no_earlier_one(cases: list[Interruption]) -> None:
    for case in cases:
        if case.is_earlier:
            assert case.true[0] == case.assumed[0]
            assert case.true[1] - case.assumed[1] == 1, case


def test_speech_as_slow_as_may_be_is_placed_exactly(content: Content) -> None:
    for case in interruptions(content, 1.1):
        assert case.is_right_side_too, case


def test_the_right_round_in_ninety_five_of_a_hundred(content: Content) -> None:
    """Over speech a tenth quicker and slower; `python -m tests.bench.interruption` prints more."""
    cases = [case for stretch in (0.9, 1.1) for case in interruptions(content, stretch)]
    assert shares(cases)[0] >= 0.95


@pytest.mark.parametrize(("stretch", "least"), [(0.9, 0.80), (1.0, 0.90), (1.05, 0.95), (1.1, 1.0)])
def test_share_of_right_rounds_by_the_marks_alone(
    stretch: float, least: float, content: Content
) -> None:
    _, right, *_ = shares(list(interruptions(content, stretch)))
    assert right >= least
