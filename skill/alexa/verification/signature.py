"""Signature verification: whether Amazon's voice service signed the very bytes of a request."""

from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from skill.alexa.verification.certificate_cache import CertificateCache, CertificateCacheLimits
from skill.alexa.verification.certificate_chain import ChainJudge
from skill.alexa.verification.certificate_download import HttpsFetch
from skill.alexa.verification.certificate_url import chain_url
from skill.alexa.verification.errors import RequestRejected, VerificationError
from skill.alexa.verification.sdk_import import AbstractVerifier
from skill.alexa.verification.signature_headers import Headers, signed_headers
from skill.alexa.verification.timestamp import Clock
from skill.alexa.verification.trusted_roots import TrustedRoots

_PADDING = PKCS1v15()
_HASH = SHA256()


class SignatureVerifier:
    """Signature verifier of raw bytes against ``Signature-256``; safe between threads."""

    def __init__(self, leaves: CertificateCache) -> None:
        self._leaves = leaves

    @classmethod
    def for_production(cls, limits: CertificateCacheLimits | None = None) -> "SignatureVerifier":
        """Fetches from Amazon, trusts the public web's roots."""
        return cls(CertificateCache(HttpsFetch(), ChainJudge(TrustedRoots().store), limits))

    def verify_signature(self, headers: Headers, body: bytes, now: datetime) -> None:
        """Return if Amazon signed ``body``; raises ``RequestRejected`` or ``ChainUnavailable``.

        ``headers`` are all the (name, value) pairs as they came, ``now`` has a timezone.
        """
        try:
            claimed = signed_headers(headers)
            leaf = self._leaves.leaf(chain_url(claimed.chain_url), now)
            leaf.key.verify(claimed.signature, body, _PADDING, _HASH)
        except VerificationError:
            raise
        except InvalidSignature as error:
            raise RequestRejected("signature does not match the body") from error
        except Exception as error:  # a request that breaks the check has not passed it
            raise RequestRejected("request could not be verified") from error


class SdkSignatureVerifier(AbstractVerifier):
    """Request verifier in the SDK's own interface, for a body that nobody has parsed yet."""

    def __init__(self, verifier: SignatureVerifier, clock: Clock) -> None:
        self._verifier = verifier
        self._clock = clock

    def verify(
        self,
        headers: Headers | dict[str, Any],
        serialized_request_env: bytes | str,
        deserialized_request_env: object = None,  # noqa: ARG002 - the interface's
    ) -> None:
        """Return if Amazon signed these very bytes; raises ``VerificationError``."""
        pairs = list(headers.items()) if isinstance(headers, dict) else headers
        self._verifier.verify_signature(pairs, raw(serialized_request_env), self._clock())


def raw(body: bytes | str) -> bytes:
    """A body as it came; the SDK's own callers have decoded it."""
    return body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
