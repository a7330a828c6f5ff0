"""Whatever is posted, signed or not, gets an answer, and never one that blames us."""

import copy
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.x509.verification import Store as Roots
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.alexa.intents import INTENTS
from skill.alexa.verification.certificate_cache import CertificateCache
from skill.alexa.verification.certificate_chain import ChainJudge
from skill.alexa.verification.signature import SignatureVerifier
from skill.settings import Settings
from skill.speaker.device_requests import LOCAL_SKILL, DeviceSession, Household
from skill.web import create_app
from tests.alexa.verification.authority import NOW, World, signed_headers

pytestmark = pytest.mark.slow

Post = Callable[[bytes], int]
FUZZ = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["", "IntentRequest", "NaN", "__class__", "\ud800", "2026-06-01T12:00:00Z"])
)
NAMES = st.text(max_size=8) | st.sampled_from(["__class__", "__dict__", "type", "name", "slots"])
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=10,
)


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def signed(world: World, tmp_path_factory: pytest.TempPathFactory) -> Post:
    """Posts what Amazon has signed."""
    roots = Roots([world.root.certificate])
    verifier = SignatureVerifier(CertificateCache(lambda _: world.chain, ChainJudge(lambda: roots)))
    client = client_in(tmp_path_factory.mktemp("signed"), verifier)

    def post(body: bytes) -> int:
        headers = signed_headers(body, world.amazon)
        return client.post("/alexa", data=body, headers=headers).status_code

    return post


@pytest.fixture(scope="module")
def unsigned(tmp_path_factory: pytest.TempPathFactory) -> Post:
    """Posts where nobody verifies."""
    client = client_in(tmp_path_factory.mktemp("unsigned"), None)
    return lambda body: client.post("/alexa", data=body).status_code


def client_in(folder: Path, verifier: SignatureVerifier | None) -> FlaskClient:
    chosen = Settings(
        skill_id=LOCAL_SKILL,
        verify_requests=verifier is not None,
        store=f"sqlite://{folder / 'memory.sqlite3'}",
    )
    return create_app(chosen, clock=lambda: NOW, signature=verifier).test_client()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of refusals are no news."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def intent(name: str, value: str = "bridge") -> dict[str, Any]:
    values = [{"value": {"name": value, "id": value}}]
    status = {"code": "ER_SUCCESS_MATCH"}
    resolution = {"authority": "a", "status": status, "values": values}
    slot = {
        "name": "exercise",
        "value": value,
        "resolutions": {"resolutionsPerAuthority": [resolution]},
    }
    request = {"type": "IntentRequest", "intent": {"name": name, "slots": {"exercise": slot}}}
    guidance = {"plan": [["bridge", 1]], "until_round": 1, "started": 1.0}
    attributes = {"v": 1, "phase": "guiding", "guidance": guidance, "said": [["help", {}]]}
    session = DeviceSession("session", attributes, is_new=False)
    return Household().envelope(session, request, number=1, at=NOW)


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a JSON value."""
    yield here
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(inner, (*here, key))


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A good request with some parts replaced, left out or added."""
    name = draw(st.sampled_from(sorted(INTENTS)) | st.text(max_size=5))
    envelope: Any = copy.deepcopy(intent(name))
    envelope["request"]["requestId"] = draw(st.uuids()).hex
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from([p for p in paths(envelope) if p]))
        place = envelope
        for key in way:
            place = place[key]
        match draw(st.sampled_from(["replace", "leave out", "add"])):
            case "replace":
                place[last] = draw(JSON)
            case "leave out":
                del place[last]
            case "add" if isinstance(place, dict):
                place[draw(NAMES)] = draw(JSON)
    return json.dumps(envelope).encode()


@FUZZ
@given(body=spoilt())
def test_spoilt_requests(body: bytes, signed: Post, unsigned: Post) -> None:
    assert signed(body) < 500
    assert unsigned(body) < 500


@FUZZ
@given(body=st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
def test_rubbish(body: bytes, signed: Post, unsigned: Post) -> None:
    assert signed(body) == 400
    assert unsigned(body) == 400


DEEP = 50_000
EXTREMES = [
    b"[" * DEEP,
    b"[" * DEEP + b"]" * DEEP,
    b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    b'{"request":' + b"[" * DEEP + b"]" * DEEP + b"}",
    b'"' + b"\\u0000" * 20_000 + b'"',
    b"1" * 120_000,
    b"-" * 120_000,
    b" " * 120_000,
    b"\xff" * 120_000,
    b'{"a":' + b"9" * 100_000 + b"}",
    b'{"a":1e' + b"9" * 1000 + b"}",
    b"[" + b"{}," * 40_000 + b"{}]",
    b"{" + b'"a":1,' * 20_000 + b'"a":1}',
    b"\xef\xbb\xbf{}",
    json.dumps(intent("AMAZON.HelpIntent")).encode("utf-16"),
]


@pytest.mark.parametrize("body", EXTREMES, ids=lambda body: repr(body[:12]))
def test_extremes(body: bytes, signed: Post, unsigned: Post) -> None:
    assert signed(body) == 400
    assert unsigned(body) == 400


def extreme(place: tuple[str, ...], value: str) -> bytes:
    """A good request with a piece of raw JSON at one place."""
    envelope: Any = intent("AMAZON.HelpIntent")
    part = envelope
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = "HERE"
    envelope["request"]["requestId"] = f"{place}{value[:20]}"
    return json.dumps(envelope).replace('"HERE"', value).encode()


PLACES = [
    ("more",),
    ("session", "attributes"),
    ("session", "attributes", "said"),
    ("request", "more"),
    ("request", "intent", "slots"),
    ("request", "intent", "slots", "exercise"),
    ("request", "locale"),
    ("context", "System", "device"),
    ("context", "System", "user", "userId"),
]
VALUES = [
    "[" * 20_000 + "]" * 20_000,
    "[" * 900 + "]" * 900,
    '{"a":' * 900 + "1" + "}" * 900,
    "9" * 5000,
    "1e400",
    '"' + "x" * 100_000 + '"',
    '"\\ud800"',
    '{"__class__": {}, "__dict__": {}}',
]


@pytest.mark.parametrize("place", PLACES, ids=".".join)
@pytest.mark.parametrize("value", VALUES, ids=lambda value: str(value[:12]))
def test_extremes_inside_a_good_request(
    place: tuple[str, ...], value: str, signed: Post, unsigned: Post
) -> None:
    body = extreme(place, value)
    assert signed(body) < 500
    assert unsigned(body) < 500
