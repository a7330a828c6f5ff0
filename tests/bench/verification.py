"""What it costs to decide that a request is Amazon's, its chain being at hand.

Beside it, in the same run: the SDK's own verifier on the same bytes, and the bare RSA check that
no verifier can do without. The SDK's verifier is made to load and to trust our authority here only.
"""

import base64
import importlib
import json
import re
import statistics
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.verification import Store

from skill.alexa.verification.certificate_cache import CertificateCache
from skill.alexa.verification.certificate_chain import ChainJudge
from skill.alexa.verification.signature import SignatureVerifier
from skill.alexa.verification.timestamp import check_skill, check_timestamp, parse_timestamp
from tests.alexa.verification.authority import DAY, LEAF, SIGNER, URL, ca_form, issue, pem, rsa_key
from tests.alexa.verification.authority import signed_headers as sign_headers

ROUNDS = 15
BODY_BYTES = 3000
NOW = datetime.now(UTC)
TODAY = {"not_before": NOW - DAY, "not_after": NOW + DAY}

ROOT = issue(ca_form("Trusted Root", **TODAY), None)
MIDDLE = issue(ca_form("Trusted Intermediate", **TODAY), ROOT)
CHAIN = pem(issue(replace(LEAF, not_before=NOW - DAY, not_after=NOW + DAY), MIDDLE), MIDDLE)
BODY = json.dumps({"version": "1.0", "filler": "x" * BODY_BYTES}).encode()
HEADERS = [("Host", "skill.example"), ("Accept", "*/*"), *sign_headers(BODY, rsa_key(SIGNER))]


def microseconds(work: Callable[[], object], times: int) -> float:
    """The cost of one call in a batch."""
    begin = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - begin) / times * 1e6


def ours() -> Callable[[], object]:
    """One request verified, the chain having been fetched and judged before."""
    store = Store([ROOT.certificate])
    verifier = SignatureVerifier(CertificateCache(lambda _: CHAIN, ChainJudge(lambda: store)))
    return lambda: verifier.verify_signature(HEADERS, BODY, NOW)


def admission() -> Callable[[], object]:
    """The same with all that follows: timestamp and skill id."""
    verify, stamp = ours(), NOW.strftime("%Y-%m-%dT%H:%M:%SZ")

    def admit() -> None:
        verify()
        check_timestamp(parse_timestamp(stamp), "IntentRequest", lambda: NOW)
        check_skill("amzn1.ask.skill.ours", "amzn1.ask.skill.ours", "amzn1.ask.skill.ours")

    return admit


def bare_rsa() -> Callable[[], object]:
    """The signature check alone."""
    key, signature = rsa_key(SIGNER).public_key(), base64.b64decode(HEADERS[-1][1])
    padding, digest = PKCS1v15(), SHA256()
    return lambda: key.verify(signature, BODY, padding, digest)


def judging() -> Callable[[], object]:
    """A chain judged, as happens after each download."""
    store = Store([ROOT.certificate])
    judge = ChainJudge(lambda: store)
    return lambda: judge(CHAIN, NOW)


def sdk() -> Callable[[], object] | None:
    """The SDK's verifier with its chain downloaded before, or None if it does not load."""
    try:
        verifier = _sdk_verifier()
    except Exception as error:
        print(f"the SDK's verifier does not run here: {error!r}")
        return None
    headers, body = dict(HEADERS), BODY.decode()
    return lambda: verifier.verify(headers, body, None)


def _sdk_verifier() -> Any:
    _load_certvalidator()
    module = importlib.import_module("ask_sdk_webservice_support.verifier")
    certvalidator = importlib.import_module("certvalidator")
    root = ROOT.certificate.public_bytes(Encoding.DER)

    def trusting_us(leaf: bytes, others: list[bytes]) -> object:
        # A context for each request, as the SDK makes one.
        context = certvalidator.ValidationContext(extra_trust_roots=[root])
        return certvalidator.CertificateValidator(leaf, others, validation_context=context)

    vars(module).update(CertificateValidator=trusting_us)
    verifier = module.RequestVerifier()
    vars(verifier).update(_cert_cache={URL: CHAIN})
    return verifier


def _load_certvalidator() -> None:
    """Import it although its library cannot read OpenSSL versions such as 3.0.19."""
    search = re.search

    def lenient(pattern: Any, text: Any, *flags: Any) -> Any:
        if isinstance(text, str) and text.startswith("OpenSSL "):
            text = re.sub(r"(\d\.\d\.\d)\d+", r"\1", text)
        return search(pattern, text, *flags)

    vars(re).update(search=lenient)
    try:
        importlib.import_module("certvalidator")
    finally:
        vars(re).update(search=search)


def main() -> None:
    """Print the medians of interleaved rounds, and their ratios."""
    warnings.simplefilter("ignore")
    works: dict[str, tuple[Callable[[], object] | None, int]] = {
        "ours, chain at hand": (ours(), 1000),
        "ours, with timestamp and skill id": (admission(), 1000),
        "bare RSA verification": (bare_rsa(), 1000),
        "ours, chain judged each time": (judging(), 200),
        "SDK RequestVerifier, chain at hand": (sdk(), 20),
    }
    taken: dict[str, list[float]] = {name: [] for name, (work, _) in works.items() if work}
    for _ in range(ROUNDS):
        for name, (work, times) in works.items():
            if work is not None:
                taken[name].append(microseconds(work, times))
    first = statistics.median(next(iter(taken.values())))
    for name, rounds in taken.items():
        cost = statistics.median(rounds)
        print(f"{name:<44}{cost:>10.1f} µs {cost / first:>9.2f} times ours")


if __name__ == "__main__":
    main()
