"""One thread computes for many, step by step; what waits holds nobody up."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from skill.hot_thread import AT_ONCE, LONGEST_REST, REST, HotThread

SOON = 10.0
"""Seconds within which anything here happens, or never does."""
_BEFORE_AND_AFTER = 2


class Clock:
    """Stands still until it is set, and knows who has looked at it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.looks = Counter[int]()

    def __call__(self) -> float:
        self.looks[threading.get_ident()] += 1
        return self.now


class Wait:
    """Work of one step, which waits until it is let go on."""

    def __init__(self) -> None:
        self._begun = threading.Event()
        self._may_go_on = threading.Event()

    def __iter__(self) -> Iterator[bool]:
        self._begun.set()
        yield self._may_go_on.wait(SOON)

    def began(self) -> bool:
        return self._begun.wait(SOON)

    def let_go_on(self) -> None:
        self._may_go_on.set()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hot(clock: Clock) -> HotThread:
    return HotThread(lambda: None, clock)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2 * AT_ONCE) as threads:
        yield threads


def test_work_is_done_in_the_one_thread_that_has_joined() -> None:
    joined: list[str] = []
    hot = HotThread(lambda: joined.append(threading.current_thread().name), Clock())
    assert hot.run(_names(3)) == ["hot"] * 3
    assert joined == ["hot"]


def test_whoever_asks_gets_their_own_parts(hot: HotThread, pool: ThreadPoolExecutor) -> None:
    asked = [pool.submit(hot.run, iter(range(number))) for number in range(200)]
    assert [each.result(SOON) for each in asked] == [list(range(number)) for number in range(200)]


def test_what_comes_together_is_done_in_step(
    hot: HotThread, clock: Clock, pool: ThreadPoolExecutor
) -> None:
    steps: list[str] = []

    def work(number: int) -> Iterator[None]:
        for step in "abc":
            steps.append(f"{step}{number}")
            yield

    first = Wait()
    waiting = pool.submit(hot.run, iter(first))
    assert first.began()
    asked = [_queued(hot, clock, pool, work(number)) for number in range(AT_ONCE + 1)]
    first.let_go_on()
    assert waiting.result(SOON) == [True]
    assert all(each.result(SOON) == [None] * 3 for each in asked)
    together = [f"{step}{number}" for step in "abc" for number in range(AT_ONCE)]
    assert steps == [*together, f"a{AT_ONCE}", f"b{AT_ONCE}", f"c{AT_ONCE}"]


def test_what_goes_wrong_is_raised_where_it_was_asked_for(hot: HotThread) -> None:
    def broken() -> Iterator[None]:
        yield
        raise LookupError("no such thing")

    with pytest.raises(LookupError, match="no such thing"):
        hot.run(broken())
    assert hot.run(iter(["on", "it", "goes"])) == ["on", "it", "goes"]


def test_work_that_waits_holds_nobody_up(
    hot: HotThread, clock: Clock, pool: ThreadPoolExecutor
) -> None:
    slow = Wait()
    waiting = pool.submit(hot.run, iter(slow))
    assert slow.began()
    before = [pool.submit(hot.run, _names(1)) for _ in range(3)]
    clock.now += 1
    after = [pool.submit(hot.run, _names(1)) for _ in range(3)]
    assert "hot" not in [name for other in before + after for name in other.result(SOON)]
    slow.let_go_on()
    assert waiting.result(SOON) == [True]


def test_work_that_waits_in_its_middle_holds_up_nobody_in_step_with_it(
    hot: HotThread, clock: Clock, pool: ThreadPoolExecutor
) -> None:
    first, slow = Wait(), Wait()
    waiting = pool.submit(hot.run, iter(first))
    assert first.began()
    quick = _queued(hot, clock, pool, _names(1))
    middle = _queued(hot, clock, pool, itertools.chain([False], slow))
    other = _queued(hot, clock, pool, _names(3))
    first.let_go_on()
    assert slow.began()
    clock.now += 1
    assert quick.result(SOON) == ["hot"]
    names = other.result(SOON)
    assert (names[0], "hot" in names[1:]) == ("hot", False)
    slow.let_go_on()
    assert [waiting.result(SOON), middle.result(SOON)] == [[True], [False, True]]


@pytest.mark.parametrize(
    ("took", "busy", "rest"),
    [
        ([60.0], 0.0, 0.0),
        ([0.002, 0.002], 0.0, 0.0),
        ([0.005, 0.002, 0.005], 0.0, 0.0),
        ([0.005, 0.006], 0.0, REST * 0.006),
        ([0.005, 0.006], 0.4, REST * 0.006),
        ([0.005, 0.006], 0.6, 0.0),
        ([0.005, 60.0], 0.0, LONGEST_REST),
        ([0.005, 60.0], 1.0, 0.0),
    ],
)
def test_for_a_while_after_waits_in_a_row_everybody_does_their_own_work(
    took: list[float], busy: float, rest: float
) -> None:
    clock, computed = Clock(), Clock()
    hot = HotThread(lambda: None, clock, computed)

    def work() -> Iterator[None]:
        for seconds in took:
            clock.now += seconds
            computed.now += busy * seconds
            yield

    hot.run(work())
    over = clock.now
    clock.now = over + 0.9 * rest
    assert hot.run(_names(1)) == ["MainThread" if rest else "hot"]
    clock.now = over + 1.1 * rest
    assert hot.run(_names(1)) == ["hot"]


def test_nothing_is_done_twice_or_left_out(pool: ThreadPoolExecutor) -> None:
    # Time flies: whoever asks and the one thread fight for every step.
    hasty, done = HotThread(lambda: None, itertools.count().__next__), list[tuple[int, int]]()

    def work(number: int) -> Iterator[int]:
        for step in range(3):
            done.append((number, step))
            yield step

    asked = [pool.submit(hasty.run, work(number)) for number in range(2000)]
    assert all(each.result(SOON) == [0, 1, 2] for each in asked)
    assert sorted(done) == [(number, step) for number in range(2000) for step in range(3)]


def _names(steps: int) -> Iterator[str]:
    """Where each step is done."""
    for _ in range(steps):
        yield threading.current_thread().name


def _queued(
    hot: HotThread, clock: Clock, pool: ThreadPoolExecutor, work: Iterator[object]
) -> Future[list[object]]:
    """Work that is in the queue: who asked for it looks at the clock before it is, and after."""
    asking = list[int]()

    def ask() -> list[object]:
        clock.looks[threading.get_ident()] = 0
        asking.append(threading.get_ident())
        return hot.run(work)

    asked = pool.submit(ask)
    give_up = time.monotonic() + SOON
    while not asking or clock.looks[asking[0]] < _BEFORE_AND_AFTER:
        assert time.monotonic() < give_up
        time.sleep(0)
    return asked
