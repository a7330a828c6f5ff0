"""A certificate authority of our own, able to issue what no honest one would."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SIGNER = "echo-api.amazon.com"
SIGNER_NAMES = (x509.DNSName(SIGNER),)
URL = "https://s3.amazonaws.com/echo.api/echo-api-cert-15.pem"

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
_USAGES = [
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
]


@cache
def rsa_key(owner: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """One key for each owner: making them is slow."""
    return rsa.generate_private_key(65537, bits)


@cache
def ec_key(owner: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def usage(*allowed: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{name: name in allowed for name in _USAGES})


@dataclass(frozen=True)
class Holder:
    """A certificate and the key that belongs to it."""

    certificate: x509.Certificate
    key: Key


@dataclass(frozen=True)
class Form:
    """What is written on a certificate; the defaults make an honest leaf."""

    subject: str = SIGNER
    key: Key | None = None
    names: Sequence[x509.GeneralName] = SIGNER_NAMES
    not_before: datetime = NOW - 30 * DAY
    not_after: datetime = NOW + 30 * DAY
    ca: bool = False
    path_length: int | None = None
    key_usage: x509.KeyUsage | None = None
    purposes: Sequence[x509.ObjectIdentifier] = (ExtendedKeyUsageOID.SERVER_AUTH,)
    more: Sequence[tuple[x509.ExtensionType, bool]] = ()
    serial: int | None = None

    @property
    def holder_key(self) -> Key:
        return self.key or rsa_key(self.subject)


LEAF = Form(key_usage=usage("digital_signature", "key_encipherment"))


def ca_form(subject: str, **changes: object) -> Form:
    """An honest authority's form, but for ``changes``."""
    fields: dict[str, object] = {
        "ca": True,
        "names": (),
        "purposes": (),
        "key_usage": usage("key_cert_sign", "crl_sign"),
        "not_before": NOW - 300 * DAY,
        "not_after": NOW + 300 * DAY,
    }
    return Form(subject, **{**fields, **changes})  # type: ignore[arg-type]


def common_name(subject: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])


def issue(form: Form, issuer: Holder | None, name: x509.Name | None = None) -> Holder:
    """A certificate by ``issuer``, or self-signed if there is none."""
    subject = name or common_name(form.subject)
    signer = issuer.key if issuer else form.holder_key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(form.holder_key.public_key())
        .serial_number(form.serial or x509.random_serial_number())
        .not_valid_before(form.not_before)
        .not_valid_after(form.not_after)
    )
    for extension, critical in _extensions(form, signer):
        builder = builder.add_extension(extension, critical)
    return Holder(builder.sign(signer, hashes.SHA256()), form.holder_key)


def _extensions(form: Form, signer: Key) -> list[tuple[x509.ExtensionType, bool]]:
    own_id = x509.SubjectKeyIdentifier.from_public_key(form.holder_key.public_key())
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    written: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(form.ca, form.path_length), True),
        (own_id, False),
        (issuer_id, False),
    ]
    if form.names:
        written.append((x509.SubjectAlternativeName(form.names), False))
    if form.key_usage is not None:
        written.append((form.key_usage, True))
    if form.purposes:
        written.append((x509.ExtendedKeyUsage(form.purposes), False))
    return [*written, *form.more]


def pem(*holders: Holder | x509.Certificate) -> bytes:
    """A chain as Amazon serves it, in the order given."""
    certificates = [h.certificate if isinstance(h, Holder) else h for h in holders]
    return b"".join(c.public_bytes(serialization.Encoding.PEM) for c in certificates)


def der_as_pem(der: bytes) -> bytes:
    body = base64.encodebytes(der)
    return b"-----BEGIN CERTIFICATE-----\n" + body + b"-----END CERTIFICATE-----\n"


def with_signature_of(forged: x509.Certificate, real: x509.Certificate) -> bytes:
    """The forged certificate, carrying the signature bytes of the real one."""
    assert len(forged.signature) == len(real.signature)
    der = forged.public_bytes(serialization.Encoding.DER)
    assert der.endswith(forged.signature)
    return der_as_pem(der.removesuffix(forged.signature) + real.signature)


def signed_with_sha1(honest: Holder, issuer: Holder) -> bytes:
    """The same certificate, but its issuer signed it with SHA-1."""
    sha256_oid = bytes.fromhex("06092a864886f70d01010b")
    sha1_oid = bytes.fromhex("06092a864886f70d010105")
    assert isinstance(issuer.key, rsa.RSAPrivateKey)
    body = honest.certificate.tbs_certificate_bytes.replace(sha256_oid, sha1_oid)
    signature = issuer.key.sign(body, PKCS1v15(), hashes.SHA1())
    der = honest.certificate.public_bytes(serialization.Encoding.DER)
    der = der.replace(honest.certificate.tbs_certificate_bytes, body)
    der = der.replace(sha256_oid, sha1_oid)
    return der_as_pem(der.removesuffix(honest.certificate.signature) + signature)


def sign(body: bytes, key: Key, digest: hashes.HashAlgorithm | None = None) -> str:
    """The value of the signature header for ``body``."""
    assert isinstance(key, rsa.RSAPrivateKey)
    return base64.b64encode(key.sign(body, PKCS1v15(), digest or hashes.SHA256())).decode()


def signed_headers(body: bytes, key: Key, url: str = URL) -> list[tuple[str, str]]:
    """Headers as Amazon sends them."""
    return [
        ("Content-Type", "application/json"),
        ("SignatureCertChainUrl", url),
        ("Signature-256", sign(body, key)),
    ]


class World:
    """A trusted root, an honest chain under it, and an attacker with keys of their own."""

    def __init__(self) -> None:
        self.root = issue(ca_form("Trusted Root"), None)
        self.middle = issue(ca_form("Trusted Intermediate", path_length=0), self.root)
        self.leaf = issue(LEAF, self.middle)
        self.rogue_root = issue(ca_form("Rogue Root"), None)
        self.rogue_middle = issue(ca_form("Rogue Intermediate"), self.rogue_root)
        self.chain = pem(self.leaf, self.middle)

    @property
    def amazon(self) -> rsa.RSAPrivateKey:
        """The key that the honest leaf certifies."""
        return rsa_key(SIGNER)
