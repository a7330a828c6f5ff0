"""Page clock: the time in one open page, which may run ahead of the machine's."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


class LatestMoment:
    """Latest moment that any page has reached: one that was played fast is ahead of time."""

    def __init__(self, moment: datetime) -> None:
        """Starts with `moment`: nothing later was reached."""
        self.moment = moment


class PageClock:
    """Clock of one page: the moment its answer began, and how far it has been played.

    The page alone knows how much has been heard, so it says so with all that it sends. Between
    answers the time is the machine's.
    """

    def __init__(self, clock: Clock, latest: LatestMoment) -> None:
        """Stands at the machine's time, or where another page got to: nobody goes back in time."""
        self._clock, self._latest = clock, latest
        self.now = max(clock(), latest.moment)
        self.began = self.now

    def __call__(self) -> datetime:
        """Present moment: where the clock stands."""
        return self.now

    def at(self, position: float | None) -> datetime:
        """Move to so many seconds after the answer began, or to the machine's time; never back.

        The caller sees to it that no answer is longer: all other pages will begin there.
        """
        there = self._clock() if position is None else self.began + timedelta(seconds=position)
        self.now = max(self.now, there)
        self._latest.moment = max(self._latest.moment, self.now)
        return self.now


def now() -> datetime:
    """Time of the machine, in UTC."""
    return datetime.now(UTC)
