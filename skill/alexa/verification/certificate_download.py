"""Certificate download over HTTPS, within a time and a size."""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import certifi

from skill.alexa.verification.errors import ChainUnavailable, RequestRejected

Fetch = Callable[[str], bytes]
"""Gives the body at a URL; raises ``RequestRejected`` or ``ChainUnavailable``."""

_BUSY_STATUSES = frozenset({408, 425, 429})


class _DeadlineSocket(ssl.SSLSocket):
    """A TLS socket that stops at one moment, however slowly the bytes drip in."""

    deadline = 0.0
    """On the monotonic clock, in seconds."""

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(_seconds_until(self.deadline))
        return super().recv_into(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class HttpsFetch:
    """Downloads by HTTPS: no redirect is followed, and the server must prove its name."""

    total_seconds: float = 3.0
    connect_seconds: float = 1.5
    most_bytes: int = 64 * 1024
    address: tuple[str, int] | None = None
    """Host and port to connect to instead of the URL's; TLS still checks the URL's name."""
    roots: str = field(default_factory=certifi.where)
    """Path of the PEM bundle that the server's own certificate must lead to."""

    def __call__(self, url: str) -> bytes:
        """The body at ``url``; raises ``RequestRejected`` or ``ChainUnavailable``."""
        deadline = time.monotonic() + self.total_seconds
        try:
            with self._open(url, deadline) as response:
                _require_success(response.status)
                return self._read(response)
        except (OSError, http.client.HTTPException) as error:
            raise ChainUnavailable("certificate server is down or slow") from error

    @contextmanager
    def _open(self, url: str, deadline: float) -> Iterator[http.client.HTTPResponse]:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc)
        connection.sock = self._connect(parts.hostname or "", deadline)
        try:
            headers = {"Accept-Encoding": "identity", "Connection": "close"}
            connection.request("GET", parts.path, headers=headers)
            with connection.getresponse() as response:
                yield response
        finally:
            connection.close()

    def _connect(self, host: str, deadline: float) -> ssl.SSLSocket:
        plain = self._connect_plain(*(self.address or (host, 443)), deadline)
        try:
            plain.settimeout(_seconds_until(deadline))
            secure = _tls(self.roots).wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise
        secure.deadline = deadline  # type: ignore[attr-defined] # the context makes our class
        return secure

    def _connect_plain(self, host: str, port: int, deadline: float) -> socket.socket:
        failure: OSError = OSError("no address")
        for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            patience = min(self.connect_seconds, _seconds_until(deadline))
            try:
                return socket.create_connection((str(address[0]), port), timeout=patience)
            except OSError as error:
                failure = error
        raise failure

    def _read(self, response: http.client.HTTPResponse) -> bytes:
        if (response.length or 0) > self.most_bytes:
            raise RequestRejected("certificate chain is too large")
        body = bytearray()
        while chunk := response.read1(self.most_bytes):
            body += chunk
            if len(body) > self.most_bytes:
                raise RequestRejected("certificate chain is too large")
        if response.length:
            raise ChainUnavailable("certificate server stopped half way")
        return bytes(body)


@lru_cache(maxsize=2)
def _tls(roots: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=roots)
    context.sslsocket_class = _DeadlineSocket
    return context


def _seconds_until(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("out of time")
    return left


def _require_success(status: int) -> None:
    if status == http.client.OK:
        return
    if status >= http.client.INTERNAL_SERVER_ERROR or status in _BUSY_STATUSES:
        raise ChainUnavailable("certificate server has no answer now")
    raise RequestRejected("certificate chain URL holds no chain")
