"""Certificate chains that must not be believed, and the honest ones that must."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import certifi
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier
from cryptography.x509.verification import Store

from skill.alexa.verification.certificate_chain import ChainJudge
from skill.alexa.verification.errors import RequestRejected
from skill.alexa.verification.trusted_roots import TrustedRoots, readable_roots
from tests.alexa.verification.authority import (
    DAY,
    LEAF,
    NOW,
    SIGNER,
    Form,
    Holder,
    World,
    ca_form,
    common_name,
    der_as_pem,
    ec_key,
    issue,
    pem,
    rsa_key,
    signed_with_sha1,
    usage,
    with_signature_of,
)

Chain = Callable[[World], bytes]

UNTRUSTED = "does not lead to a trusted root"
WRONG_NAME = "not for Amazon's voice service"
UNREADABLE = "unreadable"
NOT_RSA = "not RSA of 2048 bits or more"


def leaf(form: Form) -> Chain:
    """The honest chain with another leaf in it."""
    return lambda w: pem(issue(form, w.middle), w.middle)


def named(*names: x509.GeneralName) -> Chain:
    return leaf(replace(LEAF, names=names))


def under(form: Form) -> Chain:
    """An honest leaf under another intermediate of the trusted root."""

    def chain(w: World) -> bytes:
        middle = issue(form, w.root)
        return pem(issue(LEAF, middle), middle)

    return chain


def too_deep(w: World) -> bytes:
    below = issue(ca_form("Too Deep"), w.middle)  # the intermediate may have no authority below
    return pem(issue(LEAF, below), below, w.middle)


def signed_by_a_leaf(w: World) -> bytes:
    middle = issue(replace(LEAF, subject="shop.example"), w.middle)
    return pem(issue(LEAF, middle), middle, w.middle)


def rogue(w: World) -> bytes:
    return pem(issue(LEAF, w.rogue_middle), w.rogue_middle, w.rogue_root)


def forged_by_name(w: World) -> bytes:
    forged = issue(ca_form("Trusted Root", key=rsa_key("attacker")), None)
    return pem(issue(LEAF, forged), forged)


def forged_by_signature(w: World) -> bytes:
    real = w.root.certificate
    forged = issue(
        ca_form("Trusted Root", key=rsa_key("attacker"), serial=real.serial_number), None
    )
    return pem(issue(LEAF, forged)) + with_signature_of(forged.certificate, real)


def forged_intermediate(w: World) -> bytes:
    """The honest intermediate's name and signature over the attacker's key."""
    pretender = issue(ca_form("Trusted Root", key=rsa_key("Rogue Root")), None)
    forged = issue(ca_form("Trusted Intermediate", key=rsa_key("attacker")), pretender)
    grafted = with_signature_of(forged.certificate, w.middle.certificate)
    return pem(issue(LEAF, forged)) + grafted


def flipped(w: World) -> bytes:
    der = w.leaf.certificate.public_bytes(serialization.Encoding.DER)
    assert SIGNER.encode() in der
    changed = der.replace(w.leaf.certificate.serial_number.to_bytes(20, "big")[-8:], b"8 bytes!")
    assert changed != der
    return der_as_pem(changed) + pem(w.middle)


def sha1(w: World) -> bytes:
    return signed_with_sha1(w.leaf, w.middle) + pem(w.middle)


def bit_to_spare(w: World) -> bytes:
    """A signature that ends in a zero, said to be one bit shorter."""
    even = next(h.certificate for h in iter(lambda: issue(LEAF, w.middle), None) if _is_even(h))
    signed = even.public_bytes(serialization.Encoding.DER).removesuffix(b"\0" + even.signature)
    return der_as_pem(signed + b"\1" + even.signature) + pem(w.middle)


def _is_even(holder: Holder) -> bool:
    return holder.certificate.signature[-1] % 2 == 0


def truncated(w: World) -> bytes:
    return w.chain[: len(w.chain) // 2]


CLIENT_ONLY = (ExtendedKeyUsageOID.CLIENT_AUTH,)
CODE_ONLY = (ExtendedKeyUsageOID.CODE_SIGNING,)
EXCLUDED = x509.NameConstraints(None, [x509.DNSName("amazon.com")])
ELSEWHERE = x509.NameConstraints([x509.DNSName("example.com")], None)
UNKNOWN = x509.UnrecognizedExtension(ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x05\x00")

WRONG: dict[str, tuple[Chain, str]] = {
    "self-signed": (lambda w: pem(issue(LEAF, None)), UNTRUSTED),
    "another authority": (rogue, UNTRUSTED),
    "another authority with our intermediate added": (
        lambda w: rogue(w) + pem(w.middle),
        UNTRUSTED,
    ),
    "forged root with the real name": (forged_by_name, UNTRUSTED),
    "forged root with the real name and signature bytes": (forged_by_signature, UNTRUSTED),
    "forged intermediate with the real signature bytes": (forged_intermediate, UNTRUSTED),
    "missing intermediate": (lambda w: pem(w.leaf), UNTRUSTED),
    "wrong intermediate": (lambda w: pem(w.leaf, w.rogue_middle), UNTRUSTED),
    "signed by another leaf": (signed_by_a_leaf, UNTRUSTED),
    "path too long": (too_deep, UNTRUSTED),
    "bits of the leaf changed": (flipped, UNTRUSTED),
    "leaf signed with SHA-1": (sha1, UNTRUSTED),
    "signature with a bit to spare": (bit_to_spare, "not whole bytes"),
    "expired leaf": (leaf(replace(LEAF, not_after=NOW - DAY)), UNTRUSTED),
    "leaf of the future": (leaf(replace(LEAF, not_before=NOW + DAY)), UNTRUSTED),
    "expired intermediate": (under(ca_form("Old", not_after=NOW - DAY)), UNTRUSTED),
    "intermediate of the future": (under(ca_form("New", not_before=NOW + DAY)), UNTRUSTED),
    "intermediate that is no authority": (under(ca_form("Plain", ca=False)), UNTRUSTED),
    "intermediate that may not sign certificates": (
        under(ca_form("Signs Nothing", key_usage=usage("digital_signature"))),
        UNTRUSTED,
    ),
    "intermediate barred from amazon.com": (
        under(ca_form("Barred", more=[(EXCLUDED, True)])),
        UNTRUSTED,
    ),
    "intermediate for example.com alone": (
        under(ca_form("Elsewhere", more=[(ELSEWHERE, True)])),
        UNTRUSTED,
    ),
    "leaf that is an authority": (leaf(replace(LEAF, ca=True)), UNTRUSTED),
    "leaf for clients": (leaf(replace(LEAF, purposes=CLIENT_ONLY)), UNTRUSTED),
    "leaf for code": (leaf(replace(LEAF, purposes=CODE_ONLY)), UNTRUSTED),
    "critical extension nobody knows": (leaf(replace(LEAF, more=[(UNKNOWN, True)])), UNTRUSTED),
    "leaf that may not sign": (
        leaf(replace(LEAF, key_usage=usage("key_encipherment"))),
        "may not be used to sign",
    ),
    "no alternative name": (leaf(replace(LEAF, names=())), "no subject alternative name"),
    "another name": (named(x509.DNSName("api.amazon.com")), WRONG_NAME),
    "wildcard": (named(x509.DNSName("*.amazon.com")), WRONG_NAME),
    "wildcard below": (named(x509.DNSName("*.echo-api.amazon.com")), WRONG_NAME),
    "name as a prefix": (named(x509.DNSName(f"{SIGNER}.evil.example")), WRONG_NAME),
    "name as a suffix": (named(x509.DNSName(f"evil-{SIGNER}")), WRONG_NAME),
    "null byte in the name": (named(x509.DNSName(f"{SIGNER}\0.evil.example")), WRONG_NAME),
    "name as an address": (named(x509.RFC822Name(f"x@{SIGNER}")), WRONG_NAME),
    "name as a URI": (named(x509.UniformResourceIdentifier(f"https://{SIGNER}")), WRONG_NAME),
    "elliptic key": (leaf(replace(LEAF, key=ec_key("leaf"))), NOT_RSA),
    "short key": (leaf(replace(LEAF, key=rsa_key("short", 1024))), NOT_RSA),
    "intermediate first": (lambda w: pem(w.middle, w.leaf), "no subject alternative name"),
    "root alone": (lambda w: pem(w.root), "no subject alternative name"),
    "nothing": (lambda w: b"", UNREADABLE),
    "a web page": (lambda w: b"<html>Access denied</html>", UNREADABLE),
    "DER": (
        lambda w: w.leaf.certificate.public_bytes(serialization.Encoding.DER),
        UNREADABLE,
    ),
    "cut in half": (truncated, UNREADABLE),
    "garbage in a block": (lambda w: w.chain + der_as_pem(b"garbage"), UNREADABLE),
    "broken base64 in a block": (lambda w: w.chain.replace(b"MII", b"M!I"), UNREADABLE),
    "zeros": (lambda w: bytes(4096), UNREADABLE),
    "too many certificates": (lambda w: w.chain + pem(*[w.middle] * 10), "too long"),
    "no end of blocks": (lambda w: b"-----BEGIN CERTIFICATE-----\n" * 2000, "too long"),
}


@pytest.mark.parametrize(("chain", "reason"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_chain_is_refused(
    chain: Chain, reason: str, world: World, judge: ChainJudge
) -> None:
    with pytest.raises(RequestRejected, match=reason):
        judge(chain(world), NOW)


def cross_signed(w: World) -> bytes:
    """As Amazon serves it: above the root we trust goes a second path, to one we do not."""
    older = issue(ca_form("Older Root"), None)
    crossed = issue(ca_form("Trusted Root"), older)
    assert crossed.certificate.public_key() == w.root.certificate.public_key()
    return pem(w.leaf, w.middle, crossed, older)


def under_elliptic(w: World) -> bytes:
    middle = issue(ca_form("Elliptic", key=ec_key("middle")), w.root)
    return pem(issue(LEAF, middle), middle)


RIGHT: dict[str, Chain] = {
    "leaf and intermediate": lambda w: w.chain,
    "root served too": lambda w: pem(w.leaf, w.middle, w.root),
    "trusted root cross-signed by an untrusted one": cross_signed,
    "others after the leaf in any order": lambda w: pem(w.leaf, w.root, w.rogue_root, w.middle),
    "an intermediate twice": lambda w: pem(w.leaf, w.middle, w.middle),
    "remarks around the blocks": lambda w: b"# Amazon\n" + w.chain.replace(b"-\n-", b"-\nx\n-"),
    "use not stated": leaf(replace(LEAF, key_usage=None)),
    "more names": named(x509.DNSName("other.amazon.com"), x509.DNSName(SIGNER)),
    "longer key": leaf(replace(LEAF, key=rsa_key("long", 3072))),
    "elliptic intermediate": under_elliptic,
}


@pytest.mark.parametrize("chain", RIGHT.values(), ids=RIGHT.keys())
def test_an_honest_chain_is_believed(chain: Chain, world: World, judge: ChainJudge) -> None:
    found = judge(chain(world), NOW)
    assert found.not_before <= NOW <= found.not_after
    assert found.key.key_size >= 2048


@pytest.mark.parametrize(
    ("moment", "believed"),
    [
        (LEAF.not_before - timedelta(seconds=1), False),
        (LEAF.not_before, True),
        (LEAF.not_after, True),
        (LEAF.not_after + timedelta(seconds=1), False),
    ],
)
def test_dates_are_judged_by_the_clock_given(
    moment: datetime, believed: bool, world: World, judge: ChainJudge
) -> None:
    if believed:
        judge(world.chain, moment)
    else:
        with pytest.raises(RequestRejected, match=UNTRUSTED):
            judge(world.chain, moment)


@pytest.fixture(scope="module")
def public_roots() -> Store:
    return TrustedRoots().store()


def real_amazon_root() -> x509.Certificate:
    roots = readable_roots(Path(certifi.where()).read_bytes())
    return next(r for r in roots if "Amazon Root CA 1" in r.subject.rfc4514_string())


def forged_amazon_root(carrying_signature: bool) -> tuple[Holder, bytes]:
    real = real_amazon_root()
    form = ca_form(
        "Amazon Root CA 1",
        key=rsa_key("attacker"),
        serial=real.serial_number,
        not_before=real.not_valid_before_utc,
        not_after=real.not_valid_after_utc,
    )
    forged = issue(form, None, name=real.subject)
    if carrying_signature:
        return forged, with_signature_of(forged.certificate, real)
    return forged, pem(forged)


@pytest.mark.parametrize("carrying_signature", [True, False])
@pytest.mark.parametrize("with_the_real_one", [True, False])
def test_amazons_own_root_cannot_be_forged(
    carrying_signature: bool, with_the_real_one: bool, public_roots: Store
) -> None:
    forged, served = forged_amazon_root(carrying_signature)
    chain = pem(issue(LEAF, forged)) + served
    if with_the_real_one:
        chain += pem(real_amazon_root())
    with pytest.raises(RequestRejected, match=UNTRUSTED):
        ChainJudge(lambda: public_roots)(chain, NOW)


def test_the_public_web_does_not_trust_our_authority(world: World, public_roots: Store) -> None:
    with pytest.raises(RequestRejected, match=UNTRUSTED):
        ChainJudge(lambda: public_roots)(world.chain, NOW)


def test_a_forged_root_is_what_it_claims_to_be() -> None:
    """The attack is a fair one: name, serial, dates and signature bytes are the real root's."""
    _, served = forged_amazon_root(carrying_signature=True)
    forged, real = x509.load_pem_x509_certificate(served), real_amazon_root()
    assert forged.signature == real.signature
    assert (forged.subject, forged.serial_number) == (real.subject, real.serial_number)
    assert forged.public_key() != real.public_key()
    assert common_name("Amazon Root CA 1") != real.subject
