"""The web service: its two doors, who may knock, and how it is."""

import json
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.x509.verification import Store
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from skill.alexa.verification.certificate_cache import CertificateCache
from skill.alexa.verification.certificate_chain import ChainJudge
from skill.alexa.verification.signature import SignatureVerifier
from skill.coach.effects import Preferred
from skill.coach.memory import Memory
from skill.settings import BadSetting
from skill.store import StoreFailed
from skill.store.sqlite import SqliteStore
from skill.web import create_app
from tests.alexa.conftest import (
    LAUNCH,
    Alexa,
    Answer,
    Clock,
    assert_impersonal,
    envelope,
    lines,
    says,
    settings_in,
)
from tests.alexa.verification.authority import NOW as SIGNED_AT
from tests.alexa.verification.authority import World, signed_headers

__all__ = ["lines"]

Lines = Callable[[], list[str]]
NOON, DAY = 1736164800.0, 24 * 3600.0
ANYTHING = json.dumps(envelope(LAUNCH, number="anything")).encode()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(tmp_path: Path, clock: Clock) -> Flask:
    return create_app(settings_in(tmp_path), clock=clock)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def assert_refused(response: TestResponse, status: int) -> None:
    assert response.status_code == status
    assert response.mimetype == "application/json"
    assert list(response.get_json()) == ["error"]
    assert_impersonal(response.get_data(as_text=True))


def assert_answers(client: FlaskClient) -> None:
    body = json.dumps(envelope(LAUNCH, number="still there?"))
    response = client.post("/alexa", data=body)
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    assert says(Answer(response.get_json()), "welcome-first")


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_only_post_reaches_the_skill(method: str, client: FlaskClient) -> None:
    assert_refused(client.open("/alexa", method=method, data=ANYTHING), 405)
    assert_answers(client)


