"""Certificate chain check: whether it is Amazon's voice service, and the key that signs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from skill.alexa.verification.errors import RequestRejected

SIGNER = "echo-api.amazon.com"
MOST_CERTIFICATES = 10
SMALLEST_KEY_BITS = 2048


@dataclass(frozen=True, slots=True)
class CachedCertificate:
    """Signing certificate whose chain was found good."""

    key: RSAPublicKey
    not_before: datetime
    not_after: datetime


Judge = Callable[[bytes, datetime], CachedCertificate]


class ChainJudge:
    """Chain check against the roots that ``store`` gives."""

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store

    def __call__(self, pem: bytes, now: datetime) -> CachedCertificate:
        """The leaf of a PEM chain, leaf first; raises ``RequestRejected`` if any rule is broken."""
        policy = PolicyBuilder().store(self._store()).time(now)
        verifier = policy.build_server_verifier(x509.DNSName(SIGNER))
        try:
            leaf, *intermediates = _certificates(pem)
            key = _signing_key(leaf)
            verifier.verify(leaf, intermediates)
        except RequestRejected:
            raise
        except VerificationError as error:
            raise RequestRejected("certificate chain does not lead to a trusted root") from error
        except Exception as error:  # odd certificates provoke many kinds of error in the reader
            raise RequestRejected("certificate chain is unreadable") from error
        return CachedCertificate(key, leaf.not_valid_before_utc, leaf.not_valid_after_utc)


def _certificates(pem: bytes) -> list[x509.Certificate]:
    if pem.count(b"-----BEGIN") > MOST_CERTIFICATES:
        raise RequestRejected("certificate chain is too long")
    certificates = x509.load_pem_x509_certificates(pem)
    for certificate in certificates:
        _require_whole_bytes(certificate)
    return certificates


def _require_whole_bytes(certificate: x509.Certificate) -> None:
    # The reader takes a last bit of zero for one that is not there: a second spelling.
    if not certificate.public_bytes(Encoding.DER).endswith(b"\0" + certificate.signature):
        raise RequestRejected("certificate signature is not whole bytes")


def _signing_key(leaf: x509.Certificate) -> RSAPublicKey:
    _require_exact_name(leaf)
    _require_signing_use(leaf)
    key = leaf.public_key()
    if not isinstance(key, RSAPublicKey) or key.key_size < SMALLEST_KEY_BITS:
        raise RequestRejected("certificate key is not RSA of 2048 bits or more")
    return key


def _require_exact_name(leaf: x509.Certificate) -> None:
    # The path check would let "*.amazon.com" stand for the signer.
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound as error:
        raise RequestRejected("certificate has no subject alternative name") from error
    if SIGNER not in names.get_values_for_type(x509.DNSName):
        raise RequestRejected("certificate is not for Amazon's voice service")


def _require_signing_use(leaf: x509.Certificate) -> None:
    try:
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not usage.digital_signature:
        raise RequestRejected("certificate may not be used to sign")
