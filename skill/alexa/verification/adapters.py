"""Request verifier in the SDK's own interface, for raw bytes."""

from typing import Any

from skill.alexa.verification.sdk_import import AbstractVerifier
from skill.alexa.verification.signature import SignatureVerifier
from skill.alexa.verification.signature_headers import Headers
from skill.alexa.verification.timestamp import Clock


class SdkSignatureVerifier(AbstractVerifier):
    """Whether Amazon signed a body that nobody has parsed yet."""

    def __init__(self, verifier: SignatureVerifier, clock: Clock) -> None:
        self._verifier = verifier
        self._clock = clock

    def verify(
        self,
        headers: Headers | dict[str, Any],
        serialized_request_env: bytes | str,
        deserialized_request_env: object = None,  # noqa: ARG002 - the interface's
    ) -> None:
        """Return if Amazon signed these very bytes; raises ``TrustError``."""
        pairs = list(headers.items()) if isinstance(headers, dict) else headers
        self._verifier.verify_signature(pairs, raw(serialized_request_env), self._clock())


def raw(body: bytes | str) -> bytes:
    """A body as it came; the SDK's own callers have decoded it."""
    return body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
