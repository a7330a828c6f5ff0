"""Threads go one by one, and past one that is stuck."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from skill.turnstile import Turnstile

LONG = 60.0


def test_one_at_a_time() -> None:
    turnstile = Turnstile(patience=LONG)
    inside: list[int] = []

    def pass_through(number: int) -> int:
        with turnstile.turn():
            inside.append(number)
            together = len(inside)
            inside.remove(number)
            return together

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(pass_through, range(2000))) == {1}


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
