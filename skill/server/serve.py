"""Production server: granian waits for clients, and threads of the skill's answer them."""

import errno
import gc
import logging
import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.server import Server

from skill.alexa.verification.certificate_cache import CertificateCacheLimits
from skill.alexa.verification.signature import SignatureVerifier
from skill.server.host import Host
from skill.server.log_lines import AccessLog, config
from skill.settings import BadSetting, Settings, is_loopback
from skill.store import open_configured
from skill.web import LARGEST_BODY, create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

STOP_SECONDS = 12
"""How long requests in flight may take to finish once the server is told to stop."""

HEAD_MILLISECONDS = 10_000
"""How long a client may take to send its headers."""

MOST_CONNECTIONS = 4096
"""At once, in each worker. Each may hold a body that is still coming: half a gigabyte in all."""

SPARE_FILES = 256
"""Open files besides connections: the store's, and what is asked of others."""

_PARENT_SECONDS = 1.0

MakeApp = Callable[[], "WSGIApplication"]

log = logging.getLogger(__name__)


def usable_cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class ServerOptions:
    """Server options. The defaults suit a machine behind a proxy on it."""

    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = field(default_factory=usable_cores)
    """Processes, one for each core: one interpreter keeps one core busy. They share the store."""
    threads: int = 4
    """Requests in work at once in each worker. None of them waits for a client."""
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
    store = open_configured(settings)
    store.check()
    # A process that only watches others holds no files of theirs.
    store.close()
    threading.excepthook = partial(_end_with_thread, None)
    connections = _room_for_connections()
    server = Server(
        "skill",
        address=_resolved(serving)[4][0],
        port=serving.port,
        interface=Interfaces.RSGI,
        loop=Loops.asyncio,
        workers=serving.workers,
        backlog=connections,
        backpressure=connections,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_MILLISECONDS),
        websockets=False,
        log_dictconfig=config(as_json=serving.json_logs),
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=STOP_SECONDS,
    )
    log.info("at most %d connections at once in each worker", connections)
    build = make_app or partial(_skill, settings, serving.threads)
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


def _room_for_connections() -> int:
    """Raise the limit of open files as far as is useful and allowed; how many connections it gives.

    The usual limit of 1,024 is spent on as many clients that send nothing.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + SPARE_FILES
    if 0 <= soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return MOST_CONNECTIONS if soft < 0 else min(MOST_CONNECTIONS, max(soft - SPARE_FILES, 1))


def _skill(settings: Settings, threads: int) -> "WSGIApplication":
    # Half the threads stay free while the others wait for certificates.
    limits = CertificateCacheLimits(waiting=max(1, threads // 2))
    return create_app(settings, signature=SignatureVerifier.for_production(limits))


def _load(build: MakeApp, parent: int, serving: ServerOptions) -> Host:
    access_log = AccessLog(as_json=serving.json_logs) if serving.access_log else None
    threading.excepthook = partial(_end_with_thread, access_log)
    threading.Thread(target=_follow, args=(parent,), name="parent", daemon=True).start()
    app = build()
    # What was built at the start is never garbage: do not look through it at every request.
    gc.collect()
    gc.freeze()
    return Host(
        app,
        threads=serving.threads,
        largest_body=LARGEST_BODY,
        access_log=access_log,
        close=getattr(app, "close", lambda: None),
    )


def _end_with_thread(access_log: AccessLog | None, ended: threading.ExceptHookArgs) -> None:
    """End the process with a thread of it: what misses a thread may wait for it for ever."""
    if ended.exc_type is SystemExit:
        return
    name = ended.thread.name if ended.thread else "?"
    log.critical("thread %s ended with %s: this process ends", name, ended.exc_type.__name__)
    if access_log is not None:
        access_log.flush()
    logging.shutdown()
    os._exit(1)


def _follow(parent: int) -> None:
    """Stop this worker when its parent was killed, so that a restart finds the port free."""
    while os.getppid() == parent:
        time.sleep(_PARENT_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
