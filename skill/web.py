"""The skill as a Flask application: `POST /alexa` and `GET /healthz`, nothing else."""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn

from ask_sdk_model.services.api_client import ApiClient
from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import Forbidden, HTTPException, MethodNotAllowed, RequestEntityTooLarge
from werkzeug.wsgi import get_input_stream

from skill.alexa.api_client import AlexaApiClient
from skill.alexa.endpoint import Endpoint
from skill.alexa.skill import build_skill
from skill.alexa.steps import Steps
from skill.alexa.verification.answers import MemoryAnswers
from skill.alexa.verification.errors import VerificationError
from skill.alexa.verification.replay import AnswerStore, Replay
from skill.alexa.verification.signature import SignatureVerifier
from skill.alexa.verification.signature_headers import CHAIN_URL, SIGNATURE
from skill.alexa.verification.timestamp import Clock
from skill.chosen_store import chosen_store
from skill.content import Content
from skill.exercises import load_facts
from skill.fast_lane import FastLane, failure
from skill.loopback import is_loopback
from skill.settings import Settings
from skill.store import Store, StoreFailed
from skill.store.backlog import Backlog
from skill.store.retention import Retention
from speech.duration import SpeechDuration
from speech.wording import Wording

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

LARGEST_BODY = 120 * 1024
"""Bytes. Alexa's own limit for a request and a response."""
MOST_READ = LARGEST_BODY + 1
"""Bytes. One more, so that a body that is too long shows it."""

_SIGNING = tuple(
    (f"HTTP_{name.upper().replace('-', '_')}", name) for name in (CHAIN_URL, SIGNATURE)
)
"""As WSGI spells them, and as HTTP does."""
_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP")

log = logging.getLogger(__name__)


def create_app(  # noqa: PLR0913 - each stands in for one part
    settings: Settings | None = None,
    *,
    clock: Clock | None = None,
    store: Store | None = None,
    signature: SignatureVerifier | None = None,
    answers: AnswerStore | None = None,
    spoken: SpeechDuration | None = None,
    services: ApiClient | None = None,
    real_time: Callable[[], float] = time.time,
) -> Flask:
    """The WSGI application.

    Args:
        settings: by default those of the environment.
        clock: gives the present moment of the talk; by default the machine's.
        store: by default the one that the settings name.
        signature: judges signatures where requests are verified; by default Amazon's.
        answers: what was answered before; by default remembered within this process.
        spoken: the real length of what is said, where the sound is made from this process; by
            default it is estimated.
        services: calls Alexa's services; by default Amazon's, where requests are verified.
        real_time: Unix time by which people are forgotten for their age. It is the store's, for
            the talk's may be simulated.

    Raises:
        BadSetting: a setting cannot be used.
        StoreFailed: the store cannot be opened.
        BrokenData: a data file has a fault.
    """
    settings = settings or Settings.from_environment(os.environ)
    store = Backlog(store or chosen_store(settings))
    retention = Retention(store, settings.retention_seconds, real_time)
    retention.expire()
    endpoint = create_endpoint(
        settings,
        store,
        clock=clock or _now,
        signature=signature,
        answers=answers,
        spoken=spoken,
        services=services,
    )

    def alexa(environ: "WSGIEnvironment") -> Steps:
        retention.on_a_request()
        if not settings.verify_requests and not _is_from_here(environ):
            raise Forbidden
        return endpoint.answer(_headers(environ), _body(environ))

    return _application(alexa, store)


def create_endpoint(  # noqa: PLR0913 - each stands in for one part
    settings: Settings,
    store: Store,
    *,
    clock: Clock,
    signature: SignatureVerifier | None = None,
    answers: AnswerStore | None = None,
    spoken: SpeechDuration | None = None,
    services: ApiClient | None = None,
) -> Endpoint:
    """Alexa endpoint without HTTP: the skill that the settings describe, behind its checks.

    `store` keeps its memories; the other arguments are those of `create_app`.

    Raises:
        BrokenData: a data file has a fault.
    """
    routines, safety = load_facts()
    words = Wording.for_language("en")
    content = Content(routines, safety, words, settings.screening, settings.delay)
    if spoken is not None:
        content = replace(content, spoken=spoken, drift=0.0)
    verifier = signature or SignatureVerifier.for_production() if settings.verify_requests else None
    services = services or (AlexaApiClient() if settings.verify_requests else None)
    return Endpoint(
        build_skill(content, store, settings.zone, services),
        skill_id=settings.skill_id,
        signature=verifier,
        replay=Replay(answers or MemoryAnswers(), clock),
        clock=clock,
    )


def _application(answer: Callable[["WSGIEnvironment"], Steps], store: Store) -> Flask:
    app = Flask("skill", static_folder=None)
    lane = FastLane(app.wsgi_app, "/alexa", answer, "application/json")
    # As Flask's documentation has it: so the application itself stays the one to run and test.
    app.wsgi_app = lane  # type: ignore[method-assign,assignment]

    @app.post("/alexa")
    def alexa() -> NoReturn:
        raise failure(request.environ)

    @app.get("/healthz")
    def healthz() -> Response:
        try:
            store.check()
        except StoreFailed as error:
            log.error("the store does not answer: %s", error)  # noqa: TRY400 - one line
            return _refusal(503, "the store does not answer")
        return jsonify(status="ok", store="ok")

    app.register_error_handler(VerificationError, _untrusted)
    app.register_error_handler(StoreFailed, _store_failed)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)
    return app


def _headers(environ: "WSGIEnvironment") -> list[tuple[str, str]]:
    """Those that trust depends on; a server joins into one what comes twice."""
    return [(name, environ[key]) for key, name in _SIGNING if key in environ]


def _body(environ: "WSGIEnvironment") -> bytes:
    if environ.get("wsgi.input_terminated"):
        stream = environ["wsgi.input"]
    else:
        stream = get_input_stream(environ, max_content_length=MOST_READ)
    body = bytes(stream.read(MOST_READ))
    if len(body) > LARGEST_BODY:
        raise RequestEntityTooLarge
    return body


def _is_from_here(environ: "WSGIEnvironment") -> bool:
    """Whether this machine asks, and not a proxy on it for somebody else."""
    forwarded = any(name in environ for name in _FORWARDED)
    return not forwarded and is_loopback(environ.get("REMOTE_ADDR", ""))


def _untrusted(error: VerificationError) -> Response:
    log.warning("refused with %d: %s", error.status, error.reason)
    return _refusal(error.status, error.reason)


def _http_error(error: HTTPException) -> Response:
    log.warning("refused with %d: %s", error.code or 500, error.name.lower())
    response = _refusal(error.code or 500, error.name)
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    return response


def _store_failed(error: StoreFailed) -> Response:
    log.error("the store could not be written: %s", error)
    return _refusal(503, "the store does not answer")


def _unexpected(error: Exception) -> Response:
    # The message could quote a request; the type cannot.
    log.error("request failed: %s", type(error).__name__)
    return _refusal(500, "something went wrong")


def _refusal(status: int, reason: str) -> Response:
    response = jsonify(error=reason)
    response.status_code = status
    return response


def _now() -> datetime:
    return datetime.now(UTC)
