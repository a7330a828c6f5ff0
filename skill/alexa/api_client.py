"""Alexa API client: calls Alexa's own services over HTTPS, within time limits."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests
from ask_sdk_core.exceptions import ApiClientException
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model.services.api_client import ApiClient
from ask_sdk_model.services.api_client_request import ApiClientRequest
from ask_sdk_model.services.api_client_response import ApiClientResponse

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


class AlexaService:
    """Raw calls of Alexa's services, for one request of one device.

    The SDK's own clients are passed by: to them an answer that they cannot read is a failure, even
    where it says that something was done.
    """

    def __init__(self, client: ApiClient, address: str, token: str) -> None:
        """Calls nobody yet; address and token are those that the request brought."""
        self._client = client
        self._address = address.rstrip("/")
        self._token = token

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Call a service.

        Args:
            method: of HTTP.
            path: below the address, quoted.
            body: JSON values.

        Returns:
            The JSON values of the answer; None for an empty one, or one that is no JSON. Either way
            the service has done what it was asked.

        Raises:
            AlexaRefused: it answered with an error.
            ApiClientException: it could not be reached.
        """
        headers = [("Authorization", f"Bearer {self._token}"), ("Content-Type", "application/json")]
        url = f"{self._address}{path}"
        request = ApiClientRequest(method=method, url=url, headers=headers, body=body)
        answer = self._client.invoke(request)
        try:
            return msgspec.json.decode(str(answer.body))
        except (msgspec.DecodeError, UnicodeError):
            return None


def alexa_service(handler_input: HandlerInput) -> AlexaService | None:
    """The services of a request; None where the skill may call nobody, or is not told where."""
    try:
        configuration = handler_input.service_client_factory.api_configuration
    except ValueError:
        return None
    address, token = configuration.api_endpoint, configuration.authorization_value
    if not address or not token:
        return None
    return AlexaService(configuration.api_client, str(address), str(token))


def _code(response: requests.Response) -> str:
    try:
        body: Any = response.json()
    except requests.JSONDecodeError:
        return ""
    return str(body.get("code") or "") if isinstance(body, dict) else ""
