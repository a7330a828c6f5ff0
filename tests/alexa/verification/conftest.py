"""An honest world to attack, made once."""

from collections.abc import Callable

import pytest
from cryptography.x509.verification import Store
from hypothesis.configuration import set_hypothesis_home_dir

from skill.alexa.verification.certificate_cache import CertificateCache
from skill.alexa.verification.certificate_chain import ChainJudge
from skill.alexa.verification.signature import SignatureVerifier
from tests.alexa.verification.authority import World

Verifying = Callable[[bytes], SignatureVerifier]


def pytest_configure(config: pytest.Config) -> None:
    """Keep what fuzzing has found beside pytest's own memory."""
    # A ".hypothesis" folder in the project's root would stop the next collection with a warning.
    cache: pytest.Cache | None = getattr(config, "cache", None)
    if cache is not None:
        set_hypothesis_home_dir(cache.mkdir("hypothesis"))


@pytest.fixture(scope="session")
def world() -> World:
    return World()


@pytest.fixture(scope="session")
def judge(world: World) -> ChainJudge:
    store = Store([world.root.certificate])
    return ChainJudge(lambda: store)


@pytest.fixture(scope="session")
def verifying(judge: ChainJudge) -> Verifying:
    """A fresh verifier whose certificate server serves the given chain."""
    return lambda chain: SignatureVerifier(CertificateCache(lambda _: chain, judge))
