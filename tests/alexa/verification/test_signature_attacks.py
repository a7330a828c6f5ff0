"""Requests that Amazon did not sign, or not like this, and the one that it did."""

import base64
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from skill.alexa.verification.certificate_cache import CertificateCache
from skill.alexa.verification.certificate_chain import ChainJudge
from skill.alexa.verification.errors import RequestRejected
from skill.alexa.verification.signature import SignatureVerifier
from tests.alexa.verification.authority import (
    NOW,
    SIGNER,
    URL,
    World,
    rsa_key,
    sign,
    signed_headers,
)
from tests.alexa.verification.conftest import Verifying

BODY = b'{"version":"1.0","request":{"type":"LaunchRequest"}}'
Headers = list[tuple[str, str]]
Attack = Callable[[Headers], tuple[Headers, bytes]]

MISMATCH = "does not match the body"
NOT_BASE64 = "signature is not base64"
LENGTH = "signature of impossible length"


def tampered(change: Callable[[bytes], bytes]) -> Attack:
    return lambda honest: (honest, change(BODY))


def signature(change: Callable[[str], str]) -> Attack:
    """The honest request with its signature header changed."""

    def attack(honest: Headers) -> tuple[Headers, bytes]:
        kept = [pair for pair in honest if pair[0] != "Signature-256"]
        return [*kept, ("Signature-256", change(dict(honest)["Signature-256"]))], BODY

    return attack


def without(name: str, *instead: tuple[str, str]) -> Attack:
    return lambda honest: ([*(p for p in honest if p[0] != name), *instead], BODY)


def also(*more: tuple[str, str]) -> Attack:
    return lambda honest: ([*honest, *more], BODY)


def renamed(name: str, other: str) -> Attack:
    return lambda honest: ([(other if n == name else n, v) for n, v in honest], BODY)


def repeated(name: str, spelled: str) -> Attack:
    return lambda honest: ([*honest, (spelled, dict(honest)[name])], BODY)


def raw(signature: bytes) -> str:
    return base64.b64encode(signature).decode()


def flip(text: str) -> str:
    honest = bytearray(base64.b64decode(text))
    honest[0] ^= 1
    return raw(bytes(honest))


def cut(text: str) -> str:
    return raw(base64.b64decode(text)[:-1])


def loose_bits(text: str) -> str:
    """The last letter's unused bits set: other text, same bytes."""
    assert text.endswith("==")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = text[:-3] + alphabet[alphabet.index(text[-3]) + 1] + "=="
    assert base64.b64decode(other) == base64.b64decode(text)
    return other


def pss(_: str) -> str:
    scheme = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
    return raw(rsa_key(SIGNER).sign(BODY, scheme, hashes.SHA256()))


WRONG: dict[str, tuple[Attack, str]] = {
    "one letter of the body changed": (tampered(lambda b: b.replace(b"1.0", b"1.1")), MISMATCH),
    "blank added to the body": (tampered(lambda b: b + b" "), MISMATCH),
    "same JSON, other bytes": (tampered(lambda b: b.replace(b":", b": ")), MISMATCH),
    "byte order mark before the body": (tampered(lambda b: b"\xef\xbb\xbf" + b), MISMATCH),
    "body in UTF-16": (tampered(lambda b: b.decode().encode("utf-16")), MISMATCH),
    "no body": (tampered(lambda b: b""), MISMATCH),
    "body twice": (tampered(lambda b: b + b), MISMATCH),
    "attacker's key": (signature(lambda _: sign(BODY, rsa_key("attacker"))), MISMATCH),
    "signature of another body": (signature(lambda _: sign(b"{}", rsa_key(SIGNER))), MISMATCH),
    "one bit of the signature changed": (signature(flip), MISMATCH),
    "signature cut short": (signature(cut), MISMATCH),
    "signature with a byte more": (
        signature(lambda s: raw(base64.b64decode(s) + b"\0")),
        MISMATCH,
    ),
    "signature of zeros": (signature(lambda _: raw(bytes(256))), MISMATCH),
    "signature of ones": (signature(lambda _: raw(b"\xff" * 256)), MISMATCH),
    "SHA-1 in the place of SHA-256": (
        signature(lambda _: sign(BODY, rsa_key(SIGNER), hashes.SHA1())),
        MISMATCH,
    ),
    "SHA-512 in the place of SHA-256": (
        signature(lambda _: sign(BODY, rsa_key(SIGNER), hashes.SHA512())),
        MISMATCH,
    ),
    "PSS in the place of PKCS #1 v1.5": (signature(pss), MISMATCH),
    "digest in the place of a signature": (signature(lambda _: raw(bytes(32))), MISMATCH),
    "empty signature": (signature(lambda _: ""), LENGTH),
    "huge signature": (signature(lambda s: s * 1000), LENGTH),
    "not base64": (signature(lambda s: "!" + s[1:]), NOT_BASE64),
    "base64 with a line break": (signature(lambda s: s[:64] + "\n" + s[64:]), NOT_BASE64),
    "base64 with blanks": (signature(lambda s: s + " "), NOT_BASE64),
    "base64 for URLs": (signature(lambda s: "-_" + s[2:]), NOT_BASE64),
    "base64 without padding": (signature(lambda s: s.rstrip("=")), NOT_BASE64),
    "base64 with more after the padding": (signature(lambda s: s + "AAAA"), NOT_BASE64),
    "base64 with loose bits": (signature(loose_bits), "canonical"),
    "letters beyond ASCII": (signature(lambda s: "ä" + s[1:]), NOT_BASE64),
    "hexadecimal": (signature(lambda s: base64.b64decode(s).hex()), MISMATCH),
    "two signatures joined": (signature(lambda s: f"{s},{s}"), NOT_BASE64),
    "no signature": (without("Signature-256"), "signature-256 header missing"),
    "the old SHA-1 header alone": (
        without("Signature-256", ("Signature", sign(BODY, rsa_key(SIGNER), hashes.SHA1()))),
        "signature-256 header missing",
    ),
    "SHA-256 under the old header's name": (
        renamed("Signature-256", "Signature"),
        "signature-256 header missing",
    ),
    "no chain URL": (without("SignatureCertChainUrl"), "signaturecertchainurl header missing"),
    "empty chain URL": (
        without("SignatureCertChainUrl", ("SignatureCertChainUrl", "")),
        "URL is not Amazon's",
    ),
    "wrong chain URL": (
        without("SignatureCertChainUrl", ("SignatureCertChainUrl", "https://evil.example/c.pem")),
        "URL is not Amazon's",
    ),
    "signature twice": (repeated("Signature-256", "Signature-256"), "repeated"),
    "signature twice, spelled otherwise": (repeated("Signature-256", "SIGNATURE_256"), "repeated"),
    "another signature added": (also(("signature-256", "AAAA")), "repeated"),
    "chain URL twice": (
        repeated("SignatureCertChainUrl", "signaturecertchainurl"),
        "repeated",
    ),
    "another chain URL added": (
        also(("SignatureCertChainUrl", "https://evil.example/c.pem")),
        "repeated",
    ),
    "no headers at all": (lambda _: ([], BODY), "missing"),
}


