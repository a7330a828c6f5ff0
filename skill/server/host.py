"""RSGI host of a WSGI application: reads a body whole, then has a thread call the application.

A client that sends slowly, or not at all, costs a connection and no thread. A thread waits only
for what the application itself waits for, such as a certificate or Alexa's reminders.
"""

import asyncio
import json
import logging
import sys
import threading
import time
from asyncio import AbstractEventLoop, Future
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from granian.rsgi import (  # type: ignore[attr-defined] # they are its public names
    HTTPProtocol,
    ProtocolClosed,
    ProtocolError,
    Scope,
)
from msgspec import Struct

from skill.server.log_lines import AccessLog

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

BODY_SECONDS = 10.0
"""How long a client may take to send its body."""

LONGEST_PATH = 80
"""Characters of a path that are logged."""

log = logging.getLogger(__name__)


class _Answer(Struct):
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class _TooLarge(Exception):
    """The body is longer than anybody's request."""


class _Work(Struct):
    """A request that has come whole."""

    scope: Scope
    protocol: HTTPProtocol
    body: bytes
    arrived: float
    answered: "Future[None]"


class Host:
    """RSGI application around a WSGI application."""

    def __init__(  # noqa: PLR0913 - each bounds or ends one thing
        self,
        app: "WSGIApplication",
        *,
        threads: int,
        largest_body: int,
        access_log: AccessLog | None,
        body_seconds: float = BODY_SECONDS,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        """Starts the threads.

        Args:
            app: the WSGI application.
            threads: requests in work at once.
            largest_body: bytes; a longer body is refused with 413.
            access_log: is told of each request; None for none.
            body_seconds: how long a client may take to send its body.
            close: called when the worker ends and no request is in work any more.
        """
        self._app = app
        self._close = close
        self._largest_body = largest_body
        self._access_log = access_log
        self._body_seconds = body_seconds
        self._work: SimpleQueue[_Work] = SimpleQueue()
        self._answered: deque[Future[None]] = deque()
        self._is_loop_woken = False
        for number in range(threads):
            name = f"request-{number + 1}"
            threading.Thread(target=self._answer_on, name=name, daemon=True).start()

    def __rsgi_del__(self, _: AbstractEventLoop) -> None:
        """The worker ends: the application is closed, and what is to be logged is written."""
        self._close()
        if self._access_log is not None:
            self._access_log.flush()
        logging.shutdown()

    async def __call__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """One request: read its body, and wait until a thread has answered it."""
        arrived = time.perf_counter()
        try:
            async with asyncio.timeout(self._body_seconds):
                body = await self._body(scope, protocol)
        except TimeoutError:
            self._send(scope, protocol, _refusal(408, "Request Timeout"), arrived)
        except _TooLarge:
            self._send(scope, protocol, _refusal(413, "Request Entity Too Large"), arrived)
        except (ProtocolClosed, ProtocolError):
            pass  # nobody is there any more
        else:
            answered = asyncio.get_running_loop().create_future()
            self._work.put(_Work(scope, protocol, body, arrived, answered))
            await answered

    async def _body(self, scope: Scope, protocol: HTTPProtocol) -> bytes:
        length = scope.headers.get("content-length")
        if length is not None:
            if int(length) > self._largest_body:
                raise _TooLarge
            return await protocol()
        body = bytearray()
        async for chunk in protocol:
            body += chunk
            if len(body) > self._largest_body:
                raise _TooLarge
        return bytes(body)

    def _answer_on(self) -> None:
        while True:
            work = self._work.get()
            self._send(work.scope, work.protocol, self._answer(work), work.arrived)
            self._answered.append(work.answered)
            # Waking the loop takes the interpreter from others: once will do for several answers.
            if not self._is_loop_woken:
                self._is_loop_woken = True
                work.answered.get_loop().call_soon_threadsafe(self._finish)

    def _finish(self) -> None:
        # Before the first is taken: what is answered later wakes the loop again.
        self._is_loop_woken = False
        while self._answered:
            answered = self._answered.popleft()
            if not answered.done():
                answered.set_result(None)

    def _answer(self, work: _Work) -> _Answer:
        try:
            return _called(self._app, environ_of(work.scope, work.body))
        except Exception as error:
            # The message could quote a request; the type cannot.
            log.error("request failed: %s", type(error).__name__)  # noqa: TRY400 - one line
            return _refusal(500, "Internal Server Error")

    def _send(self, scope: Scope, protocol: HTTPProtocol, answer: _Answer, arrived: float) -> None:
        with suppress(ProtocolClosed, ProtocolError):
            protocol.response_bytes(answer.status, answer.headers, answer.body)
        if self._access_log is not None:
            self._access_log.write(_line(scope, answer, arrived))


def _called(app: "WSGIApplication", environ: "WSGIEnvironment") -> _Answer:
    answer = _Answer(500, [], b"")

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> Any:
        answer.status, answer.headers = int(status[:3]), headers

    pieces = app(environ, start)
    try:
        answer.body = b"".join(pieces)
    finally:
        getattr(pieces, "close", int)()
    return answer


def environ_of(scope: Scope, body: bytes) -> "WSGIEnvironment":
    """A request as WSGI has it; without headers that could pose as others, by an underscore."""
    server, client = scope.server.rpartition(":"), scope.client.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server[0],
        "SERVER_PORT": server[2],
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": client[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" not in name:
            key = f"HTTP_{name.upper().replace('-', '_')}"
            environ[key] = f"{environ[key]},{value}" if key in environ else value
    # How it came does not matter any more: it is here, and as long as it is.
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ


def _refusal(status: int, reason: str) -> _Answer:
    body = json.dumps({"error": reason}).encode()
    return _Answer(status, [("content-type", "application/json"), ("connection", "close")], body)


def _line(scope: Scope, answer: _Answer, arrived: float) -> dict[str, str | int | float]:
    """What a request came to. No query, no address, no header, nothing of the body."""
    return {
        "method": scope.method[:LONGEST_PATH],
        "path": scope.path[:LONGEST_PATH],
        "status": answer.status,
        "bytes": len(answer.body),
        "ms": round((time.perf_counter() - arrived) * 1000, 2),
    }
