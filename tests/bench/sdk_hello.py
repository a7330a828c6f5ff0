"""Hello world on the SDK's own web service handler: `python -m tests.bench.sdk_hello …`.

The words are PORT FOLDER, and `verified` to verify. It imports nothing of the skill, and
runs behind the same server. One thread: the SDK's chain check breaks when two use it at once.
"""

import importlib
import io
import re
import sys
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from granian.constants import HTTPModes, Interfaces
from granian.server import Server


def application(folder: Path, *, verified: bool) -> Any:
    """The Flask application."""
    from ask_sdk_core.skill_builder import SkillBuilder  # noqa: PLC0415 - in the worker only
    from flask import Flask, jsonify, request  # noqa: PLC0415

    builder = SkillBuilder()

    @builder.request_handler(can_handle_func=lambda _: True)
    def hello(handler_input: Any) -> Any:
        return handler_input.response_builder.speak("Hello, world.").response

    skill = builder.create()
    handler = _handler_class(folder)(skill, verify_signature=verified, verify_timestamp=verified)
    app = Flask("hello", static_folder=None)

    @app.post("/alexa")
    def alexa() -> Any:
        body = request.get_data().decode("utf-8")
        return jsonify(handler.verify_request_and_dispatch(dict(request.headers), body))

    return app


def _handler_class(folder: Path) -> Any:
    """The SDK's handler, made to load; its downloads and roots are the folder's."""
    warnings.simplefilter("ignore")
    certvalidator = _certvalidator()
    verifier: Any = importlib.import_module("ask_sdk_webservice_support.verifier")
    pem = (folder / "root.pem").read_bytes()
    root = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
    chain = (folder / "chain.pem").read_bytes()

    def validator(leaf: bytes, others: list[bytes]) -> object:
        # A context for each request, as the SDK makes one.
        context = certvalidator.ValidationContext(extra_trust_roots=[root])
        return certvalidator.CertificateValidator(leaf, others, validation_context=context)

    vars(verifier).update(CertificateValidator=validator, urlopen=lambda _: io.BytesIO(chain))
    module: Any = importlib.import_module("ask_sdk_webservice_support.webservice_handler")
    return module.WebserviceSkillHandler


def _certvalidator() -> Any:
    """Import it although its library cannot read OpenSSL versions such as 3.0.19."""
    search = re.search

    def lenient(pattern: Any, text: Any, *flags: Any) -> Any:
        if isinstance(text, str) and text.startswith("OpenSSL "):
            text = re.sub(r"(\d\.\d\.\d)\d+", r"\1", text)
        return search(pattern, text, *flags)

    vars(re).update(search=lenient)
    try:
        return importlib.import_module("certvalidator")
    finally:
        vars(re).update(search=search)


def in_one_piece(app: Any) -> Callable[[Any, Any], Iterable[bytes]]:
    """The server is faster with whole answers; ours gives it those, too."""
    return lambda environ, start: [b"".join(app(environ, start))]


def main() -> None:
    """Serve until told to stop."""
    port, place, *more = sys.argv[1:]
    server = Server(
        "hello",
        port=int(port),
        interface=Interfaces.WSGI,
        blocking_threads=1,
        http=HTTPModes.http1,
        websockets=False,
    )
    server.serve(
        target_loader=lambda: in_one_piece(application(Path(place), verified="verified" in more)),
        wrap_loader=False,
    )


if __name__ == "__main__":
    main()
