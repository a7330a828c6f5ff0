"""The compiled serializer gives what the SDK's own gives, and reads on where that gives up."""

import json
from datetime import datetime
from enum import Enum
from importlib import import_module
from typing import Any

import pytest
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model.intent_request import IntentRequest
from ask_sdk_model.interfaces.alexa.presentation.apl.render_document_directive import (
    RenderDocumentDirective,
)
from ask_sdk_model.request import Request
from ask_sdk_model.request_envelope import RequestEnvelope
from ask_sdk_model.response import Response
from ask_sdk_model.response_envelope import ResponseEnvelope
from ask_sdk_model.slot import Slot
from ask_sdk_model.ui.simple_card import SimpleCard
from ask_sdk_model.ui.ssml_output_speech import SsmlOutputSpeech
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.alexa.serializer import CompiledSerializer

ENVELOPE = "ask_sdk_model.request_envelope.RequestEnvelope"
SLOT = "ask_sdk_model.slot.Slot"
OURS, SDK = CompiledSerializer(), DefaultSerializer()

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
TIMES = st.sampled_from(
    ["2026-06-01T12:00:00Z", "2026-06-01T12:00:00.123Z", "2026-06-01T12:00:00+02:00", "2026-02-30"]
)


def is_json(payload: str | None) -> bool:
    try:
        json.loads("null" if payload is None else payload)
    except (ValueError, RecursionError):
        return False
    return True


def assert_same(payload: str, kind: Any = RequestEnvelope) -> Any:
    """What is read of a text: the SDK's own reading, where it has one."""
    if not is_json(payload):
        for serializer in (OURS, SDK):
            with pytest.raises(SerializationException):
                serializer.deserialize(payload, kind)
        return None
    ours = OURS.deserialize(payload, kind)
    try:
        theirs = SDK.deserialize(payload, kind)
    except (SerializationException, OverflowError, TypeError):
        return ours
    assert type(ours) is type(theirs)
    assert ours == theirs
    assert SDK.serialize(ours) == SDK.serialize(theirs)
    return ours


def members_of(model: Any) -> dict[str, str]:
    """JSON name to the SDK's type of each member."""
    return {model.attribute_map[name]: kind for name, kind in model.deserialized_types.items()}


def named(name: str) -> Any:
    module, _, wanted = name.rpartition(".")
    return getattr(import_module(module), wanted)


@st.composite
def payloads(draw: st.DrawFn, kind: str = ENVELOPE, depth: int = 0) -> Any:
    """JSON of a type as the SDK describes it, here and there something else."""
    if depth > 7 or draw(st.integers(0, 99)) == 0:
        return draw(JSON)
    if kind.startswith("list["):
        return [draw(payloads(kind[5:-1], depth + 1)) for _ in range(draw(st.integers(0, 2)))]
    if kind.startswith("dict("):
        inner = kind[5:-1].partition(", ")[2]
        keys = draw(st.lists(st.sampled_from(["exercise", "pace", "other"]), unique=True))
        return {key: draw(payloads(inner, depth + 1)) for key in keys}
    if kind == "datetime":
        return draw(TIMES)
    if "." not in kind:
        return draw(JSON)
    wanted = named(kind)
    if issubclass(wanted, Enum):
        return draw(st.sampled_from([member.value for member in wanted]))
    return draw(models(wanted, depth))


@st.composite
def models(draw: st.DrawFn, wanted: Any, depth: int) -> Any:
    extra: dict[str, Any] = {}
    if hasattr(wanted, "get_real_child_model"):
        called = draw(st.sampled_from(sorted(wanted.discriminator_value_class_map)))
        child = named(wanted.discriminator_value_class_map[called])
        extra[wanted.json_discriminator_key] = called
        wanted = child
    members = members_of(wanted)
    chosen = draw(st.lists(st.sampled_from(sorted(members)), unique=True)) if members else []
    found = {name: draw(payloads(members[name], depth + 1)) for name in chosen}
    if draw(st.integers(0, 4)) == 0:
        extra["somethingNew"] = draw(JSON)
    return {**found, **extra}


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(payloads())
def test_any_request_is_read_alike(payload: Any) -> None:
    assert_same(json.dumps(payload))


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_so_is_anything_else(payload: Any) -> None:
    assert_same(json.dumps(payload))


