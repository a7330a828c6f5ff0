"""Many devices finish exercises at once, and tell it again and again: it counts exactly once."""

import pytest

from skill.store import open_store
from tests.store.recording import Load, mistakes, prepare, run

pytestmark = pytest.mark.slow

LOADS = {
    "sqlite": [Load(4, works=2500, repeats=4), Load(4, works=1000, repeats=2, people=10)],
    "dynamodb": [Load(3, works=100, repeats=4), Load(3, works=150, repeats=2, people=10)],
}


@pytest.mark.parametrize("one_by_one", [0, 1], ids=["one person", "ten people"])
def test_totals_are_exact(one_by_one: int, url: str) -> None:
    load = LOADS[url.partition(":")[0]][one_by_one]
    prepare(open_store(url), load)
    run(url, load)
    assert mistakes(open_store(url), load) == []
