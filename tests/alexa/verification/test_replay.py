"""A request that comes again gets the same answer and has no effect again."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from skill.alexa.verification.answers import MemoryAnswers
from skill.alexa.verification.errors import AnswerPending, RequestRejected
from skill.alexa.verification.replay import Replay
from tests.alexa.verification.answering import answer
from tests.alexa.verification.authority import NOW

SECOND = timedelta(seconds=1)
ID = "amzn1.echo-api.request.11111111-2222-3333-4444-555555555555"


class Coach:
    """Counts its effects; each answer is another."""

    def __init__(self) -> None:
        self.effects = 0

    def __call__(self) -> bytes:
        self.effects += 1
        return b"answer %d" % self.effects


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def coach() -> Coach:
    return Coach()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store() -> MemoryAnswers:
    return MemoryAnswers()


@pytest.fixture
def replay(store: MemoryAnswers, clock: Clock) -> Replay:
    return Replay(store, clock)


def until(condition: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0)


def test_a_replay_gets_the_same_answer(replay: Replay, coach: Coach) -> None:
    assert [answer(replay, ID, coach) for _ in range(3)] == [b"answer 1"] * 3
    assert coach.effects == 1


def test_another_request_gets_another_answer(replay: Replay, coach: Coach) -> None:
    assert answer(replay, ID, coach) != answer(replay, ID + "0", coach)


def test_an_empty_answer_is_an_answer(replay: Replay, coach: Coach) -> None:
    assert answer(replay, ID, lambda: b"") == b""
    assert answer(replay, ID, coach) == b""
    assert coach.effects == 0


def test_it_is_remembered_as_long_as_it_could_pass_as_fresh(
    replay: Replay, clock: Clock, coach: Coach
) -> None:
    answer(replay, ID, coach)
    clock.now = NOW + 300 * SECOND - SECOND
    assert answer(replay, ID, coach) == b"answer 1"
    clock.now = NOW + 300 * SECOND
    assert answer(replay, ID, coach) == b"answer 2"


def test_a_late_event_is_remembered_longer(
    replay: Replay, clock: Clock, coach: Coach, store: MemoryAnswers
) -> None:
    answer(replay, "event", coach, timedelta(seconds=3750))
    answer(replay, "intent", coach)
    clock.now = NOW + 3749 * SECOND
    assert answer(replay, "event", coach) == b"answer 1"
    assert store.size()[0] == 1


def test_an_answer_that_failed_is_tried_again(
    replay: Replay, coach: Coach, store: MemoryAnswers
) -> None:
    def fail() -> bytes:
        raise LookupError("the store is down")

    with pytest.raises(LookupError):
        answer(replay, ID, fail)
    assert store.size() == (0, 0)
    assert answer(replay, ID, coach) == b"answer 1"


def test_the_second_waits_for_the_first(replay: Replay, coach: Coach) -> None:
    started, go_on = threading.Event(), threading.Event()

    def slowly() -> bytes:
        started.set()
        assert go_on.wait(30)
        return coach()

    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(answer, replay, ID, slowly)
        assert started.wait(30)
        others = [pool.submit(answer, replay, ID, slowly) for _ in range(7)]
        assert answer(replay, "another", lambda: b"not held up") == b"not held up"
        go_on.set()
        assert {r.result() for r in [first, *others]} == {b"answer 1"}
    assert coach.effects == 1


def test_the_second_takes_over_when_the_first_fails(replay: Replay, coach: Coach) -> None:
    started, go_on = threading.Event(), threading.Event()

    def fail() -> bytes:
        started.set()
        assert go_on.wait(30)
        raise LookupError

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(answer, replay, ID, fail)
        assert started.wait(30)
        second = pool.submit(answer, replay, ID, coach)
        go_on.set()
        assert second.result() == b"answer 1"
        with pytest.raises(LookupError):
            first.result()


def test_nobody_waits_for_ever(store: MemoryAnswers, clock: Clock, coach: Coach) -> None:
    replay = Replay(store, clock, wait_seconds=0.01)

    def within() -> bytes:
        with pytest.raises(AnswerPending) as pending:
            answer(replay, ID, coach)
        assert pending.value.status == 503
        return b"done"

    assert answer(replay, ID, within) == b"done"
    assert coach.effects == 0


def test_a_flood_of_one_request_has_one_effect(replay: Replay, coach: Coach) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = set(pool.map(lambda _: answer(replay, ID, coach), range(500)))
    assert answers == {b"answer 1"}
    assert coach.effects == 1


def test_workers_may_share_a_store(store: MemoryAnswers, clock: Clock, coach: Coach) -> None:
    assert answer(Replay(store, clock), ID, coach) == answer(Replay(store, clock), ID, coach)


def test_when_bytes_run_out_the_effect_still_happens_once(clock: Clock, coach: Coach) -> None:
    store = MemoryAnswers(most_bytes=1000)
    replay = Replay(store, clock)
    for number in range(50):
        answer(replay, f"{ID}{number}", lambda: bytes(100))
    assert store.size() == (50, 1000)
    assert answer(replay, f"{ID}49", coach) == bytes(100)
    with pytest.raises(RequestRejected, match="answered before"):
        answer(replay, f"{ID}0", coach)
    assert coach.effects == 0


def test_an_answer_larger_than_all_room_is_given_but_not_kept(clock: Clock, coach: Coach) -> None:
    store = MemoryAnswers(most_bytes=1000)
    replay = Replay(store, clock)
    assert answer(replay, ID, lambda: bytes(1001)) == bytes(1001)
    assert store.size() == (1, 0)
    with pytest.raises(RequestRejected):
        answer(replay, ID, coach)


def test_the_count_is_bounded(clock: Clock, coach: Coach) -> None:
    store = MemoryAnswers(most=100)
    replay = Replay(store, clock)
    for number in range(500):
        answer(replay, f"{ID}{number}", coach)
    assert store.size()[0] == 100
    assert answer(replay, f"{ID}499", coach) == b"answer 500"
    assert coach.effects == 500


def test_all_is_given_back_in_time(
    store: MemoryAnswers, replay: Replay, clock: Clock, coach: Coach
) -> None:
    for number in range(500):
        answer(replay, f"{ID}{number}", coach)
    clock.now = NOW + timedelta(hours=1)
    answer(replay, "the next one", lambda: b"12345")
    assert store.size() == (1, 5)


@pytest.mark.parametrize("request_id", ["", "\ud800", "x" * 1_000_000])
def test_odd_ids_do_no_harm(request_id: str, replay: Replay, coach: Coach) -> None:
    if not request_id:
        with pytest.raises(RequestRejected):
            answer(replay, request_id, coach)
    else:
        assert answer(replay, request_id, coach) == answer(replay, request_id, coach)
