"""Endpoint address: where the skill answers, and where Alexa is to send its requests."""

import ipaddress
import re
from urllib.parse import urlsplit

from msgspec import Struct

PATH = "/alexa"
"""Where the skill's own server answers: this path to the letter, and no other."""

_ARN = re.compile(r"arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(:[\w$-]+)?")
_HTTPS_PORT = 443

_AT_THE_SERVER = frozenset({"", "/", PATH, f"{PATH}/"})
"""Paths that can only mean PATH."""

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)
_NOT_PUBLIC = ("localhost", "local", "internal", "lan", "home", "home.arpa", "test", "invalid")
"""Domains that no name server of the public web knows; RFC 6761, RFC 6762, RFC 8375."""


class BadEndpoint(ValueError):
    """Invalid endpoint: Alexa would not send a request there; the message says why."""


class EndpointAddress(Struct, frozen=True):
    """Endpoint: address and kind of its certificate; no kind where Amazon hosts the skill."""

    uri: str
    certificate: str = ""


def read_endpoint(address: str, certificate: str = "Trusted") -> EndpointAddress:
    """Parse the endpoint that an operator means: an https address, or the ARN of a Lambda function.

    An address without a path, or with a slash too many at its end, becomes the skill's own.

    Raises:
        BadEndpoint: it is neither, Alexa cannot reach it, or the skill does not answer there.
    """
    if _ARN.fullmatch(address):
        return EndpointAddress(address)
    if not (address.isascii() and address.isprintable()) or " " in address or "\\" in address:
        raise BadEndpoint(f"{address!r}: leave out spaces and letters that no address has")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise BadEndpoint(f"{address!r} is no address: {error}") from None
    if parts.scheme != "https" or not host or parts.username is not None:
        raise BadEndpoint(f"{address!r} is no https address, and no ARN of a Lambda function")
    if port not in (None, _HTTPS_PORT):
        raise BadEndpoint(f"{address!r}: Alexa speaks to port {_HTTPS_PORT} only")
    if parts.query or parts.fragment:
        raise BadEndpoint(f"{address!r}: leave out what follows ? or #")
    if parts.path not in _AT_THE_SERVER:
        raise BadEndpoint(f"{address!r}: the skill answers at {PATH} only")
    return EndpointAddress(f"https://{_public(host, address)}{PATH}", certificate)


def _public(host: str, address: str) -> str:
    """The host as it stands in an address; raises BadEndpoint where Alexa cannot reach it."""
    try:
        numbers = ipaddress.ip_address(host)
    except ValueError:
        return _public_name(host, address)
    if not numbers.is_global or numbers.is_multicast:
        raise BadEndpoint(f"{address!r}: {host} cannot be reached from outside")
    return f"[{host}]" if numbers.version == 6 else host


def _public_name(host: str, address: str) -> str:
    labels = host.removesuffix(".").split(".")
    # A last label of digits is an IPv4 address in another writing, such as 127.1 or 0x7f.1.
    if not all(map(_LABEL.fullmatch, labels)) or re.match(r"\d", labels[-1]):
        raise BadEndpoint(f"{address!r}: {host} is no name of a host")
    name = ".".join(labels)
    if len(labels) == 1 or any(f".{name}".endswith(f".{domain}") for domain in _NOT_PUBLIC):
        raise BadEndpoint(f"{address!r}: {host} cannot be reached from outside")
    return name
