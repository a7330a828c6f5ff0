"""A worker's threads stay on one core; everybody else is left alone."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from skill.one_core import OneCore

choosing = pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity"), reason="threads cannot choose a core here"
)


@choosing
def test_threads_stay_together() -> None:
    core, before = OneCore(), os.sched_getaffinity(0)

    def where() -> set[int]:
        core.join()
        core.join()
        return os.sched_getaffinity(0)

    with ThreadPoolExecutor(4) as pool:
        places = [pool.submit(where).result() for _ in range(8)]
    assert len(places[0]) == 1
    assert all(place == places[0] <= before for place in places)
    assert os.sched_getaffinity(0) == before


@choosing
def test_threads_do_not_push_each_other_off() -> None:
    core, before = OneCore(), os.sched_getscheduler(0)

    def manners() -> int:
        core.join()
        return os.sched_getscheduler(0)

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(manners).result() == os.SCHED_BATCH
    assert os.sched_getscheduler(0) == before


@choosing
def test_whoever_avoids_the_core_stays_off_it_with_all_that_it_starts() -> None:
    core, before = OneCore(), os.sched_getaffinity(0)

    def places() -> tuple[set[int], set[int]]:
        core.avoid()
        with ThreadPoolExecutor(1) as started:
            there = started.submit(os.sched_getaffinity, 0).result()
        core.join()
        return there, os.sched_getaffinity(0)

    with ThreadPoolExecutor(1) as pool:
        off, on = pool.submit(places).result()
    assert off | on == before
    assert len(before) == 1 or not off & on


def test_where_none_can_be_chosen_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    core = OneCore()
    core.join()
    core.avoid()
