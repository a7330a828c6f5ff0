"""Alexa API client: calls Alexa's own services over HTTPS, within time limits."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import requests
from ask_sdk_core.exceptions import ApiClientException, SerializationException
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model.services.api_client import ApiClient
from ask_sdk_model.services.api_client_request import ApiClientRequest
from ask_sdk_model.services.api_client_response import ApiClientResponse
from ask_sdk_model.services.service_exception import ServiceException

CONNECT_SECONDS, READ_SECONDS = 0.5, 1.5
"""Alexa waits eight seconds for an answer, a person for less."""

MOST_AT_ONCE = 8
"""Calls that may be under way together; further ones wait, within the same limit."""

FAILURES, REST_SECONDS = 2, 30.0
"""After so many calls in a row that reached nobody a host is left alone for so long: nobody else
has to wait for what just was not there."""

_FIRST_ERROR = 400


class AlexaRefused(ApiClientException):
    """Error response of 400 or above, with the service's own code where it gives one."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}".strip())
        self.status = status
        self.code = code


class AlexaApiClient(ApiClient):
    """API client in the SDK's interface, with time limits that its default client lacks."""

    def __init__(
        self, *, only_https: bool = True, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Calls nobody yet; ``clock`` gives seconds from any beginning."""
        self._only_https = only_https
        self._clock = clock
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, "alexa-services")
        self._failures: dict[str, tuple[int, float]] = {}

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        """Send a request.

        Raises:
            AlexaRefused: it answered with an error. The SDK's own reading of errors is passed by:
                it fails at every code that is not in its list.
            ApiClientException: it could not be reached in time, now or a moment ago.
        """
        url = str(request.url)
        if self._only_https and not url.startswith("https://"):
            raise ApiClientException("Alexa's services are only called over HTTPS")
        host = urlsplit(url).netloc
        count, failed_at = self._failures.get(host, (0, 0.0))
        if count >= FAILURES and self._clock() - failed_at < REST_SECONDS:
            raise ApiClientException("out of reach a moment ago")
        try:
            response = self._sent(request, url)
        except ApiClientException:
            self._failures[host] = (count + 1, self._clock())
            raise
        self._failures.pop(host, None)
        if response.status_code >= _FIRST_ERROR:
            raise AlexaRefused(response.status_code, _code(response))
        return ApiClientResponse(
            headers=list(response.headers.items()),
            status_code=response.status_code,
            body=response.text,
        )

    def _sent(self, request: ApiClientRequest, url: str) -> requests.Response:
        # The SDK's serialiser gives a body as JSON values, whatever its types say.
        body: Any = request.body
        asked = self._threads.submit(
            requests.request,
            str(request.method),
            url,
            headers=dict(request.headers or []),
            json=body,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            allow_redirects=False,
        )
        try:
            # The limits of requests do not cover looking the name up, which may take long.
            return asked.result(CONNECT_SECONDS + READ_SECONDS)
        except (requests.RequestException, TimeoutError) as error:
            asked.cancel()
            raise ApiClientException(type(error).__name__) from None


SdkFailures = (ServiceException, ApiClientException, SerializationException)
"""What the SDK's service clients may raise."""


def service_clients(handler_input: HandlerInput) -> Any:
    """The SDK's factory of service clients; None where the skill may call nobody."""
    try:
        return handler_input.service_client_factory
    except ValueError:
        return None


def refusal(error: BaseException) -> AlexaRefused | None:
    """The service's refusal behind an exception of the SDK's clients, which wrap every other."""
    behind: BaseException | None = error
    while behind is not None and not isinstance(behind, AlexaRefused):
        behind = behind.__cause__ or behind.__context__
    return behind


def _code(response: requests.Response) -> str:
    try:
        body: Any = response.json()
    except requests.JSONDecodeError:
        return ""
    return str(body.get("code") or "") if isinstance(body, dict) else ""
