"""What goes by the fast lane, what goes through Flask, and who judges a fault."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.exceptions import Conflict
from werkzeug.test import EnvironBuilder

from skill.alexa.steps import STEP, Steps
from skill.fast_lane import IN_STEPS, FastLane, failure

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

FAULTS = {b"conflict": Conflict(), b"rubbish": ValueError("rubbish")}


def _upper_case(environ: "WSGIEnvironment") -> Steps:
    said: bytes = environ["wsgi.input"].read()
    yield STEP
    if said in FAULTS:
        raise FAULTS[said]
    return said.upper()


@pytest.fixture
def seen() -> list[str]:
    """What came to Flask."""
    return []


@pytest.fixture
def client(seen: list[str]) -> FlaskClient:
    app = Flask("lane")
    app.wsgi_app = FastLane(app.wsgi_app, "/say", _upper_case, "text/loud")  # type: ignore[method-assign,assignment]

    @app.post("/say")
    def say() -> NoReturn:
        raise failure(request.environ)

    @app.get("/")
    def home() -> str:
        return "home"

    @app.before_request
    def note() -> None:
        seen.append(f"{request.method} {request.path}")

    app.register_error_handler(ValueError, lambda error: (f"no {error}", 422))
    return app.test_client()


def test_what_goes_well_never_comes_to_flask(client: FlaskClient, seen: list[str]) -> None:
    answer = client.post("/say", data="let go")
    assert (answer.status_code, answer.data) == (200, b"LET GO")
    assert dict(answer.headers) == {"Content-Type": "text/loud", "Content-Length": "6"}
    assert seen == []


@pytest.mark.parametrize(
    ("said", "status", "heard"),
    [("rubbish", 422, b"no rubbish"), ("conflict", 409, b"Conflict")],
)
def test_what_goes_wrong_is_judged_by_the_error_handlers(
    client: FlaskClient, seen: list[str], said: str, status: int, heard: bytes
) -> None:
    answer = client.post("/say", data=said)
    assert answer.status_code == status
    assert heard in answer.data
    assert seen == ["POST /say"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 200), ("GET", "/say", 405), ("PUT", "/say", 405), ("POST", "/say/", 404)],
)
def test_everything_else_is_flasks(
    client: FlaskClient, seen: list[str], method: str, path: str, status: int
) -> None:
    assert client.open(path, method=method).status_code == status
    assert len(seen) == 1


def test_a_server_that_gives_no_path_is_not_answered_here() -> None:
    def app(environ: Any, start: Any) -> Iterable[bytes]:
        return [b"elsewhere"]

    lane = FastLane(app, "/say", _upper_case, "text/loud")
    assert lane({"REQUEST_METHOD": "POST"}, lambda *_: lambda _: None) == [b"elsewhere"]


def test_a_server_that_takes_steps_is_given_them(client: FlaskClient) -> None:
    lane, statuses = client.application.wsgi_app, list[str]()
    environ = EnvironBuilder("/say", method="POST", data="let go").get_environ()

    def start(status: str, *_: object) -> Callable[[bytes], object]:
        statuses.append(status)
        return lambda _: None

    steps = iter(lane(environ | {IN_STEPS: True}, start))
    assert (next(steps), statuses) == (STEP, [])
    assert (next(steps), statuses) == (b"LET GO", ["200 OK"])
    assert list(steps) == []


def test_in_steps_too_what_goes_wrong_is_judged_by_the_error_handlers(client: FlaskClient) -> None:
    builder = EnvironBuilder("/say", method="POST", data="rubbish")
    builder.environ_base = {IN_STEPS: True}
    answer = client.open(builder)
    assert (answer.status_code, answer.data) == (422, b"no rubbish")
