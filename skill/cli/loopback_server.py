"""HTTP server on loopback, for an application that only this machine may reach."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from skill.speaker.browser.start_up_token import start_address


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[str]:
    """Serve an application while the context lasts; yields the address that opens it.

    Args:
        app: what is served, on a thread of its own.
        port: the port; any free one where it is 0 or taken.
    """
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = _server(app, port)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield start_address(app, f"http://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _server(app: Flask, port: int) -> BaseWSGIServer:
    if port and _is_taken(port):
        port = 0
    return make_server("127.0.0.1", port, app, threaded=True)


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
