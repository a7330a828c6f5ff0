"""One thread computes for many; what waits holds nobody up, and nothing is done twice."""

import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from skill.hot_thread import HotThread

SOON = 10.0
"""Seconds within which anything here happens, or never does."""


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hot(clock: Clock) -> HotThread:
    return HotThread(lambda: None, clock)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


def test_work_is_done_in_the_one_thread_that_has_joined() -> None:
    joined: list[str] = []
    hot = HotThread(lambda: joined.append(_where()), Clock())
    names = {hot.run(_where) for _ in range(5)}
    assert names == {"hot"} == set(joined)


def test_whoever_asks_gets_their_own_result(hot: HotThread, pool: ThreadPoolExecutor) -> None:
    asked = [pool.submit(hot.run, lambda number=number: number * number) for number in range(200)]
    assert [each.result(SOON) for each in asked] == [number * number for number in range(200)]


def test_what_goes_wrong_is_raised_where_it_was_asked_for(hot: HotThread) -> None:
    def broken() -> None:
        raise LookupError("no such thing")

    with pytest.raises(LookupError, match="no such thing"):
        hot.run(broken)
    assert hot.run(lambda: "on it goes") == "on it goes"


def test_work_that_waits_holds_nobody_up(
    hot: HotThread, clock: Clock, pool: ThreadPoolExecutor
) -> None:
    waiting, answer = threading.Event(), threading.Event()

    def wait() -> bool:
        waiting.set()
        return answer.wait(SOON)

    slow = pool.submit(hot.run, wait)
    assert waiting.wait(SOON)
    before = [pool.submit(hot.run, _where) for _ in range(3)]
    clock.now += 1
    after = [pool.submit(hot.run, _where) for _ in range(3)]
    assert "hot" not in {other.result(SOON) for other in before + after}
    answer.set()
    assert slow.result(SOON)
    assert hot.run(_where) == "hot"


def test_nothing_is_done_twice_or_left_out(pool: ThreadPoolExecutor) -> None:
    # Time flies: whoever asks and the one thread fight for every piece.
    hasty, done = HotThread(lambda: None, itertools.count().__next__), list[int]()
    asked = [
        pool.submit(hasty.run, lambda number=number: done.append(number)) for number in range(2000)
    ]
    for each in asked:
        each.result(SOON)
    assert sorted(done) == list(range(2000))


def _where() -> str:
    return threading.current_thread().name
