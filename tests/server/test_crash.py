"""A server that is killed under load loses nothing that it answered, and repeats nothing."""

from itertools import cycle
from pathlib import Path

import pytest

from tests.bench.crash import run


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_answered_is_recorded_once(tmp_path: Path, workers: int) -> None:
    pauses = cycle([0.1, 0.25])
    outcome = run(tmp_path, requests=150, kills=2, workers=workers, pause=lambda: next(pauses))
    assert outcome.kills > 0
    assert (outcome.lost, outcome.twice) == (0, 0)
