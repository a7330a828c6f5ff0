"""The skill behind a WSGI server, for production."""

import errno
import gc
import os
import signal
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server import Server

from skill.alexa.shared_answers import SharedAnswers
from skill.alexa.verification.answers import MemoryAnswers
from skill.alexa.verification.certificate_cache import CertificateCacheLimits
from skill.alexa.verification.replay import AnswerStore
from skill.alexa.verification.signature import SignatureVerifier
from skill.chosen_store import chosen_store
from skill.fast_lane import IN_STEPS, passed_on
from skill.hot_thread import HotThread
from skill.loopback import is_loopback
from skill.one_core import OneCore
from skill.server.log_lines import AccessLog, config
from skill.settings import BadSetting, Settings, default_store
from skill.web import MOST_READ, create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STOP_SECONDS = 12
"""How long requests in flight may take to finish once the server is told to stop."""

LONGEST_PATH = 80
"""Characters of a path that are logged."""

HEAD_MILLISECONDS = 10_000
"""How long a client may take to send its headers."""

_PARENT_SECONDS = 1.0

_ARRIVED = "back_coach.arrived"
"""When a request's head had come, so that its line tells of every wait."""

MakeApp = Callable[[], "WSGIApplication"]

_InSteps = Callable[["WSGIEnvironment", "StartResponse"], Iterator[bytes]]


@dataclass(frozen=True)
class ServerOptions:
    """How to serve. The defaults suit a machine of two cores behind a proxy on it."""

    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = 1
    """Processes. Several share the memory of answered requests in a file, which costs time."""
    threads: int = 32
    """Requests in work at once in each worker; most of them wait for a body or a certificate."""
    json_logs: bool = False
    access_log: bool = True


def serve(serving: ServerOptions, settings: Settings, make_app: MakeApp | None = None) -> None:
    """Serve until SIGTERM or SIGINT; requests in flight are finished.

    Args:
        serving: how.
        settings: of the deployment.
        make_app: builds the application in each worker; by default the skill of the settings.

    Raises:
        BadSetting: it would not be safe, or cannot be, to serve like that.
        StoreFailed: the store cannot be opened.
    """
    _require_safe(serving, settings)
    _require_free(serving)
    chosen_store(settings).check()
    _require_answers(settings, serving.workers)
    server = Server(
        "skill",
        address=_resolved(serving)[4][0],
        port=serving.port,
        interface=Interfaces.WSGI,
        workers=serving.workers,
        blocking_threads=serving.threads,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_MILLISECONDS),
        websockets=False,
        log_dictconfig=config(as_json=serving.json_logs),
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=STOP_SECONDS,
    )
    build = make_app or partial(_skill, settings, serving.workers, serving.threads)
    load = partial(_load, build, os.getpid(), serving)
    server.serve(target_loader=load, wrap_loader=False)


def _require_safe(serving: ServerOptions, settings: Settings) -> None:
    if not settings.skill_id:
        raise BadSetting("BACK_COACH_SKILL_ID is not set: it says which skill's requests to answer")
    if not settings.verify_requests and not is_loopback(serving.host):
        raise BadSetting(
            f"requests are not verified (BACK_COACH_VERIFY_REQUESTS=off), so --host may not be"
            f" {serving.host!r}: only this machine may ask"
        )


def _require_free(serving: ServerOptions) -> None:
    """Raise BadSetting unless the address can be bound; the server itself would share it."""
    try:
        family, _, _, _, address = _resolved(serving)
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        reason = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used: {error}"
        raise BadSetting(f"address {serving.host} port {serving.port} {reason}") from None


def _resolved(serving: ServerOptions) -> tuple[int, int, int, str, tuple[str, int]]:
    found = socket.getaddrinfo(serving.host, serving.port, type=socket.SOCK_STREAM)
    family, kind, protocol, name, address = found[0]
    return family, kind, protocol, name, (str(address[0]), int(address[1]))


def _require_answers(settings: Settings, workers: int) -> None:
    answers = answers_for(settings, workers)
    if isinstance(answers, SharedAnswers):
        # Each worker opens it for itself.
        answers.close()


def _skill(settings: Settings, workers: int, threads: int) -> "WSGIApplication":
    # Half the threads stay free while the others wait for certificates.
    limits = CertificateCacheLimits(waiting=max(1, threads // 2))
    return create_app(
        settings,
        signature=SignatureVerifier.for_production(limits),
        answers=answers_for(settings, workers),
    )


def answers_for(settings: Settings, workers: int) -> AnswerStore:
    """What was answered before: in one process, or in a file if there are several.

    Raises:
        BadSetting: that file cannot be made.
    """
    if workers == 1:
        return MemoryAnswers()
    kind, _, place = settings.store_url.partition("://")
    is_beside = kind == "sqlite"
    file = Path(f"{place if is_beside else default_store()}.answers")
    try:
        return SharedAnswers(file)
    except (OSError, sqlite3.Error) as error:
        chosen_by = "BACK_COACH_STORE" if is_beside else "XDG_DATA_HOME"
        raise BadSetting(
            f"several workers share their answers in {file}, which cannot be used ({error});"
            f" choose another folder by {chosen_by}, or use one worker"
        ) from None


def _load(build: MakeApp, parent: int, serving: ServerOptions) -> "WSGIApplication":
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    app = build()
    # What was built at the start is never garbage: do not look through it at every request.
    gc.collect()
    gc.freeze()
    log = AccessLog(sys.stdout, as_json=serving.json_logs) if serving.access_log else None
    return _in_one_thread(_in_steps(app, log))


def _follow(parent: int) -> None:
    """Stop this worker when its parent was killed, so that a restart finds the port free."""
    while os.getppid() == parent:
        time.sleep(_PARENT_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def _in_one_thread(app: "_InSteps") -> "WSGIApplication":
    """The application at work in one thread; the server's own wait for bodies, and for it."""
    core = OneCore()
    hot = HotThread(core.join)
    # The server's loop, which this thread is about to start, has no need of the interpreter.
    core.avoid()

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        core.join()
        environ[_ARRIVED] = time.perf_counter()
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(MOST_READ))
        return hot.run(app(environ, start))

    return answer


def _in_steps(app: "WSGIApplication", log: AccessLog | None) -> "_InSteps":
    """The application taken in steps, with a line about each answer if wanted."""

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterator[bytes]:
        environ[IN_STEPS] = True
        length = 0
        statuses: list[str] = []

        def starting(status: str, headers: list[tuple[str, str]], *more: object) -> object:
            statuses.append(status)
            return start(status, headers, *more)  # type: ignore[arg-type] # as it came

        for piece in passed_on(app(environ, starting)):  # type: ignore[arg-type] # nobody here writes
            length += len(piece)
            yield piece
        if log is not None:
            log.write(_line(environ, statuses[-1], length))

    return answer


def _line(environ: "WSGIEnvironment", status: str, length: int) -> dict[str, str | int | float]:
    """What a request came to. No query, no address, no header, nothing of the body."""
    return {
        "method": str(environ["REQUEST_METHOD"])[:LONGEST_PATH],
        "path": str(environ["PATH_INFO"])[:LONGEST_PATH],
        "status": int(status[:3]),
        "bytes": length,
        "ms": round((time.perf_counter() - environ[_ARRIVED]) * 1000, 2),
    }