REQUESTS = [
    {"type": "LaunchRequest", "requestId": "1", "timestamp": "2026-06-01T12:00:00Z"},
    {"type": "IntentRequest", "intent": {"name": "A", "slots": {"x": {"name": "x", "value": "y"}}}},
    {"type": "SessionEndedRequest", "reason": "USER_INITIATED", "error": {"type": "NEW_ERROR"}},
    {"type": "SessionEndedRequest", "reason": "ERROR", "error": {"type": "INVALID_RESPONSE"}},
    {"type": "AlexaSkillEvent.SkillEnabled", "eventCreationTime": "2026-06-01T12:00:00Z"},
    {"type": "Alexa.Presentation.APL.UserEvent", "arguments": ["a", 1], "source": {"id": "b"}},
    {"type": "NoSuchRequest"},
    {"no": "type"},
    {"type": "LaunchRequest", "timestamp": 12},
    {"type": "LaunchRequest", "timestamp": "2026-06-01"},
    {"type": "LaunchRequest", "timestamp": "2026-13-01T12:00:00Z"},
    {"type": "LaunchRequest", "timestamp": None},
    {"type": "IntentRequest", "intent": {"confirmationStatus": "MAYBE"}},
    {"type": "IntentRequest", "intent": {"slots": [1]}},
    {"type": "IntentRequest", "intent": "name"},
    {"type": "IntentRequest", "intent": ""},
    {"type": "IntentRequest", "intent": []},
    {"type": "IntentRequest", "intent": [0]},
    {"type": "IntentRequest", "intent": {"name": 7}},
    {"type": "IntentRequest", "intent": {"object_type": "x", "to_dict": 1}},
    [],
    "",
    7,
    None,
]


@pytest.mark.parametrize("request_", REQUESTS, ids=json.dumps)
def test_a_request_is_read_alike(request_: Any) -> None:
    assert_same(json.dumps({"version": "1.0", "request": request_}))


TEXTS = [
    *("", "{", "null", "[]", '""', "7", '{"request": {}} x'),
    *("NaN", '{"version": 1e999}', '{"version": "\\ud800"}', "9" * 5000, "[" * 5000),
]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: str(text[:40]))
def test_a_text_is_read_alike(text: str) -> None:
    assert_same(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('["a", 1]', "list[str]"),
        ('{"a": "1"}', "dict(str, int)"),
        ('"1.5"', "float"),
        ('"x"', "int"),
        ('"2026-06-01"', "date"),
        ('"2026-06-01T12:00:00.5+01:00"', "datetime"),
        ('[{"name": "a"}]', f"list[{SLOT}]"),
        ('{"name": "a"}', Slot),
        ("true", bool),
        ("null", SLOT),
        (None, SLOT),
    ],
)
def test_other_types_are_read_alike(text: Any, kind: Any) -> None:
    assert_same(text, kind)


@pytest.mark.parametrize("kind", ["no.such.Type", "NoType"])
def test_a_type_that_the_sdk_does_not_have_is_a_fault_of_ours(kind: str) -> None:
    with pytest.raises(SerializationException):
        OURS.deserialize('{"name": "a"}', kind)


