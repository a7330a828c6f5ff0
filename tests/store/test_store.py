"""What every store does, whatever it is made of: remember people, all or nothing."""

from collections.abc import Callable, Sequence

import msgspec
import pytest

from skill.coach.effects import (
    Cleared,
    Effect,
    Forgotten,
    GuidanceOpen,
    PainReported,
    Preferred,
    RoundsDone,
)
from skill.coach.memory import DAYS_KEPT, Day, Growth, Habit, Memory
from skill.coach.state import Guidance, Step
from skill.store import MemoryChanged, Store, StoreFailed
from speech.wording import Line

ANNE, BEN = "amzn1.ask.person.ANNE", "amzn1.ask.account.BEN"
TODAY = "2025-01-06"
NOON, DAY = 1736164800.0, 24 * 3600.0
GUIDANCE = Guidance(
    (Step("knees-to-chest", 2), Step("bridge", 5, full=False)),
    step=1,
    round=3,
    until_step=1,
    until_round=5,
    pace="slower",
    posture="lying",
    entry="again",
    lead=(Line("cleared"),),
    tail=(Line("done", {"exercise": "@bridge-name", "count": 2}), Line("ask-go-on")),
    seed=7,
    started=NOON + 0.125,
)


def did(
    number: object = 1,
    exercise: str = "bridge",
    rounds: int = 5,
    at: float = NOON,
    *,
    whole: bool = True,
) -> RoundsDone:
    return RoundsDone(str(number), exercise, rounds, whole, at, TODAY)


def worked(
    sessions: dict[str, int], rounds: dict[str, int], works: int = 1, before: Memory | None = None
) -> Memory:
    """The memory of a single day's work, in so many pieces."""
    return msgspec.structs.replace(
        before or Memory(),
        times=sessions,
        days=(Day(TODAY, sessions, rounds),),
        habit=Habit(TODAY, streak=1, longest=1, days=1) if sessions else Habit(),
        growth={exercise: Growth(good_days=1, last=TODAY) for exercise in sessions},
        recorded=tuple(str(number) for number in range(1, works + 1)),
    )


@pytest.fixture
def store(opened: Callable[[], Store]) -> Store:
    return opened()


def test_a_stranger_has_an_empty_memory(store: Store) -> None:
    assert store.recall(ANNE) == Memory()


Remembered = tuple[Sequence[Effect], Memory]
REMEMBERED: dict[str, Remembered] = {
    "nothing": ([], Memory()),
    "cleared in full": (
        [Cleared(NOON, full=True)],
        Memory(cleared=NOON, fully_cleared=NOON),
    ),
    "cleared in short": ([Cleared(NOON, full=False)], Memory(cleared=NOON)),
    "cleared again in short": (
        [Cleared(NOON - DAY, full=True), Cleared(NOON, full=False)],
        Memory(cleared=NOON, fully_cleared=NOON - DAY),
    ),
    "cleared, then pain": (
        [Cleared(NOON, full=True), PainReported()],
        Memory(voided=True),
    ),
    "pain, then cleared": (
        [PainReported(), Cleared(NOON, full=True)],
        Memory(cleared=NOON, fully_cleared=NOON),
    ),
    "pain, and never cleared": ([PainReported()], Memory(voided=True)),
    "a pace": ([Preferred("slower")], Memory(pace="slower")),
    "the last pace": ([Preferred("slower"), Preferred("faster")], Memory(pace="faster")),
    "under way": ([GuidanceOpen(GUIDANCE, NOON)], Memory(underway=GUIDANCE, underway_at=NOON)),
    "no longer under way": (
        [GuidanceOpen(GUIDANCE, NOON), GuidanceOpen(None, NOON + 60)],
        Memory(underway_at=NOON + 60),
    ),
    "a whole session": (
        [did()],
        worked({"bridge": 1}, {"bridge": 5}),
    ),
    "half a session": ([did(rounds=2, whole=False)], worked({}, {"bridge": 2})),
    "half and half": (
        [did(1, rounds=2, whole=False), did(2, rounds=3)],
        worked({"bridge": 1}, {"bridge": 5}, works=2),
    ),
    "two exercises": (
        [did(1), did(2, "cat-arch", 3), did(3)],
        worked({"bridge": 2, "cat-arch": 1}, {"bridge": 10, "cat-arch": 3}, works=3),
    ),
    "everything": (
        [Cleared(NOON, full=True), did(), Preferred("faster"), GuidanceOpen(GUIDANCE, NOON)],
        worked(
            {"bridge": 1},
            {"bridge": 5},
            before=Memory(
                cleared=NOON,
                fully_cleared=NOON,
                underway=GUIDANCE,
                underway_at=NOON,
                pace="faster",
            ),
        ),
    ),
    "everything, then erased": (
        [Cleared(NOON, full=True), did(), GuidanceOpen(GUIDANCE, NOON), Forgotten()],
        Memory(),
    ),
    "a stranger, erased": ([Forgotten()], Memory()),
}


@pytest.mark.parametrize(("effects", "expected"), REMEMBERED.values(), ids=REMEMBERED)
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "one by one"])
def test_what_is_kept_is_recalled_after_a_restart(
    effects: Sequence[Effect], expected: Memory, at_once: bool, opened: Callable[[], Store]
) -> None:
    store = opened()
    for turn in [effects] if at_once else [[effect] for effect in effects]:
        store.keep(ANNE, turn)
    assert store.recall(ANNE) == expected
    assert opened().recall(ANNE) == expected
    assert opened().recall(BEN) == Memory()


