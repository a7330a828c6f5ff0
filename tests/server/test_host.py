"""Granian's side of a request, as far as no client on a socket can show it at once."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from typing import TYPE_CHECKING, Any

import pytest

from skill.server.host import Host

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Headers:
    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.pairs = pairs

    def items(self) -> Iterable[tuple[str, str]]:
        return self.pairs

    def get(self, key: str) -> str | None:
        return dict(self.pairs).get(key)


class Scope:
    """As granian describes a request."""

    method, path, query_string, scheme, http_version = "POST", "/a b", "x=1", "http", "1.1"
    server, client = "127.0.0.1:8080", "[::1]:50000"

    def __init__(self, *headers: tuple[str, str]) -> None:
        self.headers = Headers(*headers)


class Protocol:
    """A client that sends its body and takes the answer, or sends no end."""

    def __init__(self, body: bytes | None) -> None:
        self.body = body
        self.answer: tuple[int, list[tuple[str, str]], bytes] | None = None

    async def __call__(self) -> bytes:
        if self.body is None:
            await asyncio.get_running_loop().create_future()
        return self.body or b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield await self()

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.answer = (status, headers, body)


def echo(environ: "WSGIEnvironment", start: "StartResponse") -> list[bytes]:
    start("200 OK", [("Content-Type", "application/json")])
    known = {k: v for k, v in environ.items() if isinstance(v, str)}
    return [json.dumps({**known, "body": environ["wsgi.input"].read().decode()}).encode()]


def broken(environ: "WSGIEnvironment", start: "StartResponse") -> list[bytes]:
    raise LookupError("what a person said")


def asked(
    app: Any, scope: Scope, body: bytes | None, seconds: float = 30.0
) -> tuple[int, dict[str, str]]:
    host = Host(app, threads=1, largest_body=100, access_log=None, body_seconds=seconds)
    protocol = Protocol(body)
    asyncio.run(host(scope, protocol))  # type: ignore[arg-type]
    assert protocol.answer is not None
    return protocol.answer[0], json.loads(protocol.answer[2])


def test_the_application_gets_what_wsgi_promises() -> None:
    headers = [("content-type", "a/b"), ("x-one", "1"), ("x-one", "2"), ("x_one", "3")]
    status, environ = asked(echo, Scope(*headers), b"hello")
    assert status == 200
    assert environ["body"] == "hello"
    assert environ["CONTENT_LENGTH"] == "5"
    assert environ["CONTENT_TYPE"] == "a/b"
    assert environ["HTTP_X_ONE"] == "1,2"
    assert (environ["PATH_INFO"], environ["QUERY_STRING"]) == ("/a b", "x=1")
    assert (environ["REMOTE_ADDR"], environ["SERVER_PORT"]) == ("::1", "8080")


@pytest.mark.parametrize(
    "headers", [[], [("content-length", "50")]], ids=["chunked", "of a length"]
)
def test_a_body_that_does_not_come_in_time_is_given_up(headers: list[tuple[str, str]]) -> None:
    assert asked(echo, Scope(*headers), None, seconds=0.01)[0] == 408


def test_a_body_that_says_it_is_too_long_is_not_awaited() -> None:
    assert asked(echo, Scope(("content-length", "101")), None)[0] == 413


def test_an_application_that_fails_is_answered_for(caplog: pytest.LogCaptureFixture) -> None:
    assert asked(broken, Scope(), b"")[0] == 500
    assert [record.getMessage() for record in caplog.records] == ["request failed: LookupError"]
