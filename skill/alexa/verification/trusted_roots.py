"""Trusted roots: the certificate authorities that the public web trusts."""

import re
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.verification import Store

_PEM_BLOCK = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


class TrustedRoots:
    """Trusted roots from a PEM bundle, read when first needed; safe to share between threads."""

    def __init__(self, bundle: Path | None = None) -> None:
        self._bundle = bundle
        self._lock = threading.Lock()
        self._store: Store | None = None

    def store(self) -> Store:
        """The roots as a store; raises ``OSError`` or ``ValueError`` if there are none."""
        with self._lock:
            if self._store is None:
                bundle = self._bundle or Path(certifi.where())
                self._store = Store(list(readable_roots(bundle.read_bytes())))
            return self._store


def readable_roots(bundle: bytes) -> Iterator[x509.Certificate]:
    """Every root in a PEM bundle that is read without an error or a warning."""
    # One by one: some public roots have serial numbers that are on their way to being refused,
    # and one bad root must not cost all the others.
    for block in _PEM_BLOCK.findall(bundle):
        with warnings.catch_warnings():
            warnings.simplefilter("error", CryptographyDeprecationWarning)
            try:
                root = x509.load_pem_x509_certificate(block)
            except (ValueError, CryptographyDeprecationWarning):
                continue
        yield root