@pytest.mark.parametrize("turn", [[did()], [did(), did()]], ids=["told once", "told twice"])
@pytest.mark.parametrize("reads", [False, True], ids=["unread", "just read"])
def test_the_same_work_counts_once(turn: list[Effect], reads: bool, store: Store) -> None:
    for _ in range(3):
        if reads:
            store.recall(ANNE)
        store.keep(ANNE, turn)
    remembered = store.recall(ANNE)
    assert remembered == worked({"bridge": 1}, {"bridge": 5})
    assert store.history(ANNE) == [did()]


def test_the_same_work_of_another_person_is_other_work(store: Store) -> None:
    store.keep(ANNE, [did()])
    store.keep(BEN, [did()])
    assert store.recall(ANNE) == store.recall(BEN)
    assert store.recall(BEN).times == {"bridge": 1}


@pytest.mark.parametrize(
    ("more", "times"), [([], 2), ([did(2)], 2), ([did(3)], 3)], ids=["none", "the same", "other"]
)
def test_what_another_machine_kept_meanwhile_is_not_written_over(
    more: list[Effect], times: int, opened: Callable[[], Store]
) -> None:
    here, there = opened(), opened()
    here.keep(ANNE, [did()])
    here.recall(ANNE)
    there.keep(ANNE, [Cleared(NOON, full=True), did(2)])
    here.keep(ANNE, [Preferred("slower"), *more])
    remembered = opened().recall(ANNE)
    assert (remembered.cleared, remembered.pace) == (NOON, "slower")
    assert remembered.times == {"bridge": times}
    assert len(opened().history(ANNE)) == times


@pytest.mark.parametrize("more", [[], [did(2)]], ids=["no work", "work"])
def test_whoever_was_forgotten_meanwhile_begins_again(
    more: list[Effect], opened: Callable[[], Store]
) -> None:
    here, there = opened(), opened()
    here.keep(ANNE, [Cleared(NOON, full=True), did()])
    here.recall(ANNE)
    there.keep(ANNE, [Forgotten()])
    here.keep(ANNE, [Preferred("slower"), *more])
    remembered = opened().recall(ANNE)
    assert (remembered.cleared, remembered.pace) == (None, "slower")
    assert opened().history(ANNE) == more


def test_only_the_latest_days_are_at_hand_and_the_log_has_them_all(store: Store) -> None:
    days = [f"2025-01-{number:02}" for number in range(1, 21)]
    for day in days:
        store.keep(ANNE, [msgspec.structs.replace(did(day), day=day)])
    assert [day.date for day in store.recall(ANNE).days] == days[-DAYS_KEPT:]
    assert [work.day for work in store.history(ANNE)] == days
    assert store.recall(ANNE).times == {"bridge": 20}


def test_a_household_is_forgotten_with_everybody_in_it(store: Store) -> None:
    store.keep(ANNE, [did()], "home")
    store.keep("home", [Preferred("slower")])
    store.keep(BEN, [did()], "elsewhere")
    store.forget_household("home")
    assert store.recall(ANNE) == store.recall("home") == Memory()
    assert store.history(ANNE) == []
    assert store.recall(BEN).times == {"bridge": 1}


def test_whoever_is_forgotten_begins_again(store: Store) -> None:
    store.keep(ANNE, [Cleared(NOON, full=True), did(), Preferred("slower")])
    store.keep(BEN, [Cleared(NOON, full=True), did()])
    before = store.recall(BEN)
    store.keep(ANNE, [Forgotten()])
    assert store.recall(ANNE) == Memory()
    store.keep(ANNE, [did()])
    assert store.recall(ANNE).times == {"bridge": 1}
    assert store.recall(BEN) == before


@pytest.mark.parametrize("person", ["", "x" * 10_000, "\0", "'; DROP TABLE person; --", "Zoë 🧘"])
def test_any_key_will_do(person: str, store: Store) -> None:
    store.keep(person, [Preferred("slower")])
    assert store.recall(person).pace == "slower"
    assert store.recall(f"{person} ") == Memory()


def test_a_turn_is_kept_whole_or_not_at_all(store: Store) -> None:
    store.keep(ANNE, [Preferred("slower")])
    before = store.recall(ANNE)
    broken = did(2, "\ud800")
    with pytest.raises(StoreFailed):
        store.keep(ANNE, [Cleared(NOON, full=True), did(), broken, Preferred("faster")])
    assert store.recall(ANNE) == before
    store.keep(ANNE, [did()])
    assert store.recall(ANNE).times == {"bridge": 1}


def test_it_says_when_it_is_well(store: Store) -> None:
    store.check()
    assert store.recall(ANNE) == Memory()


@pytest.mark.parametrize("meanwhile", [PainReported(), Cleared(NOON + 1, full=False)], ids=str)
def test_a_turn_is_not_written_on_another_clearance_than_it_was_decided_on(
    meanwhile: Effect, opened: Callable[[], Store]
) -> None:
    store = opened()
    store.keep(ANNE, [Cleared(NOON, full=True)])
    expected = store.recall(ANNE)
    opened().keep(ANNE, [meanwhile])
    with pytest.raises(MemoryChanged) as changed:
        store.keep(ANNE, [did()], expected=expected)
    assert not changed.value.is_erased
    assert store.history(ANNE) == []
    store.keep(ANNE, [did()], expected=store.recall(ANNE))
    assert store.history(ANNE) == [did()]


def test_a_turn_does_not_bring_back_who_was_erased_meanwhile(opened: Callable[[], Store]) -> None:
    store = opened()
    store.keep(ANNE, [Preferred("slower")])
    expected = store.recall(ANNE)
    opened().keep(ANNE, [Forgotten()])
    with pytest.raises(MemoryChanged) as changed:
        store.keep(ANNE, [did()], expected=expected)
    assert changed.value.is_erased
    assert (store.recall(ANNE), store.history(ANNE)) == (Memory(), [])
