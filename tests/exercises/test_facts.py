"""The shipped facts beside the table they were taken from."""

import pytest

from skill.exercises import Exercises, Figure, Safety, load_facts

# id | posture | sides | seconds held | rounds: default, most | sessions a day | most rounds a day
# After each figure the letter of its source: H Healthline, M Mayo Clinic, B our own pacing.
TABLE = """
knees-to-chest  | lying           | 2 | 5M     | 2H 3H  | 2H | -
lying-rotation  | lying           | 2 | 10H    | 2H 3H  | 2H | -
bridge          | lying           | 1 | 10M    | 5M 30M | 1M | 30M
pelvic-tilt     | lying           | 1 | 5H 5H  | 5H 30H | 1H | 30H
cat-arch        | hands-and-knees | 1 | 4B 4B  | 3H 5M  | 2H | -
seated-rotation | seated          | 2 | 10H    | 3M 5M  | 2M | -
"""
PUBLISHERS = {"Healthline": "H", "Mayo Clinic": "M", "Back Coach": "B", "NHS": "N"}


@pytest.fixture(scope="module")
def shipped() -> tuple[Exercises, Safety]:
    return load_facts()


@pytest.fixture(scope="module")
def routines(shipped: tuple[Exercises, Safety]) -> Exercises:
    return shipped[0]


@pytest.fixture(scope="module")
def safety(shipped: tuple[Exercises, Safety]) -> Safety:
    return shipped[1]


def cited(figure: Figure | None, routines: Exercises) -> str:
    """A figure and its publisher, such as 5M."""
    if figure is None:
        return "-"
    return f"{figure.value:g}{PUBLISHERS[routines.sources[figure.source].publisher]}"


def row(exercise: str, routines: Exercises) -> list[str]:
    facts = routines[exercise]
    return [
        facts.id,
        facts.posture,
        str(len(facts.sides)),
        " ".join(cited(phase.hold or phase.count, routines) for phase in facts.phase),
        f"{cited(facts.repetitions, routines)} {cited(facts.most, routines)}",
        cited(facts.sessions, routines),
        cited(facts.most_in_a_day, routines),
    ]


def test_the_exercises_are_those_of_the_table_in_its_order(routines: Exercises) -> None:
    table = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
    assert [row(exercise, routines) for exercise in routines.ids] == table


def test_only_the_cat_arch_has_no_hold(routines: Exercises) -> None:
    counted = [e.id for e in routines.exercise if any(phase.count for phase in e.phase)]
    assert counted == ["cat-arch"]


def test_the_bridge_is_held_for_three_breaths(routines: Exercises) -> None:
    (phase,) = routines["bridge"].phase
    assert phase.breaths == Figure(3, "mayo")


def test_sides_begin_on_the_left(routines: Exercises) -> None:
    for exercise in routines.exercise:
        assert exercise.sides in [("left", "right"), (None,)]


def test_a_pace_never_touches_a_hold(routines: Exercises) -> None:
    paces = {pace.id: (pace.waiting.value, pace.rate.value) for pace in routines.pace}
    assert paces["normal"] == (1.0, 1.0)
    slower, faster = paces["slower"], paces["faster"]
    assert slower[0] > 1 > slower[1]
    assert faster[0] < 1 < faster[1]


def test_the_five_questions_in_order_with_their_sources(safety: Safety) -> None:
    asked = [(q.id, safety.sources[q.source].publisher) for q in safety.question]
    assert asked == [
        ("emergency", "NHS"),
        ("injury", "Healthline"),
        ("movement", "Healthline"),
        ("persistent", "Healthline"),
        ("doctor", "PAR-Q+ Collaboration"),
    ]


def test_a_full_set_lasts_thirty_days_and_two_misses_mean_not_sure(safety: Safety) -> None:
    assert int(safety.screening.full_set_lasts_days) == 30
    assert int(safety.screening.misses_that_mean_unsure) == 2


def test_every_outside_source_can_be_looked_up(shipped: tuple[Exercises, Safety]) -> None:
    for facts in shipped:
        for key, source in facts.sources.items():
            assert source.title
            assert source.url.startswith("https://") or key == "own"


@pytest.mark.parametrize("unknown", ["handstand", "", "Bridge", "bridge "])
def test_an_exercise_that_is_not_there(unknown: str, routines: Exercises) -> None:
    assert unknown not in routines
    with pytest.raises(KeyError):
        routines[unknown]
