"""A year of one person's days: what is counted, offered, agreed on and refused, and when.

Every day is talked through with the coach itself; no clock waits.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from skill.coach.events import Event, Intent
from skill.coach.memory import Memory
from skill.content import Content
from tests.coach.sessions import Talk

pytestmark = pytest.mark.slow

NEW_YORK, LONDON = ZoneInfo("America/New_York"), ZoneInfo("Europe/London")
FIRST_DAY = date(2025, 1, 1)
GROWING = "bridge", "pelvic-tilt"


class Year:
    """Somebody's days, one after another, in whatever place they are."""

    def __init__(self, content: Content, zone: ZoneInfo = NEW_YORK) -> None:
        self.talk = Talk(content, datetime(2025, 1, 1, 8, tzinfo=zone))
        self.offers: list[tuple[date, int]] = []
        """When more rounds were offered, and how many."""
        self.first_said = ""
        """The coach's answer to asking for the exercise, after its questions."""

    @property
    def memory(self) -> Memory:
        return self.talk.memory

    def go_to(self, when: datetime) -> None:
        """Time passes, and perhaps the person flies; the talk that was open is long over."""
        assert when.timestamp() >= self.talk.now.timestamp()
        if self.talk.is_open:
            self.talk.say(Intent.SESSION_ENDED, after=0)
        self.talk.now = when

    def on(self, day: date, hour: int = 8, minute: int = 0) -> None:
        zone = self.talk.now.tzinfo
        self.go_to(datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone))

    def do(self, exercise: str, *, grow: bool = True, rounds: int | None = None) -> int:
        """A whole session with whatever is asked before it; how many rounds it had."""
        today = self.talk.now.date().isoformat()
        before = self.memory.on(today).rounds.get(exercise, 0)
        self.first_said = self._until_guided(exercise, grow=grow, rounds=rounds)
        while self._offer() == "go-on":
            self.talk.say(Intent.READY)
        self.talk.say(Intent.STOP)
        return self.memory.on(today).rounds.get(exercise, 0) - before

    def _until_guided(self, exercise: str, *, grow: bool, rounds: int | None) -> str:
        said = self.talk.say(
            Event(Intent.START_EXERCISE, exercise=exercise, repetitions=rounds), after=1
        )
        for _ in range(8):
            state = self.talk.state
            if state is None or state.phase in ("guiding", "idle"):
                break
            if state.phase == "asking":
                self.talk.say(Intent.NO)
                continue
            if self._offer() == "grow":
                assert state.offer is not None
                self.offers.append((self.talk.now.date(), state.offer.plan[0].rounds))
                self.talk.say(Intent.YES if grow else Intent.NO)
                continue
            if self._offer() != "anyway":
                break
            self.talk.say(Intent.YES)
        return said

    def _offer(self) -> str:
        state = self.talk.state
        return state.offer.kind if state and state.offer else ""


def days(count: int, first: date = FIRST_DAY) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range(count))


def expected_streaks(active: Iterable[date]) -> Iterator[tuple[date, int, int]]:
    """By the rule as people say it: a day without is forgiven, two in a row are not."""
    longest = streak = 0
    last: date | None = None
    for day in active:
        streak = streak + 1 if last and (day - last).days <= 2 else 1
        longest, last = max(longest, streak), day
        yield day, streak, longest


@pytest.fixture
def year(content: Content) -> Year:
    return Year(content)


def test_a_year_adds_up(year: Year) -> None:
    """Seated rotation on all days but some, twice on Sundays: every count is as it was lived."""
    off = {day for day in days(365) if day.day in (10, 20, 21)}
    active = [day for day in days(365) if day not in off]
    sessions = 0
    for day, streak, longest in expected_streaks(active):
        year.on(day)
        for _ in range(2 if day.weekday() == 6 else 1):
            assert year.do("seated-rotation") == 3
            sessions += 1
        habit = year.memory.habit
        assert (habit.streak, habit.longest) == (streak, longest), day
        assert year.memory.times == {"seated-rotation": sessions}
    assert habit.days == len(active) == 365 - 12 * 3
    assert habit.longest == max(longest for *_, longest in expected_streaks(active))


