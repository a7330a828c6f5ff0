"""Fetched once, judged once, kept for a while, bounded whatever strangers send."""

import threading
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from skill.alexa.verification.certificate_cache import CertificateCache, CertificateCacheLimits
from skill.alexa.verification.certificate_chain import CachedCertificate, ChainJudge
from skill.alexa.verification.errors import ChainUnavailable, RequestRejected, VerificationError
from tests.alexa.verification.authority import LEAF, NOW, URL, World

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
LIMITS = CertificateCacheLimits()


class Server:
    """Serves what it is told, counts, and can be held up."""

    def __init__(self, answer: bytes | Exception) -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.most_at_once = 0
        self.go_on = threading.Event()
        self.go_on.set()
        self._now = 0
        self._lock = threading.Lock()

    def __call__(self, url: str) -> bytes:
        with self._lock:
            self.asked.append(url)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            assert self.go_on.wait(30)
        finally:
            with self._lock:
                self._now -= 1
        if isinstance(self.answer, Exception):
            raise type(self.answer)(*self.answer.args)
        return self.answer


def until(condition: Callable[[], bool]) -> None:
    """Let the other threads come to where the test needs them."""
    give_up = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0)


@pytest.fixture
def server(world: World) -> Server:
    return Server(world.chain)


@pytest.fixture
def leaves(server: Server, judge: ChainJudge) -> CertificateCache:
    return CertificateCache(server, judge)


def idle(leaves: CertificateCache) -> Callable[[], bool]:
    return lambda: leaves.counts().downloads == 0


def failure(leaves: CertificateCache, url: str, now: datetime) -> VerificationError:
    with pytest.raises(VerificationError) as caught:
        leaves.leaf(url, now)
    return caught.value


def test_a_chain_is_fetched_once(leaves: CertificateCache, server: Server) -> None:
    found = {id(leaves.leaf(URL, NOW + n * SECOND)) for n in range(100)}
    assert len(found) == 1
    assert server.asked == [URL]


def test_many_requests_share_one_download(leaves: CertificateCache, server: Server) -> None:
    server.go_on.clear()
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(leaves.leaf, URL, NOW) for _ in range(8)]
        until(lambda: leaves.counts().waiting == 8)
        server.go_on.set()
        assert len({id(leaf.result()) for leaf in asked}) == 1
    assert server.asked == [URL]
    assert leaves.counts().waiting == 0


def test_an_aging_leaf_is_used_while_it_is_fetched_anew(
    leaves: CertificateCache, server: Server
) -> None:
    first = leaves.leaf(URL, NOW)
    later = NOW + LIMITS.refresh_age
    server.go_on.clear()
    assert leaves.leaf(URL, later) is first
    assert leaves.leaf(URL, later) is first
    server.go_on.set()
    until(idle(leaves))
    assert server.asked == [URL, URL]
    assert leaves.leaf(URL, later) is not first


def test_an_aging_leaf_outlives_a_server_that_is_down(
    leaves: CertificateCache, server: Server
) -> None:
    first = leaves.leaf(URL, NOW)
    server.answer = ChainUnavailable("down")
    for hours in range(12, 24):
        assert leaves.leaf(URL, NOW + hours * HOUR) is first
        until(idle(leaves))
    assert failure(leaves, URL, NOW + LIMITS.max_age).status == 503


def test_a_server_that_is_down_is_not_asked_at_every_request(
    leaves: CertificateCache, server: Server
) -> None:
    leaves.leaf(URL, NOW)
    server.answer = ChainUnavailable("down")
    for seconds in range(10):
        leaves.leaf(URL, NOW + LIMITS.refresh_age + seconds * SECOND)
        until(idle(leaves))
    assert server.asked == [URL, URL]


def test_the_leaf_in_use_is_the_last_to_go(server: Server, judge: ChainJudge) -> None:
    leaves = CertificateCache(server, judge, CertificateCacheLimits(leaves=2))
    in_use = leaves.leaf(URL, NOW)
    for number in range(5):
        leaves.leaf(f"{URL}{number}", NOW)
        assert leaves.leaf(URL, NOW) is in_use


def test_a_leaf_is_not_used_after_its_last_day(leaves: CertificateCache, server: Server) -> None:
    almost = LEAF.not_after - SECOND
    leaves.leaf(URL, almost)
    leaves.leaf(URL, LEAF.not_after)
    assert isinstance(failure(leaves, URL, LEAF.not_after + SECOND), RequestRejected)


def test_a_clock_set_back_fetches_anew(leaves: CertificateCache, server: Server) -> None:
    leaves.leaf(URL, NOW)
    leaves.leaf(URL, NOW - HOUR)
    assert server.asked == [URL, URL]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"garbage", RequestRejected),
        (RequestRejected("no chain there"), RequestRejected),
        (ChainUnavailable("down"), ChainUnavailable),
        (RuntimeError("a mistake in the downloader"), ChainUnavailable),
    ],
)
def test_a_failure_is_remembered_but_not_for_long(
    answer: bytes | Exception,
    expected: type,
    server: Server,
    leaves: CertificateCache,
    world: World,
) -> None:
    server.answer = answer
    first = failure(leaves, URL, NOW)
    again = failure(leaves, URL, NOW + LIMITS.failure_age - SECOND)
    assert type(first) is type(again) is expected
    assert first is not again
    assert server.asked == [URL]
    server.answer = world.chain
    leaves.leaf(URL, NOW + LIMITS.failure_age)
    assert server.asked == [URL, URL]