@pytest.mark.parametrize("path", ["/", "/alexa/", "/Alexa", "/static/x", "/..%2f..%2fetc", "/%00"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_there_is_nothing_else(path: str, method: str, client: FlaskClient) -> None:
    assert_refused(client.open(path, method=method, data=ANYTHING), 404)
    assert_answers(client)


NEARLY = [
    "//alexa",
    "///alexa",
    "/alexa//",
    "/./alexa",
    "/x/../alexa",
    "/alexa;a",
    "alexa",
    "/ALEXA",
]


@pytest.mark.parametrize("path", NEARLY)
def test_the_path_is_taken_to_the_letter(path: str, client: FlaskClient) -> None:
    refused = client.post(data=ANYTHING, environ_overrides={"PATH_INFO": path})
    assert_refused(refused, 404)
    assert "Location" not in refused.headers
    assert_answers(client)


def test_an_answer_is_of_the_type_that_alexa_asks_for(client: FlaskClient) -> None:
    answer = client.post("/alexa", data=ANYTHING, content_type="application/json;charset=UTF-8")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json;charset=UTF-8"


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "application/json; charset=utf-8",
        "text/plain",
        "application/x-www-form-urlencoded",
        "a/b;c",
    ],
)
def test_the_content_type_does_not_matter(kind: str, client: FlaskClient) -> None:
    assert client.post("/alexa", data=ANYTHING, content_type=kind).status_code == 200


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "2001:db8::1", "::ffff:10.0.0.1", ""])
def test_unverified_requests_are_taken_from_this_machine_only(
    address: str, client: FlaskClient
) -> None:
    claims = {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1", "Host": "localhost"}
    for headers in ({}, claims):
        outside = {"REMOTE_ADDR": address}
        refused = client.post("/alexa", data=ANYTHING, environ_base=outside, headers=headers)
        assert_refused(refused, 403)
    assert client.get("/healthz", environ_base={"REMOTE_ADDR": address}).status_code == 200
    assert_answers(client)


def test_it_is_healthy(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.get_json() == {"status": "ok", "store": "ok"}


def spoil(file: Path) -> None:
    """Overwrite a database in place, as a failing disk or a careless copy does."""
    for part in file.parent.glob(f"{file.name}*"):
        if part.suffix == ".withdrawn":
            continue
        part.write_bytes(b"not a database at all " * 500)


def mend(store: SqliteStore, good: dict[Path, bytes]) -> None:
    """Put every part back, and open them again as a restart does."""
    for part, content in good.items():
        part.write_bytes(content)
    store.close()


def test_with_a_spoilt_store_it_is_not_healthy_but_still_talks(
    tmp_path: Path, clock: Clock, lines: Lines
) -> None:
    store = SqliteStore(tmp_path / "memory.sqlite3")
    alexa = Alexa(create_app(settings_in(tmp_path), clock=clock, store=store), clock)
    good = {part: part.read_bytes() for part in tmp_path.iterdir()}
    spoil(tmp_path / "memory.sqlite3")
    assert_refused(alexa.client.get("/healthz"), 503)
    assert len(lines()) == 1
    # With no memory everything is asked, and nobody is turned away.
    alexa.start("bridge")
    assert alexa.screening == "full"
    assert says(alexa.be_guided("bridge"), "cleared")
    assert_impersonal("".join(lines()))
    mend(store, good)
    assert alexa.client.get("/healthz").status_code == 200


def test_a_store_that_another_process_holds_is_not_healthy_until_it_lets_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("skill.store.sqlite.BUSY_SECONDS", 0.01)
    client = create_app(settings_in(tmp_path)).test_client()
    other = sqlite3.connect(tmp_path / "memory.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert_refused(client.get("/healthz"), 503)
    other.close()
    assert client.get("/healthz").status_code == 200


def test_a_worker_that_cannot_open_the_store_is_not_healthy(
    tmp_path: Path, client: FlaskClient
) -> None:
    file = tmp_path / "memory.sqlite3"
    file.unlink()
    file.mkdir()
    with ThreadPoolExecutor(1) as another:
        assert_refused(another.submit(client.get, "/healthz").result(), 503)


def test_a_store_that_cannot_be_opened_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "memory.sqlite3").mkdir()
    with pytest.raises(StoreFailed):
        create_app(settings_in(tmp_path))


@pytest.mark.parametrize("url", ["postgres://x", "sqlite://here", "sqlite:///", "/srv/m", "x"])
def test_a_store_of_no_known_kind_stops_the_start(url: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="BACK_COACH_STORE"):
        create_app(settings_in(tmp_path, store=url))


@pytest.fixture
def verifying(tmp_path: Path, clock: Clock) -> FlaskClient:
    """A server as in production, before it has met Amazon."""
    return create_app(settings_in(tmp_path, verify_requests=True), clock=clock).test_client()


CHAIN = "https://s3.amazonaws.com/echo.api/x.pem"
UNSIGNED = [
    {},
    {"Signature-256": "AAAA"},
    {"SignatureCertChainUrl": "", "Signature-256": "AAAA"},
    {"SignatureCertChainUrl": CHAIN},
    {"SignatureCertChainUrl": "https://example.com/echo.api/x.pem", "Signature-256": "AAAA"},
    {"SignatureCertChainUrl": CHAIN.replace("https", "http"), "Signature-256": "AAAA"},
]


@pytest.mark.parametrize("headers", UNSIGNED, ids=str)
def test_where_requests_are_verified_an_unsigned_one_is_refused(
    headers: dict[str, str], verifying: FlaskClient, lines: Lines
) -> None:
    assert_refused(verifying.post("/alexa", data=ANYTHING, headers=headers), 400)
    assert len(lines()) == 1
    assert_impersonal(lines()[0])


def test_the_signature_is_judged_before_the_body_is_read(verifying: FlaskClient) -> None:
    nonsense, good = (verifying.post("/alexa", data=body) for body in (b"[" * 1000, ANYTHING))
    assert nonsense.get_json() == good.get_json()


def test_a_signed_request_is_answered_from_anywhere(tmp_path: Path) -> None:
    world = World()
    trusted = Store([world.root.certificate])
    signature = SignatureVerifier(
        CertificateCache(lambda _: world.chain, ChainJudge(lambda: trusted))
    )
    settings = settings_in(tmp_path, verify_requests=True)
    client = create_app(settings, clock=Clock(SIGNED_AT), signature=signature).test_client()
    body = json.dumps(envelope(LAUNCH, SIGNED_AT)).encode()
    headers, outside = signed_headers(body, world.amazon), {"REMOTE_ADDR": "192.0.2.7"}
    altered = client.post("/alexa", data=body + b" ", headers=headers, environ_base=outside)
    assert_refused(altered, 400)
    signed = client.post("/alexa", data=body, headers=headers, environ_base=outside)
    assert signed.status_code == 200
    assert says(Answer(signed.get_json()), "welcome-first")


@pytest.mark.parametrize(("days", "is_known"), [(399, True), (402, False)])
def test_whoever_was_not_heard_of_for_long_is_forgotten_at_the_start(
    tmp_path: Path, days: int, *, is_known: bool
) -> None:
    now = NOON
    store = SqliteStore(tmp_path / "memory.sqlite3", clock=lambda: now)
    store.keep("anne", [Preferred("slower")])
    now = NOON + 300 * DAY
    store.keep("ben", [Preferred("slower")])
    create_app(settings_in(tmp_path), real_time=lambda: NOON + days * DAY)
    assert (store.recall("anne") == Memory(pace="slower")) is is_known


def test_whoever_was_not_heard_of_for_long_is_forgotten_while_it_runs(
    tmp_path: Path, clock: Clock
) -> None:
    now = NOON
    store = SqliteStore(tmp_path / "memory.sqlite3", clock=lambda: now)
    app = create_app(settings_in(tmp_path), clock=clock, store=store, real_time=lambda: now)
    store.keep("anne", [Preferred("slower")])
    now = NOON + 300 * DAY
    store.keep("ben", [Preferred("slower")])
    for days, is_known in ((399, True), (402, False)):
        now = NOON + days * DAY
        assert_answers(app.test_client())
        for thread in threading.enumerate():
            if thread.name == "retention":
                thread.join(60)
        assert (store.recall("anne") == Memory(pace="slower")) is is_known


def test_a_simulated_day_makes_nobody_older(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "memory.sqlite3")
    store.keep("anne", [Preferred("slower")])
    for year in (2026, 2040, 1990):
        create_app(settings_in(tmp_path), clock=Clock(datetime(year, 1, 1, tzinfo=UTC)))
    assert store.recall("anne").pace == "slower"
