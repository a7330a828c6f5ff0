"""A real HTTPS server on this machine that serves chains, well or badly."""

import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from tests.alexa.verification.authority import DAY, Form, Holder, ca_form, issue, pem, rsa_key

HOST = "s3.amazonaws.com"
_CHUNK = b"-" * 4096


class CertificateServer:
    """Behaves as the file name asked for says; keeps what it was asked for."""

    def __init__(self, chain: bytes) -> None:
        self.chain = chain
        self.closing = threading.Event()
        self.asked: list[str] = []
        self.mistakes: list[BaseException | None] = []


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, behaviour: CertificateServer, *args: object) -> None:
        self.behaviour = behaviour
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2].removesuffix(".pem").partition("-")[0]
        self.behaviour.asked.append(self.path)
        self.close_connection = True
        getattr(self, f"_{name}")()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's
        """Keep the test's output clean."""

    def _send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for header, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _good(self) -> None:
        self._send(200, self.behaviour.chain)

    def _chunked(self) -> None:
        self._send_head_without_length("Transfer-Encoding: chunked")
        half = len(self.behaviour.chain) // 2
        for part in (self.behaviour.chain[:half], self.behaviour.chain[half:], b""):
            self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))

    def _unsized(self) -> None:
        self._send_head_without_length("Connection: close")
        self.wfile.write(self.behaviour.chain)

    def _keepalive(self) -> None:
        self.close_connection = False
        self._send(200, self.behaviour.chain)

    def _redirect(self) -> None:
        self._send(302, Location=f"https://{HOST}/echo.api/good.pem")

    def _moved(self) -> None:
        self._send(301, self.behaviour.chain, Location="https://evil.example/cert.pem")

    def _missing(self) -> None:
        self._send(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def _forbidden(self) -> None:
        self._send(403, self.behaviour.chain)

    def _empty(self) -> None:
        self._send(204)

    def _broken(self) -> None:
        self._send(500, self.behaviour.chain)

    def _busy(self) -> None:
        self._send(503, Retry_After="1")

    def _throttled(self) -> None:
        self._send(429)

    def _huge(self) -> None:
        self._send(200, b"", Content_Length=str(1 << 40))

    def _short(self) -> None:
        self._send(200, self.behaviour.chain, Content_Length=str(len(self.behaviour.chain) + 1))

    def _rubbish(self) -> None:
        self.wfile.write(b"\0\1\2 not HTTP at all\r\n\r\n")

    def _closed(self) -> None:
        self.connection.unwrap()

    def _slow(self) -> None:
        self.behaviour.closing.wait()

    def _endless(self) -> None:
        self._send_head_without_length("Connection: close")
        while not self.behaviour.closing.is_set():
            self.wfile.write(_CHUNK)

    def _dripping(self) -> None:
        self._send_head_without_length("Connection: close")
        self._drip(b"-")

    def _drippinghead(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        self._drip(b"x")

    def _continuing(self) -> None:
        self._drip(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _manyheaders(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Header: x\r\n" * 1000 + b"\r\n")

    def _longheader(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100_000 + b"\r\n\r\n")

    def _send_head_without_length(self, header: str) -> None:
        self.wfile.write(f"HTTP/1.1 200 OK\r\n{header}\r\n\r\n".encode())

    def _drip(self, drop: bytes) -> None:
        while not self.behaviour.closing.wait(0.01):
            self.wfile.write(drop)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, behaviour: CertificateServer) -> None:
        self._behaviour = behaviour
        super().__init__(("127.0.0.1", 0), partial(_Handler, behaviour))

    def handle_error(self, *_: object) -> None:
        error = sys.exception()
        # A client that hangs up on a bad server does right.
        if not isinstance(error, OSError):
            self._behaviour.mistakes.append(error)


@contextmanager
def serving(behaviour: CertificateServer, tls: ssl.SSLContext | None) -> Iterator[tuple[str, int]]:
    """The address of a running server; ``tls`` None makes it speak plain HTTP."""
    with _Server(behaviour) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield "127.0.0.1", server.server_address[1]
        finally:
            behaviour.closing.set()
            server.shutdown()
            thread.join()
    assert not behaviour.mistakes


@contextmanager
def silent() -> Iterator[tuple[str, int]]:
    """The address of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield "127.0.0.1", server.getsockname()[1]


def closed_port() -> tuple[str, int]:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address: tuple[str, int] = server.getsockname()
    return address


class ServerPapers:
    """The server's own certificates; TLS reads the machine's clock, so they are dated by it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root = issue(ca_form("Web Root", **_today()), None)
        self.bundle = str(self._write("roots.pem", pem(self._root)))

    def context(self, name: str = HOST, expired: bool = False) -> ssl.SSLContext:
        """A server's context with a certificate for ``name``."""
        form = Form(
            subject="web server",
            names=[x509.DNSName(name)],
            **(_today(-9, -1) if expired else _today()),  # type: ignore[arg-type]
        )
        holder = issue(form, self._root)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._write("server.pem", pem(holder) + _private(holder)))
        return context

    def _write(self, name: str, content: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(content)
        return path


def _today(start: int = -1, end: int = 1) -> dict[str, object]:
    now = datetime.now(UTC)
    return {"not_before": now + start * DAY, "not_after": now + end * DAY}


def _private(holder: Holder) -> bytes:
    assert holder.key is rsa_key("web server")
    return holder.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
