"""Memory: what a day that a wrong clock brought does to the days after it."""

from functools import reduce

from skill.coach.effects import RoundsDone
from skill.coach.memory import DAYS_KEPT, Memory, remember


def after(*days: str) -> Memory:
    """A memory of one whole session of the bridge on each of these days."""
    work = [RoundsDone(day, "bridge", 5, whole=True, at=0.0, day=day) for day in days]
    return reduce(remember, work, Memory())


def test_a_day_in_the_future_freezes_no_streak() -> None:
    memory = after("2025-01-06", "2027-01-06", "2025-01-07", "2025-01-08")
    assert memory.habit.streak == 2
    assert memory.habit.streak_on("2025-01-08") == 2
    assert memory.growth["bridge"].good_days == 2


def test_days_in_the_future_do_not_push_today_out() -> None:
    future = [f"2027-01-{day:02}" for day in range(1, DAYS_KEPT + 2)]
    memory = after(*future, "2025-01-06")
    assert memory.on("2025-01-06").rounds == {"bridge": 5}


def test_a_day_lost_by_travelling_west_counts_once() -> None:
    assert after("2025-01-06", "2025-01-07", "2025-01-06").habit.streak == 2