VIEWPORTS = "ask_sdk_model.interfaces.viewport.typed_viewport_state.TypedViewportState"
STATUS = "ask_sdk_model.slu.entityresolution.status_code.StatusCode"
NEW = {
    "a member of an enumeration": ('"ER_SUCCESS_MAYBE"', STATUS, "ER_SUCCESS_MAYBE"),
    "an enumeration that is a number": ("7", STATUS, None),
    "an enumeration that is an object": ('{"a": 1}', STATUS, None),
    "no number": ('"many"', "int", None),
    "a number of another kind": ("1e999", "int", None),
    "no moment": ('"yesterday"', "datetime", None),
    "a moment in seconds": ("1736150400", "datetime", None),
    "no day": ('"yesterday"', "date", None),
    "no list": ("true", "list[str]", None),
    "no map": ("[1]", "dict(str, int)", None),
    "one strange value in a list": ('["1", "x", "3"]', "list[int]", [1, None, 3]),
    "one strange value in a map": ('{"a": "1", "b": []}', f"dict(str, {SLOT})", None),
    "no model": ('"words"', SLOT, None),
    "no kind at all": ("7", VIEWPORTS, None),
}


@pytest.mark.parametrize(("text", "kind", "read"), NEW.values(), ids=NEW)
def test_what_the_sdk_cannot_read_costs_nothing_else(text: str, kind: str, read: Any) -> None:
    found = OURS.deserialize(text, kind)
    assert found == (read if kind != f"dict(str, {SLOT})" else {"a": None, "b": Slot()})


@pytest.mark.parametrize("kind", [{"type": "HOLOGRAM"}, {"type": 7}, {"type": ["APL"]}, {}])
def test_an_object_of_an_unknown_kind_is_read_as_its_base(kind: dict[str, Any]) -> None:
    (found,) = OURS.deserialize(
        json.dumps([{**kind, "id": "hub", "depth": 3}]), f"list[{VIEWPORTS}]"
    )
    assert type(found) is named(VIEWPORTS)
    assert (found.id, found.depth) == ("hub", 3)


def test_a_request_of_an_unknown_kind_is_still_a_request() -> None:
    body = {"request": {"type": "Alexa.Dreams.Begun", "requestId": "1", "locale": "en-US"}}
    request = OURS.deserialize(json.dumps(body), RequestEnvelope).request
    assert type(request) is Request
    assert (request.object_type, request.request_id) == ("Alexa.Dreams.Begun", "1")


def test_a_timestamp_is_the_same_moment() -> None:
    body = '{"request": {"type": "IntentRequest", "timestamp": "2026-06-01T12:00:00.250Z"}}'
    read = assert_same(body)
    assert isinstance(read.request, IntentRequest)
    assert isinstance(read.request.timestamp, datetime)
    assert read.request.timestamp.isoformat() == "2026-06-01T12:00:00.250000+00:00"


@pytest.mark.parametrize("name", ["__class__", "__dict__", "__init__"])
def test_a_member_cannot_reach_pythons_own_attributes(name: str) -> None:
    body = json.dumps({"version": "1.0", name: {}, "request": {"type": "LaunchRequest", name: {}}})
    read = OURS.deserialize(body, RequestEnvelope)
    assert type(read) is RequestEnvelope
    assert read.version == "1.0"
    assert read.request is not None


def test_fresh_objects_share_nothing() -> None:
    one, other = (OURS.deserialize('{"name": "a"}', Slot) for _ in range(2))
    one.value = "changed"
    assert other.value is None


def test_a_response_is_written_alike() -> None:
    response = Response(
        output_speech=SsmlOutputSpeech(ssml="<speak>Bön & so</speak>"),
        card=SimpleCard(title="a", content="b"),
        directives=[RenderDocumentDirective(token="t", document={"type": "APL", "n": [1.5, None]})],
        should_end_session=False,
    )
    envelope = ResponseEnvelope(
        version="1.0", session_attributes={"v": 1, "deep": [{"x": True}]}, response=response
    )
    assert json.loads(OURS.encode(envelope)) == SDK.serialize(envelope)
    assert json.loads(OURS.encode(ResponseEnvelope())) == SDK.serialize(ResponseEnvelope())
