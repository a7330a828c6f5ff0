"""Which authorities are trusted, and what an odd one among them costs."""

import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import certifi
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from skill.alexa.verification.certificate_chain import ChainJudge
from skill.alexa.verification.trusted_roots import TrustedRoots, readable_roots
from tests.alexa.verification.authority import NOW, World, der_as_pem, pem


def bundle_of(folder: Path, content: bytes) -> Path:
    path = folder / "roots.pem"
    path.write_bytes(content)
    return path


def with_negative_serial(root: x509.Certificate) -> bytes:
    """The root with a serial number that its reader warns of."""
    der = root.public_bytes(Encoding.DER)
    serial = root.serial_number.to_bytes((root.serial_number.bit_length() + 8) // 8, "big")
    changed = der.replace(serial, bytes([0xFF]) + serial[1:], 1)
    assert changed != der
    return der_as_pem(changed)


def test_amazons_roots_are_trusted_by_the_public_web() -> None:
    names = {r.subject.rfc4514_string() for r in readable_roots(Path(certifi.where()).read_bytes())}
    for number in range(1, 5):
        assert f"CN=Amazon Root CA {number},O=Amazon,C=US" in names
    assert len(names) > 50


def test_public_roots_are_read_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        TrustedRoots().store()


@pytest.mark.parametrize("action", ["ignore", "error"])
def test_a_root_that_is_warned_of_is_left_out_whatever_warnings_do(
    action: Literal["ignore", "error"], world: World
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter(action)
        assert not list(readable_roots(with_negative_serial(world.rogue_root.certificate)))


def test_one_bad_root_does_not_cost_the_others(tmp_path: Path, world: World) -> None:
    odd = [der_as_pem(b"garbage"), with_negative_serial(world.rogue_root.certificate), b"remarks\n"]
    bundle = bundle_of(tmp_path, b"".join(odd) + pem(world.root) + b"-----BEGIN CERTIFICATE-----")
    assert list(readable_roots(bundle.read_bytes())) == [world.root.certificate]
    ChainJudge(TrustedRoots(bundle).store)(world.chain, NOW)


def test_threads_share_one_store(tmp_path: Path, world: World) -> None:
    roots = TrustedRoots(bundle_of(tmp_path, pem(world.root)))
    with ThreadPoolExecutor(8) as pool:
        assert len({id(store) for store in pool.map(lambda _: roots.store(), range(32))}) == 1


def test_no_roots_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="empty"):
        TrustedRoots(bundle_of(tmp_path, b"no roots here")).store()
    with pytest.raises(FileNotFoundError):
        TrustedRoots(tmp_path / "missing.pem").store()
