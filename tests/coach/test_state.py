"""Session attributes: small, versioned JSON, and nothing else is believed."""

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.coach.conversation import recover
from skill.coach.events import Event, Intent
from skill.coach.memory import Memory
from skill.coach.state import BrokenState, ConversationPhase, State, read_state
from skill.content import Content
from tests.coach.sessions import Talk, cleared


@pytest.fixture
def guiding(content: Content, morning: datetime) -> dict[str, Any]:
    """The attributes in the middle of a routine."""
    talk = Talk(content, morning, cleared(morning))
    talk.say(Intent.START_ROUTINE)
    talk.say(Intent.YES)
    assert talk.state is not None
    assert talk.state.phase is ConversationPhase.GUIDING
    plain: dict[str, Any] = json.loads(json.dumps(talk.state.to_json()))
    return plain


def test_a_state_survives_json(guiding: dict[str, Any]) -> None:
    state = read_state(guiding)
    assert state is not None
    assert json.loads(json.dumps(state.to_json())) == guiding
    assert len(json.dumps(guiding)) < 20_000


def test_a_new_session_has_no_state() -> None:
    assert read_state(None) is None
    assert read_state({}) is None
    assert read_state(State().to_json()) == State()


TWICE = [{"exercise": "bridge", "rounds": 5}] * 2

BROKEN: dict[str, dict[str, Any]] = {
    "a later version": {"v": 2},
    "a version that is no number": {"v": "1"},
    "an unknown phase": {"phase": "dancing"},
    "a phase of another type": {"phase": 3},
    "a field from elsewhere": {"colour": "green"},
    "asking, and no question": {"phase": "asking"},
    "offering, and no offer": {"phase": "offering", "offer": None},
    "no guidance": {"guidance": None},
    "a turn below zero": {"turn": -1},
    "a turn beyond all": {"turn": 10**9},
    "guidance that never began": {"guidance": {"plan": [{"exercise": "bridge", "rounds": 5}]}},
    "guidance of nothing": {"guidance": {"plan": [], "started": 1.0}},
    "a step beyond the plan": {
        "guidance": {"plan": [{"exercise": "bridge", "rounds": 5}], "step": 1, "started": 1.0}
    },
    "an end before the beginning": {
        "guidance": {"plan": TWICE, "step": 1, "until_step": 0, "started": 1.0}
    },
    "a round beyond the last": {
        "guidance": {"plan": [{"exercise": "bridge", "rounds": 5}], "round": 6, "started": 1.0}
    },
    "no rounds": {"guidance": {"plan": [{"exercise": "bridge", "rounds": 0}], "started": 1.0}},
    "a thousand steps": {
        "guidance": {"plan": [{"exercise": "bridge", "rounds": 5}] * 1000, "started": 1.0}
    },
    "a time before all": {
        "guidance": {"plan": [{"exercise": "bridge", "rounds": 5}], "started": "yesterday"}
    },
    "lines that are none": {"said": "hello"},
    "cleared by a word": {"cleared": "yes"},
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_attributes_are_refused(fault: str, guiding: dict[str, Any]) -> None:
    with pytest.raises(BrokenState):
        read_state({**guiding, **BROKEN[fault]})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text() | st.sampled_from(State.__struct_fields__), JSON, min_size=1))
def test_nonsense_is_refused_or_is_a_state(attributes: dict[str, Any]) -> None:
    try:
        state = read_state(attributes)
    except BrokenState:
        return
    assert state is not None
    assert read_state(state.to_json()) == state


@given(st.data())
def test_one_value_changed_is_refused_or_is_a_state(data: st.DataObject) -> None:
    whole = {"v": 1, "phase": "guiding", "guidance": {
        "plan": [{"exercise": "bridge", "rounds": 5}], "until_round": 5, "started": 1e9,
    }}  # fmt: skip
    assert read_state(whole) is not None
    field = data.draw(st.sampled_from(sorted(State.__struct_fields__)))
    try:
        state = read_state({**whole, field: data.draw(JSON)})
    except BrokenState:
        return
    assert state is not None


@pytest.mark.parametrize("memory", [Memory(), Memory(cleared=1.0, fully_cleared=1.0)])
def test_a_broken_session_starts_afresh_with_a_sentence(
    memory: Memory, content: Content, morning: datetime
) -> None:
    turn = recover(content, Event(Intent.RESUME), memory, morning)
    assert turn.reply is not None
    assert turn.reply.is_open
    assert turn.reply.script.text.startswith("Something went wrong with my memory of this talk")
    assert turn.reply.script.text.endswith("?")
    assert turn.state.phase is ConversationPhase.IDLE


def test_afresh_forgets_a_clearance_that_only_the_session_knew(
    content: Content, morning: datetime
) -> None:
    talk = Talk(content, morning)
    talk.state = recover(content, Event(Intent.RESUME), Memory(), morning).state
    talk.say(Event(Intent.START_EXERCISE, exercise="bridge"))
    assert talk.state is not None
    assert talk.state.phase is ConversationPhase.ASKING