@pytest.mark.parametrize(
    ("missed", "streak"), [(0, 4), (1, 4), (2, 1), (3, 1)], ids="{} missed".format
)
def test_one_missed_day_is_forgiven(missed: int, streak: int, year: Year) -> None:
    for day in [*days(3), FIRST_DAY + timedelta(days=3 + missed)]:
        year.on(day)
        year.do("bridge")
    assert year.memory.habit.streak == streak
    assert year.memory.habit.longest == max(3, streak)


def test_a_streak_that_was_missed_is_none_when_asked_for(year: Year) -> None:
    for day in days(5):
        year.on(day)
        year.do("bridge")
    told = []
    for later in (5, 6, 7, 8):
        year.on(FIRST_DAY + timedelta(days=later))
        year.talk.say(Intent.PROGRESS, after=0)
        assert year.talk.state is not None
        told += [line.args["days"] for line in year.talk.state.said if line.key == "streak"] or [0]
    assert told == [5, 5, 0, 0]


@pytest.mark.parametrize("exercise", ["knees-to-chest", "lying-rotation", "cat-arch"])
def test_twice_a_day_is_enough_and_the_next_day_is_new(exercise: str, year: Year) -> None:
    goal = int(year.talk.content.exercise(exercise).sessions)
    enough = "Too often can do harm"
    for day in days(3):
        for number in range(goal + 1):
            year.on(day, 8 + number)
            year.do(exercise)
            assert (enough in year.first_said) == (number >= goal)


@pytest.mark.parametrize("exercise", GROWING)
def test_after_three_good_days_a_little_more_is_offered(exercise: str, year: Year) -> None:
    done = []
    for day in days(16):
        year.on(day)
        done.append(year.do(exercise))
    assert done == [5] * 3 + [7] * 3 + [9] * 3 + [11] * 3 + [13] * 3 + [15]
    assert [day for day, _ in year.offers] == [FIRST_DAY + timedelta(n) for n in range(3, 16, 3)]
    assert [rounds for _, rounds in year.offers] == [7, 9, 11, 13, 15]


@pytest.mark.parametrize("exercise", GROWING)
def test_whoever_says_no_is_asked_again_after_three_more(exercise: str, year: Year) -> None:
    for number, day in enumerate(days(10)):
        year.on(day)
        assert year.do(exercise, grow=number >= 9) == (7 if number >= 9 else 5)
    assert [day for day, _ in year.offers] == [FIRST_DAY + timedelta(n) for n in (3, 6, 9)]


def test_more_is_offered_for_a_suggestion_too(year: Year) -> None:
    for day in days(3):
        year.on(day)
        year.do("bridge")
    year.on(FIRST_DAY + timedelta(days=3))
    year.talk.say(Event(Intent.DESCRIBE, exercise="bridge"))
    year.talk.say(Intent.YES)
    assert year.talk.state is not None
    assert year.talk.state.offer is not None
    assert (year.talk.state.offer.kind, year.talk.state.offer.plan[0].rounds) == ("grow", 7)


@pytest.mark.parametrize("exercise", ["knees-to-chest", "lying-rotation", "cat-arch"])
def test_what_has_no_build_up_is_never_grown(exercise: str, year: Year) -> None:
    for day in days(12):
        year.on(day)
        year.do(exercise)
    assert year.offers == []


def test_a_day_off_begins_the_good_days_again(year: Year) -> None:
    for number in (0, 1, 3, 4, 5, 6):
        year.on(FIRST_DAY + timedelta(days=number))
        year.do("bridge")
    assert [day for day, _ in year.offers] == [FIRST_DAY + timedelta(days=6)]