@pytest.mark.parametrize(("attack", "reason"), WRONG.values(), ids=WRONG.keys())
def test_a_request_amazon_did_not_sign_is_refused(
    attack: Attack, reason: str, world: World, verifying: Verifying
) -> None:
    headers, body = attack(signed_headers(BODY, world.amazon))
    with pytest.raises(RequestRejected, match=reason) as refusal:
        verifying(world.chain).verify_signature(headers, body, NOW)
    assert refusal.value.status == 400


RIGHT: dict[str, Attack] = {
    "as Amazon sends it": lambda honest: (honest, BODY),
    "header names in lower case": lambda honest: ([(n.lower(), v) for n, v in honest], BODY),
    "header names in upper case": lambda honest: ([(n.upper(), v) for n, v in honest], BODY),
    "the old header too, whatever it says": also(("Signature", "rubbish")),
    "other headers twice": also(("X-Other", "1"), ("X-Other", "2")),
}


@pytest.mark.parametrize("spelling", RIGHT.values(), ids=RIGHT.keys())
def test_a_signed_request_is_accepted(spelling: Attack, world: World, verifying: Verifying) -> None:
    headers, body = spelling(signed_headers(BODY, world.amazon))
    verifying(world.chain).verify_signature(headers, body, NOW)


@pytest.mark.parametrize("body", [b"", b"\xff\x00 not JSON", b"[" * 100_000])
def test_nothing_is_parsed_before_the_signature_is_verified(
    body: bytes, world: World, verifying: Verifying
) -> None:
    verifying(world.chain).verify_signature(signed_headers(body, world.amazon), body, NOW)


@pytest.mark.parametrize(
    "headers",
    [
        [("SignatureCertChainUrl", URL), ("Signature-256", "not base64")],
        [("SignatureCertChainUrl", URL)],
        [("SignatureCertChainUrl", "https://evil.example/"), ("Signature-256", "AAAA")],
    ],
)
def test_a_malformed_request_causes_no_download(headers: Headers, judge: ChainJudge) -> None:
    fetched: list[str] = []

    def fetch(url: str) -> bytes:
        fetched.append(url)
        return b""

    with pytest.raises(RequestRejected):
        SignatureVerifier(CertificateCache(fetch, judge)).verify_signature(headers, BODY, NOW)
    assert fetched == []


def test_the_url_that_is_fetched_is_the_one_that_was_judged(
    world: World, judge: ChainJudge
) -> None:
    asked: list[str] = []

    def fetch(url: str) -> bytes:
        asked.append(url)
        return world.chain

    verifier = SignatureVerifier(CertificateCache(fetch, judge))
    folder, name = URL.rsplit("/", 1)
    for spelling in (URL, f"{folder}/../echo.api/./{name}#part", URL.replace("com/", "com:443/")):
        verifier.verify_signature(signed_headers(BODY, world.amazon, spelling), BODY, NOW)
    assert asked == [URL], "once for all of its spellings"


def test_a_time_without_a_zone_refuses_everything(world: World, verifying: Verifying) -> None:
    headers = signed_headers(BODY, world.amazon)
    with pytest.raises(RequestRejected):
        verifying(world.chain).verify_signature(headers, BODY, NOW.replace(tzinfo=None))


def test_the_production_verifier_does_not_know_our_authority(world: World) -> None:
    verifier = SignatureVerifier.for_production()
    headers = signed_headers(BODY, world.amazon, url="https://evil.example/echo.api/cert.pem")
    with pytest.raises(RequestRejected, match="URL"):
        verifier.verify_signature(headers, BODY, NOW)
