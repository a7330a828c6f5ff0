"""Flask application of the skill: `POST /alexa` and `GET /healthz`, nothing else."""

import logging
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

from ask_sdk_model.services.api_client import ApiClient
from flask import Flask, Request, Response, jsonify, request
from werkzeug.exceptions import Forbidden, HTTPException, MethodNotAllowed, NotFound

from skill.alexa.api_client import AlexaApiClient
from skill.alexa.endpoint import Endpoint
from skill.alexa.skill import build_skill
from skill.alexa.verification.errors import VerificationError
from skill.alexa.verification.signature import SignatureVerifier
from skill.alexa.verification.signature_headers import CHAIN_URL, SIGNATURE
from skill.alexa.verification.timestamp import Clock
from skill.content import Content
from skill.packaging.endpoint_address import PATH
from skill.settings import Settings, is_loopback
from skill.store import Store, StoreFailed, open_configured
from skill.store.retention import Retention
from speech.duration import SpeechDuration

CONTENT_TYPE = "application/json;charset=UTF-8"
"""Of an answer, as Alexa asks for it."""

LARGEST_BODY = 120 * 1024
"""Bytes. Alexa's own limit for a request and a response."""

_SIGNING = (CHAIN_URL, SIGNATURE)
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")

log = logging.getLogger(__name__)


class SkillApp(Flask):
    """The WSGI application, and the store that it closes at the end."""

    def __init__(self, store: Store) -> None:
        """Has no routes yet."""
        super().__init__("skill", static_folder=None)
        self.store = store

    def close(self) -> None:
        """End the use of the store, once no request is in work any more."""
        self.store.close()


def create_app(  # noqa: PLR0913 - each stands in for one part
    settings: Settings | None = None,
    *,
    clock: Clock | None = None,
    store: Store | None = None,
    signature: SignatureVerifier | None = None,
    spoken: SpeechDuration | None = None,
    services: ApiClient | None = None,
    real_time: Callable[[], float] = time.time,
) -> SkillApp:
    """The WSGI application.

    Args:
        settings: by default those of the environment.
        clock: gives the present moment of the talk; by default the machine's.
        store: by default the one that the settings name.
        signature: judges signatures where requests are verified; by default Amazon's.
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
    store = store or open_configured(settings)
    retention = Retention(store, settings.retention_seconds, real_time)
    retention.expire()
    endpoint = create_endpoint(
        settings,
        store,
        clock=clock or _now,
        signature=signature,
        spoken=spoken,
        services=services,
    )
    app = endpoint_app(endpoint, store, only_from_here=not settings.verify_requests)
    app.before_request(retention.on_a_request)
    return app


def create_endpoint(  # noqa: PLR0913 - each stands in for one part
    settings: Settings,
    store: Store,
    *,
    clock: Clock,
    signature: SignatureVerifier | None = None,
    spoken: SpeechDuration | None = None,
    services: ApiClient | None = None,
) -> Endpoint:
    """Alexa endpoint without HTTP: the skill that the settings describe, behind its checks.

    `store` keeps its memories; the other arguments are those of `create_app`.

    Raises:
        BrokenData: a data file has a fault.
    """
    content = Content.for_language(
        "en", screening=settings.screening, delay=settings.delay, spoken=spoken
    )
    verifier = signature or SignatureVerifier.for_production() if settings.verify_requests else None
    services = services or (AlexaApiClient() if settings.verify_requests else None)
    return Endpoint(
        build_skill(content, store, settings.zone, services),
        skill_id=settings.skill_id,
        signature=verifier,
        clock=clock,
    )


def endpoint_app(endpoint: Endpoint, store: Store, *, only_from_here: bool) -> SkillApp:
    """The routes in front of an endpoint, whichever skill is behind it.

    Args:
        endpoint: answers Alexa's requests.
        store: decides whether the service is healthy.
        only_from_here: whether requests are taken from this machine only.
    """
    app = SkillApp(store)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY

    app.before_request(_to_the_letter)

    @app.post(PATH)
    def alexa() -> Response:
        if only_from_here and not _is_from_here(request):
            raise Forbidden
        headers = [(name, request.headers[name]) for name in _SIGNING if name in request.headers]
        body = request.get_data(cache=False)
        answer = endpoint.verify_request_and_dispatch(headers, body)
        return Response(answer, content_type=CONTENT_TYPE)

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


def _to_the_letter() -> None:
    """The one rule for paths: Flask's router would take `//alexa` and `alexa` for `/alexa` too."""
    if request.url_rule is not None and request.environ["PATH_INFO"] != request.url_rule.rule:
        raise NotFound


def _is_from_here(asked: Request) -> bool:
    """Whether this machine asks, and not a proxy on it for somebody else."""
    forwarded = any(name in asked.headers for name in _FORWARDED)
    return not forwarded and is_loopback(asked.remote_addr or "")


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
