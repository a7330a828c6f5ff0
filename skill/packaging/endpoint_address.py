"""Endpoint address: where Alexa is to send its requests."""

import re
from urllib.parse import urlsplit

from msgspec import Struct

PATH = "/alexa"
"""Where the skill's own server answers."""

_ARN = re.compile(r"arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(:[\w$-]+)?")
_HTTPS_PORT = 443


class BadEndpoint(ValueError):
    """Invalid endpoint: Alexa would not send a request there; the message says why."""


class EndpointAddress(Struct, frozen=True):
    """Endpoint: address and kind of its certificate; no kind where Amazon hosts the skill."""

    uri: str
    certificate: str = ""


def read_endpoint(address: str, certificate: str = "Trusted") -> EndpointAddress:
    """Parse the endpoint that an operator means: an https address, or the ARN of a Lambda function.

    Raises:
        BadEndpoint: it is neither.
    """
    if _ARN.fullmatch(address):
        return EndpointAddress(address)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise BadEndpoint(f"{address!r} is no address: {error}") from None
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.password:
        raise BadEndpoint(f"{address!r} is no https address, and no ARN of a Lambda function")
    if port not in (None, _HTTPS_PORT):
        raise BadEndpoint(f"{address!r}: Alexa speaks to port {_HTTPS_PORT} only")
    if parts.query or parts.fragment:
        raise BadEndpoint(f"{address!r}: leave out what follows ? or #")
    path = parts.path if parts.path not in ("", "/") else PATH
    return EndpointAddress(f"https://{parts.netloc}{path}", certificate)
