"""What every store does, whatever it is made of: remember people, all or nothing."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from skill.coach.memory import (
    Cleared,
    Did,
    Effect,
    Forgotten,
    Memory,
    Preferred,
    Underway,
    Voided,
)
from skill.coach.state import Guidance, Step
from skill.store import Store, StoreFailed, open_store
from speech.wording import Line

ANNE, BEN = "amzn1.ask.person.ANNE", "amzn1.ask.account.BEN"
MIDNIGHT = 1736121600.0
NOON, DAY = MIDNIGHT + 12 * 3600, 24 * 3600.0
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
) -> Did:
    return Did(str(number), exercise, rounds, whole, at)


@pytest.fixture(params=["sqlite"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Opens the same store, each time as a program does that has just started."""
    urls = {"sqlite": f"sqlite://{tmp_path / 'deep' / 'memory.sqlite3'}"}
    return lambda: open_store(urls[request.param])


@pytest.fixture
def store(opened: Callable[[], Store]) -> Store:
    return opened()


def test_a_stranger_has_an_empty_memory(store: Store) -> None:
    assert store.recall(ANNE, MIDNIGHT) == Memory()


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
        [Cleared(NOON, full=True), Voided()],
        Memory(stopped_for_pain=True),
    ),
    "pain, then cleared": (
        [Voided(), Cleared(NOON, full=True)],
        Memory(cleared=NOON, fully_cleared=NOON),
    ),
    "pain, and never cleared": ([Voided()], Memory(stopped_for_pain=True)),
    "a pace": ([Preferred("slower")], Memory(pace="slower")),
    "the last pace": ([Preferred("slower"), Preferred("faster")], Memory(pace="faster")),
    "under way": ([Underway(GUIDANCE, NOON)], Memory(underway=GUIDANCE, underway_at=NOON)),
    "no longer under way": (
        [Underway(GUIDANCE, NOON), Underway(None, NOON + 60)],
        Memory(underway_at=NOON + 60),
    ),
    "a whole session": (
        [did()],
        Memory(times={"bridge": 1}, sessions_today={"bridge": 1}, rounds_today={"bridge": 5}),
    ),
    "half a session": ([did(rounds=2, whole=False)], Memory(rounds_today={"bridge": 2})),
    "half and half": (
        [did(1, rounds=2, whole=False), did(2, rounds=3)],
        Memory(times={"bridge": 1}, sessions_today={"bridge": 1}, rounds_today={"bridge": 5}),
    ),
    "two exercises": (
        [did(1), did(2, "cat-arch", 3), did(3)],
        Memory(
            times={"bridge": 2, "cat-arch": 1},
            sessions_today={"bridge": 2, "cat-arch": 1},
            rounds_today={"bridge": 10, "cat-arch": 3},
        ),
    ),
    "everything": (
        [Cleared(NOON, full=True), did(), Preferred("faster"), Underway(GUIDANCE, NOON)],
        Memory(
            cleared=NOON,
            fully_cleared=NOON,
            times={"bridge": 1},
            sessions_today={"bridge": 1},
            rounds_today={"bridge": 5},
            underway=GUIDANCE,
            underway_at=NOON,
            pace="faster",
        ),
    ),
    "everything, then erased": (
        [Cleared(NOON, full=True), did(), Underway(GUIDANCE, NOON), Forgotten()],
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
    assert store.recall(ANNE, MIDNIGHT) == expected
    assert opened().recall(ANNE, MIDNIGHT) == expected
    assert opened().recall(BEN, MIDNIGHT) == Memory()


def test_the_same_work_counts_once(store: Store) -> None:
    for _ in range(3):
        store.keep(ANNE, [did(), did()])
    remembered = store.recall(ANNE, MIDNIGHT)
    assert remembered.times == remembered.sessions_today == {"bridge": 1}
    assert remembered.rounds_today == {"bridge": 5}


def test_the_same_work_of_another_person_is_other_work(store: Store) -> None:
    store.keep(ANNE, [did()])
    store.keep(BEN, [did()])
    assert store.recall(ANNE, MIDNIGHT) == store.recall(BEN, MIDNIGHT)
    assert store.recall(BEN, MIDNIGHT).times == {"bridge": 1}


@pytest.mark.parametrize(
    ("at", "counts"),
    [(MIDNIGHT - 0.001, False), (MIDNIGHT, True), (MIDNIGHT + DAY - 1, True), (0.0, False)],
)
def test_today_begins_at_midnight(at: float, counts: bool, store: Store) -> None:
    store.keep(ANNE, [did(at=at)])
    remembered = store.recall(ANNE, MIDNIGHT)
    assert remembered.sessions_today == ({"bridge": 1} if counts else {})
    assert remembered.rounds_today == ({"bridge": 5} if counts else {})
    assert remembered.times == {"bridge": 1}


def test_whoever_is_forgotten_begins_again(store: Store) -> None:
    store.keep(ANNE, [Cleared(NOON, full=True), did(), Preferred("slower")])
    store.keep(BEN, [Cleared(NOON, full=True), did()])
    before = store.recall(BEN, MIDNIGHT)
    store.keep(ANNE, [Forgotten()])
    assert store.recall(ANNE, MIDNIGHT) == Memory()
    store.keep(ANNE, [did()])
    assert store.recall(ANNE, MIDNIGHT).times == {"bridge": 1}
    assert store.recall(BEN, MIDNIGHT) == before


@pytest.mark.parametrize("person", ["", "x" * 10_000, "\0", "'; DROP TABLE person; --", "Zoë 🧘"])
def test_any_key_will_do(person: str, store: Store) -> None:
    store.keep(person, [Preferred("slower")])
    assert store.recall(person, MIDNIGHT).pace == "slower"
    assert store.recall(f"{person} ", MIDNIGHT) == Memory()


def test_a_turn_is_kept_whole_or_not_at_all(store: Store) -> None:
    store.keep(ANNE, [Preferred("slower")])
    before = store.recall(ANNE, MIDNIGHT)
    broken = did(rounds=2**70)
    with pytest.raises((StoreFailed, OverflowError)):
        store.keep(ANNE, [Cleared(NOON, full=True), did(), broken, Preferred("faster")])
    assert store.recall(ANNE, MIDNIGHT) == before
    store.keep(ANNE, [did()])
    assert store.recall(ANNE, MIDNIGHT).times == {"bridge": 1}


def test_it_says_when_it_is_well(store: Store) -> None:
    store.check()
    assert store.recall(ANNE, MIDNIGHT) == Memory()
