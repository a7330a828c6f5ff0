"""Threads go one by one, and past one that is stuck."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError, Event

from skill.turnstile import Turnstile

LONG = 60.0


def test_one_at_a_time() -> None:
    turnstile = Turnstile(patience=LONG)
    meeting = Barrier(2, timeout=0.2)

    def meet() -> bool:
        with turnstile.turn():
            try:
                meeting.wait()
            except BrokenBarrierError:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        met = [pool.submit(meet) for _ in range(2)]
        assert [each.result(LONG) for each in met] == [False, False]


def test_nobody_waits_for_long_behind_one_that_is_stuck() -> None:
    turnstile = Turnstile(patience=0.001)
    is_in, may_go = Event(), Event()

    def get_stuck() -> bool:
        with turnstile.turn():
            is_in.set()
            return may_go.wait(LONG)

    with ThreadPoolExecutor(1) as pool:
        stuck = pool.submit(get_stuck)
        assert is_in.wait(LONG)
        for _ in range(3):
            with turnstile.turn():
                assert not stuck.done()
        may_go.set()
        assert stuck.result(LONG)
    with turnstile.turn():
        pass