def test_pain_begins_the_good_days_again(year: Year) -> None:
    for number, day in enumerate(days(7)):
        year.on(day)
        year.do("bridge")
        if number == 1:
            year.talk.say(Intent.PAIN)
    assert [day for day, _ in year.offers] == [FIRST_DAY + timedelta(days=5)]


def test_a_year_of_growing_ends_at_thirty(year: Year) -> None:
    most = 0
    for day in days(365):
        year.on(day)
        most = max(most, year.do("pelvic-tilt"))
        assert year.memory.on(day.isoformat()).rounds["pelvic-tilt"] <= 30
    ceiling = int(year.talk.content.exercise("pelvic-tilt").most)
    assert most == 5 + (ceiling - 5) // 2 * 2
    assert [rounds for _, rounds in year.offers] == list(range(7, most + 1, 2))


def test_thirty_rounds_a_day_and_not_one_more(year: Year) -> None:
    for day in days(2):
        done = []
        for number in range(9):
            year.on(day, 8 + number)
            done.append(year.do("bridge", rounds=8))
        assert done == [8, 8, 8, 6, 0, 0, 0, 0, 0]
        assert year.memory.on(day.isoformat()).rounds == {"bridge": 30}


def test_to_london_and_back(year: Year) -> None:
    """Flying east makes a short day, flying west a long one; no day counts twice or is lost."""
    year.go_to(datetime(2025, 2, 3, 18, tzinfo=NEW_YORK))
    year.do("cat-arch")
    year.go_to(datetime(2025, 2, 4, 7, tzinfo=LONDON))
    year.do("cat-arch")
    year.go_to(datetime(2025, 2, 5, 0, 30, tzinfo=LONDON))
    year.do("cat-arch")
    assert year.memory.habit.streak == 3
    # The 5th has not begun in New York: this is the 4th's second session.
    year.go_to(datetime(2025, 2, 4, 23, tzinfo=NEW_YORK))
    year.do("cat-arch")
    assert year.memory.habit.streak == year.memory.habit.days == 3
    year.go_to(datetime(2025, 2, 5, 9, tzinfo=NEW_YORK))
    year.do("cat-arch")
    assert year.memory.habit.streak == 3
    year.go_to(datetime(2025, 2, 6, 9, tzinfo=NEW_YORK))
    year.do("cat-arch")
    assert {day.date[-2:]: day.sessions["cat-arch"] for day in year.memory.days} == {
        "03": 1,
        "04": 2,
        "05": 2,
        "06": 1,
    }
    assert year.memory.habit.streak == year.memory.habit.longest == 4


NIGHTS = {
    "into summer, New York": (NEW_YORK, date(2025, 3, 9)),
    "out of summer, New York": (NEW_YORK, date(2025, 11, 2)),
    "into summer, London": (LONDON, date(2025, 3, 30)),
    "out of summer, London": (LONDON, date(2025, 10, 26)),
}


@pytest.mark.parametrize(("zone", "sunday"), NIGHTS.values(), ids=NIGHTS)
def test_a_night_when_the_clock_is_changed(zone: ZoneInfo, sunday: date, content: Content) -> None:
    year = Year(content, zone)
    for day in days(4, sunday - timedelta(days=3)):
        for hour, minute in ((0, 1), (23, 30)):
            year.on(day, hour, minute)
            assert year.do("seated-rotation") == 3
    year.on(sunday + timedelta(days=1), 0, 1)
    year.do("seated-rotation")
    assert [sum(day.sessions.values()) for day in year.memory.days] == [2, 2, 2, 2, 1]
    assert year.memory.habit.streak == year.memory.habit.days == 5


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_is_one_day(fold: int, year: Year) -> None:
    year.go_to(datetime(2025, 11, 2, 1, 30, fold=0, tzinfo=NEW_YORK))
    year.do("bridge")
    year.go_to(datetime(2025, 11, 2, 1, 45, fold=fold, tzinfo=NEW_YORK))
    year.do("bridge")
    (day,) = year.memory.days
    assert (day.date, day.sessions) == ("2025-11-02", {"bridge": 2})
