"""A server that is killed under load loses nothing that it answered, and repeats nothing."""

from pathlib import Path

import pytest

from tests.crashes import run

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_answered_is_recorded_once(tmp_path: Path, workers: int) -> None:
    outcome = run(tmp_path, requests=150, workers=workers, kills=[30, 60])
    assert (outcome.lost, outcome.twice, outcome.not_withdrawn) == (0, 0, 0)
