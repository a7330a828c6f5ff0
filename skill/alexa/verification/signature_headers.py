"""Signature headers: the two that carry a request's signature."""

import binascii
from collections.abc import Sequence
from typing import NamedTuple

from skill.alexa.verification.errors import RequestRejected

CHAIN_URL = "signaturecertchainurl"
SIGNATURE = "signature-256"
# Base64 of the signature of an 8192-bit key, the longest that is read.
LONGEST_SIGNATURE = 1368

Headers = Sequence[tuple[str, str]]


class SignedHeaders(NamedTuple):
    """Headers as they claim; nothing here has been verified."""

    chain_url: str
    signature: bytes


def signed_headers(headers: Headers) -> SignedHeaders:
    """Read both headers; raises ``RequestRejected`` if either is missing, repeated or malformed."""
    return SignedHeaders(_only(headers, CHAIN_URL), _decoded(_only(headers, SIGNATURE)))


def _only(headers: Headers, wanted: str) -> str:
    # WSGI spells "-" and "_" alike, so an underscore must not smuggle in a second header.
    found = [value for name, value in headers if name.lower().replace("_", "-") == wanted]
    if len(found) != 1:
        raise RequestRejected(f"{wanted} header {'repeated' if found else 'missing'}")
    return found[0]


def _decoded(text: str) -> bytes:
    if not 0 < len(text) <= LONGEST_SIGNATURE:
        raise RequestRejected("signature of impossible length")
    try:
        signature = binascii.a2b_base64(text, strict_mode=True)
    except ValueError as error:
        raise RequestRejected("signature is not base64") from error
    if binascii.b2a_base64(signature, newline=False) != text.encode("ascii"):
        raise RequestRejected("signature is not canonical base64")
    return signature
