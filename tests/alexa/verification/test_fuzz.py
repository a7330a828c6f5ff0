"""Rubbish of every kind ends in one of two errors, and in nothing else."""

import base64
from datetime import datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.alexa.verification.certificate_cache import CertificateCache
from skill.alexa.verification.certificate_chain import ChainJudge
from skill.alexa.verification.errors import ChainUnavailable, RequestRejected
from skill.alexa.verification.signature import SignatureVerifier
from skill.alexa.verification.timestamp import check_skill, check_timestamp, parse_timestamp
from tests.alexa.verification.authority import NOW, URL, World, der_as_pem, pem, signed_headers
from tests.alexa.verification.conftest import Verifying

EITHER = (RequestRejected, ChainUnavailable)
anyhow = settings(deadline=None, max_examples=200)

names = st.sampled_from(["SignatureCertChainUrl", "Signature-256", "signature_256", "Signature"])
values = st.one_of(
    st.text(),
    st.just(URL),
    st.from_regex(r"https://s3\.amazonaws\.com(:443)?/echo\.api/.*"),
    st.binary(max_size=300).map(lambda raw: base64.b64encode(raw).decode()),
)
headers = st.lists(st.tuples(st.one_of(names, st.text()), values), max_size=6)
zones = st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(timezone)


@anyhow
@given(headers=headers, body=st.binary())
def test_any_headers_and_body(
    headers: list[tuple[str, str]], body: bytes, world: World, verifying: Verifying
) -> None:
    with pytest.raises(EITHER):
        verifying(world.chain).verify_signature(headers, body, NOW)


@anyhow
@given(url=values, signature=values, body=st.binary())
def test_any_url_and_signature(
    url: str, signature: str, body: bytes, world: World, verifying: Verifying
) -> None:
    claimed = [("SignatureCertChainUrl", url), ("Signature-256", signature)]
    with pytest.raises(EITHER):
        verifying(world.chain).verify_signature(claimed, body, NOW)


@anyhow
@given(signed=st.binary(), sent=st.binary())
def test_a_signature_fits_one_body_alone(
    signed: bytes, sent: bytes, world: World, verifying: Verifying
) -> None:
    verifier, claimed = verifying(world.chain), signed_headers(signed, world.amazon)
    verifier.verify_signature(claimed, signed, NOW)
    if sent != signed:
        with pytest.raises(RequestRejected):
            verifier.verify_signature(claimed, sent, NOW)


@anyhow
@given(chain=st.one_of(st.binary(), st.binary().map(der_as_pem)))
def test_any_chain(chain: bytes, world: World, verifying: Verifying) -> None:
    with pytest.raises(RequestRejected):
        verifying(chain).verify_signature(signed_headers(b"{}", world.amazon), b"{}", NOW)


@anyhow
@given(place=st.integers(0, 10_000), value=st.integers(1, 255))
def test_a_chain_with_any_byte_of_the_leaf_changed(
    place: int, value: int, world: World, judge: ChainJudge
) -> None:
    der = bytearray(world.leaf.certificate.public_bytes(Encoding.DER))
    der[place % len(der)] ^= value
    chain = der_as_pem(bytes(der)) + pem(world.middle)
    with pytest.raises(RequestRejected):
        judge(chain, NOW)


@anyhow
@given(error=st.sampled_from([OSError, ValueError, MemoryError, RecursionError, KeyError]))
def test_any_mistake_in_the_download(
    error: type[Exception], judge: ChainJudge, world: World
) -> None:
    def fetch(_: str) -> bytes:
        raise error

    verifier = SignatureVerifier(CertificateCache(fetch, judge))
    with pytest.raises(ChainUnavailable):
        verifier.verify_signature(signed_headers(b"{}", world.amazon), b"{}", NOW)


@anyhow
@given(stamp=st.datetimes(timezones=st.one_of(st.none(), zones)), kind=st.text())
def test_any_time(stamp: datetime, kind: str) -> None:
    try:
        check_timestamp(stamp, kind, lambda: NOW)
    except RequestRejected:
        return
    assert abs(NOW - stamp) <= timedelta(hours=1)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=5,
)


@anyhow
@given(claimed=json_values)
def test_any_timestamp_and_skill_id(claimed: object) -> None:
    with pytest.raises(RequestRejected):
        parse_timestamp(claimed)
    with pytest.raises(RequestRejected):
        check_skill("amzn1.ask.skill.ours", claimed)
