"""Fetching from real servers, good and bad, on this machine."""

import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest

from skill.alexa.verification.certificate_cache import CertificateCache, CertificateCacheLimits
from skill.alexa.verification.certificate_chain import ChainJudge
from skill.alexa.verification.certificate_download import HttpsFetch
from skill.alexa.verification.errors import ChainUnavailable, RequestRejected, VerificationError
from skill.alexa.verification.signature import SignatureVerifier
from tests.alexa.verification.authority import NOW, World, signed_headers
from tests.alexa.verification.certificate_server import (
    HOST,
    CertificateServer,
    ServerPapers,
    closed_port,
    serving,
    silent,
)

pytestmark = pytest.mark.slow

QUICK = 0.3


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> ServerPapers:
    return ServerPapers(tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="module")
def server(world: World) -> CertificateServer:
    return CertificateServer(world.chain)


@pytest.fixture(scope="module")
def address(server: CertificateServer, papers: ServerPapers) -> Iterator[tuple[str, int]]:
    with serving(server, papers.context()) as address:
        yield address


def url(name: str) -> str:
    return f"https://{HOST}/echo.api/{name}.pem"


def quick(address: tuple[str, int], papers: ServerPapers) -> HttpsFetch:
    return HttpsFetch(QUICK, QUICK, address=address, roots=papers.bundle)


def patient(address: tuple[str, int], papers: ServerPapers) -> HttpsFetch:
    return HttpsFetch(30, 30, address=address, roots=papers.bundle)


@pytest.mark.parametrize("name", ["good", "chunked", "unsized", "keepalive"])
def test_a_good_server_gives_the_chain(
    name: str, address: tuple[str, int], papers: ServerPapers, world: World
) -> None:
    assert patient(address, papers)(url(name)) == world.chain


BAD = {
    "redirect": RequestRejected,
    "moved": RequestRejected,
    "missing": RequestRejected,
    "forbidden": RequestRejected,
    "empty": RequestRejected,
    "huge": RequestRejected,
    "endless": RequestRejected,
    "broken": ChainUnavailable,
    "busy": ChainUnavailable,
    "throttled": ChainUnavailable,
    "short": ChainUnavailable,
    "rubbish": ChainUnavailable,
    "closed": ChainUnavailable,
    "manyheaders": ChainUnavailable,
    "longheader": ChainUnavailable,
}


@pytest.mark.parametrize(("name", "expected"), BAD.items(), ids=BAD.keys())
def test_a_bad_answer_is_no_chain(
    name: str, expected: type[VerificationError], address: tuple[str, int], papers: ServerPapers
) -> None:
    with pytest.raises(expected):
        patient(address, papers)(url(name))


@pytest.mark.parametrize("name", ["slow", "dripping", "drippinghead", "continuing"])
def test_a_slow_server_is_given_up(
    name: str, address: tuple[str, int], papers: ServerPapers
) -> None:
    with pytest.raises(ChainUnavailable) as refusal:
        quick(address, papers)(url(name))
    assert refusal.value.status == 503
    assert isinstance(refusal.value.__cause__, TimeoutError)


def test_a_redirect_is_not_followed(
    server: CertificateServer, address: tuple[str, int], papers: ServerPapers
) -> None:
    server.asked.clear()
    with pytest.raises(RequestRejected):
        patient(address, papers)(url("redirect"))
    assert server.asked == ["/echo.api/redirect.pem"]


def test_an_endless_answer_is_not_kept(address: tuple[str, int], papers: ServerPapers) -> None:
    fetch = patient(address, papers)
    tracemalloc.start()
    try:
        with pytest.raises(RequestRejected, match="too large"):
            fetch(url("endless"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20 * fetch.most_bytes


def test_the_server_must_prove_its_name(papers: ServerPapers, world: World) -> None:
    served = serving(CertificateServer(world.chain), papers.context("evil.example"))
    with served as address, pytest.raises(ChainUnavailable, match="down or slow"):
        patient(address, papers)(url("good"))


def test_the_servers_certificate_must_be_in_date(papers: ServerPapers, world: World) -> None:
    served = serving(CertificateServer(world.chain), papers.context(expired=True))
    with served as address, pytest.raises(ChainUnavailable, match="down or slow"):
        patient(address, papers)(url("good"))


def test_the_public_web_does_not_vouch_for_our_server(address: tuple[str, int]) -> None:
    with pytest.raises(ChainUnavailable, match="down or slow"):
        HttpsFetch(30, 30, address=address)(url("good"))


def test_a_server_without_tls_is_refused(papers: ServerPapers, world: World) -> None:
    served = serving(CertificateServer(world.chain), tls=None)
    with served as address, pytest.raises(ChainUnavailable):
        patient(address, papers)(url("good"))


def test_a_server_that_says_nothing_is_given_up(papers: ServerPapers) -> None:
    with silent() as address, pytest.raises(ChainUnavailable):
        quick(address, papers)(url("good"))


def test_a_server_that_is_down_is_unavailable(papers: ServerPapers) -> None:
    with pytest.raises(ChainUnavailable):
        patient(closed_port(), papers)(url("good"))


def test_no_time_is_too_little(address: tuple[str, int], papers: ServerPapers) -> None:
    with pytest.raises(ChainUnavailable):
        HttpsFetch(0, 0, address=address, roots=papers.bundle)(url("good"))


def test_a_signed_request_is_verified_with_a_fetched_chain(
    address: tuple[str, int], papers: ServerPapers, judge: ChainJudge, world: World
) -> None:
    verifier = SignatureVerifier(CertificateCache(patient(address, papers), judge))
    body = b'{"request": {}}'
    verifier.verify_signature(signed_headers(body, world.amazon, url("good")), body, NOW)


class Counted:
    """A download that is counted where it is made: a server learns late who has hung up."""

    def __init__(self, fetch: HttpsFetch) -> None:
        self._fetch = fetch
        self._lock = Lock()
        self._open = 0
        self.most_at_once = 0

    def __call__(self, url: str) -> bytes:
        with self._lock:
            self._open += 1
            self.most_at_once = max(self.most_at_once, self._open)
        try:
            return self._fetch(url)
        finally:
            with self._lock:
                self._open -= 1


def test_500_slow_urls_open_few_downloads(
    papers: ServerPapers, judge: ChainJudge, world: World
) -> None:
    with serving(CertificateServer(world.chain), papers.context()) as address:
        limits = CertificateCacheLimits(downloads=4, wait_seconds=QUICK)
        counted = Counted(quick(address, papers))
        leaves = CertificateCache(counted, judge, limits)

        def ask(number: int) -> int:
            with pytest.raises(VerificationError) as refusal:
                leaves.leaf(url(f"slow-{number}"), NOW)
            return refusal.value.status

        with ThreadPoolExecutor(16) as pool:
            assert set(pool.map(ask, range(500))) == {503}
        assert 1 <= counted.most_at_once <= limits.downloads
        assert leaves.counts().failures <= limits.failures