def test_a_slow_download_is_waited_for_only_so_long(server: Server, judge: ChainJudge) -> None:
    leaves = CertificateCache(server, judge, CertificateCacheLimits(wait_seconds=0.01))
    server.go_on.clear()
    assert failure(leaves, URL, NOW).reason == "certificate server is slow"
    server.go_on.set()
    until(idle(leaves))
    leaves.leaf(URL, NOW)
    assert server.asked == [URL]


def test_few_requests_wait_and_the_others_go_free(server: Server, judge: ChainJudge) -> None:
    leaves = CertificateCache(server, judge, CertificateCacheLimits(waiting=2))
    server.go_on.clear()
    with ThreadPoolExecutor(2) as pool:
        asked: list[Future[CachedCertificate]] = [
            pool.submit(leaves.leaf, URL, NOW) for _ in range(2)
        ]
        until(lambda: leaves.counts().waiting == 2)
        assert "too many" in failure(leaves, URL, NOW).reason
        server.go_on.set()
        assert all(leaf.result().not_after == LEAF.not_after for leaf in asked)


def test_other_requests_are_not_held_up_by_a_slow_server(server: Server, judge: ChainJudge) -> None:
    leaves = CertificateCache(server, judge)
    known = leaves.leaf(URL, NOW)
    server.go_on.clear()
    with ThreadPoolExecutor(3) as pool:
        stuck = [pool.submit(failure_free, leaves, f"{URL}{n}") for n in range(3)]
        until(lambda: leaves.counts().waiting == 3)
        assert leaves.leaf(URL, NOW) is known
        server.go_on.set()
        assert all(leaf.result() for leaf in stuck)


def failure_free(leaves: CertificateCache, url: str) -> bool:
    return leaves.leaf(url, NOW).not_after == LEAF.not_after


def test_strangers_cannot_keep_a_known_chain_from_being_renewed(
    server: Server, judge: ChainJudge
) -> None:
    leaves = CertificateCache(server, judge, CertificateCacheLimits(downloads=2))
    leaves.leaf(URL, NOW)
    server.go_on.clear()
    with ThreadPoolExecutor(2) as pool:
        stranger = pool.submit(leaves.leaf, f"{URL}1", NOW)
        until(lambda: leaves.counts().downloads == 1)
        assert "too many" in failure(leaves, f"{URL}2", NOW).reason
        renewed = pool.submit(leaves.leaf, URL, NOW + LIMITS.max_age)
        until(lambda: leaves.counts().downloads == 2)
        server.go_on.set()
        assert renewed.result().not_after == stranger.result().not_after


@pytest.mark.parametrize(
    "answer",
    [b"\0" * 60_000, b"-----BEGIN CERTIFICATE-----\n" + b"A" * 60_000, RequestRejected("x"), None],
    ids=["zeros", "unfinished block", "refusal", "good chains"],
)
def test_500_distinct_urls_stay_within_bounds(
    answer: bytes | Exception | None, world: World, judge: ChainJudge
) -> None:
    server = Server(world.chain if answer is None else answer)
    limits = CertificateCacheLimits(leaves=8, failures=64, downloads=3)
    leaves = CertificateCache(server, judge, limits)

    def ask(number: int) -> None:
        with suppress(RequestRejected, ChainUnavailable):
            leaves.leaf(f"{URL}{number}", NOW)

    ask(-1)
    tracemalloc.start()
    try:
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(ask, range(500)))
        for number in range(500):
            ask(number)
        until(idle(leaves))
        kept = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert len(set(server.asked)) == 501
    assert 1 <= server.most_at_once <= limits.downloads
    assert leaves.counts().leaves <= limits.leaves
    assert leaves.counts().failures <= limits.failures
    assert leaves.counts().waiting == 0
    assert kept < 1_000_000


def test_a_waiting_request_judges_by_its_own_time(leaves: CertificateCache, server: Server) -> None:
    server.go_on.clear()
    with ThreadPoolExecutor(2) as pool:
        now = pool.submit(leaves.leaf, URL, NOW)
        until(lambda: leaves.counts().waiting == 1)
        late = pool.submit(leaves.leaf, URL, LEAF.not_after + SECOND)
        until(lambda: leaves.counts().waiting == 2)
        server.go_on.set()
        assert now.result().not_after == LEAF.not_after
        with pytest.raises(RequestRejected, match="out of date"):
            late.result()


def test_one_download_is_always_possible(server: Server, judge: ChainJudge) -> None:
    CertificateCache(server, judge, CertificateCacheLimits(downloads=1)).leaf(URL, NOW)
    assert server.asked == [URL]


def test_a_machine_with_no_threads_left_is_unavailable(
    leaves: CertificateCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as full:
        full.setattr(threading.Thread, "start", refuse)
        assert failure(leaves, URL, NOW).status == 503
    assert leaves.counts().downloads == 0
    leaves.leaf(URL, NOW)
