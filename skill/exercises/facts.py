"""Types of the exercise data. Every figure carries the key of the source it was taken from."""

from enum import StrEnum
from typing import Annotated, TypeVar

from msgspec import Meta, Struct

MOST_EXERCISES = 12
"""As many as a plan may hold, which is kept in a session from one utterance to the next."""

Key = Annotated[str, Meta(pattern="^[a-z]+(-[a-z]+)*$")]


class Side(StrEnum):
    """Side of the body. Guidance begins on the left."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Source that a figure or an answer comes from."""

    title: str
    publisher: str
    url: str


class Figure(Struct, frozen=True, forbid_unknown_fields=True):
    """Figure: a number and the key of its source."""

    value: Annotated[float, Meta(gt=0, le=300)]
    source: Key

    def __int__(self) -> int:
        return int(self.value)


class Move(Struct, frozen=True, forbid_unknown_fields=True):
    """Move: one spoken instruction, and the seconds left to do it."""

    id: Key
    seconds: Figure | None = None


class ExercisePhase(Struct, frozen=True, forbid_unknown_fields=True):
    """Phase of a repetition: moves, then a hold or a slow count, then the release."""

    id: Key
    moves: Annotated[tuple[Move, ...], Meta(min_length=1)]
    hold: Figure | None = None
    """Seconds to keep still. A phase has a hold or a count, never both."""
    count: Figure | None = None
    """Seconds of one slow movement."""
    breaths: Figure | None = None
    """Breaths that fill the hold, where the source counts in breaths."""
    release: Figure | None = None
    """Seconds to come back; none where the next phase follows at once."""

    def __post_init__(self) -> None:
        if (self.hold is None) == (self.count is None):
            raise ValueError("a phase needs either a hold or a count")

    @property
    def window(self) -> float:
        """Seconds of the hold or the count."""
        figure = self.hold or self.count
        assert figure is not None  # noqa: S101 - __post_init__ has made sure
        return figure.value


class Exercise(Struct, frozen=True, forbid_unknown_fields=True):
    """Exercise and its dose: a file of the folder data, whose name is the id."""

    id: Key
    order: Annotated[int, Meta(gt=0)]
    """Its place in the full routine; 10, 20, 30 leave room between two."""
    posture: Key
    sided: bool
    setup: Figure
    """Seconds to arrange arms and legs once in the posture."""
    repetitions: Figure
    """Rounds in one session unless the person says otherwise."""
    most: Figure
    """The most rounds in one session."""
    sessions: Figure
    """Sessions a day."""
    phase: Annotated[tuple[ExercisePhase, ...], Meta(min_length=1)]
    most_in_a_day: Figure | None = None
    """The most rounds in one day, where the source sets a ceiling."""
    sources: dict[Key, Source] = {}
    """Sources that this exercise alone cites."""

    def __post_init__(self) -> None:
        if self.repetitions.value > self.most.value:
            raise ValueError("repetitions may not exceed most")

    @property
    def sides(self) -> tuple[Side | None, ...]:
        """The sides of one round, in order; a single None where both work at once."""
        return (Side.LEFT, Side.RIGHT) if self.sided else (None,)


class Posture(Struct, frozen=True, forbid_unknown_fields=True):
    """Posture, and the seconds that getting into it, or staying in it, takes."""

    id: Key
    settle: Figure
    stay: Figure


class Pace(Struct, frozen=True, forbid_unknown_fields=True):
    """Pace: factors on the time between movements and on the rate of speech."""

    id: Key
    waiting: Figure
    rate: Figure


class GuidanceDefaults(Struct, frozen=True, forbid_unknown_fields=True):
    """Guidance defaults for every exercise. Seconds unless the name says otherwise."""

    new_for_sessions: Figure
    halfway_from_seconds: Figure
    between_exercises: Figure
    resume: Figure
    quiet_while_paused: Figure
    ease_out_of_pain: Figure
    longest_reply: Figure
    good_days_to_grow: Figure
    """Days in a row."""
    grow_by_rounds: Figure
    """Rounds."""
    carry_on_within_hours: Figure


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """Safety question, phrased so that no is the safe answer."""

    id: Key
    source: Key
    urgent: bool = False
    """Whether a yes needs help at once, so that the advice comes with nothing before it."""


class FrequentQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """Frequent question, and the source of its answer."""

    id: Key
    source: Key


class ScreeningRules(Struct, frozen=True, forbid_unknown_fields=True):
    """Screening rules: when the questions are asked again."""

    full_set_lasts_days: Figure
    misses_that_mean_unsure: Figure
    answer_within_minutes: Figure
    """Minutes after which a no to the question that stands open does not count any more."""


class Safety(Struct, frozen=True, forbid_unknown_fields=True):
    """Safety questions and answers: the contents of safety.toml."""

    sources: dict[Key, Source]
    question: Annotated[tuple[Question, ...], Meta(min_length=1)]
    screening: ScreeningRules
    answer: tuple[FrequentQuestion, ...]


class SharedFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """Shared facts, the contents of guidance.toml: what holds for every exercise."""

    sources: dict[Key, Source]
    posture: Annotated[tuple[Posture, ...], Meta(min_length=1)]
    pace: Annotated[tuple[Pace, ...], Meta(min_length=1)]
    guidance: GuidanceDefaults


class Exercises(Struct, frozen=True):
    """Exercises in the order of the full routine, and what holds for every one of them."""

    sources: dict[Key, Source]
    """All sources that figures cite."""
    exercise: tuple[Exercise, ...]
    posture: tuple[Posture, ...]
    pace: tuple[Pace, ...]
    guidance: GuidanceDefaults

    def __getitem__(self, exercise: str) -> Exercise:
        """The exercise with this id; KeyError where there is none."""
        return _with_id(self.exercise, exercise)

    def __contains__(self, exercise: object) -> bool:
        return exercise in self.ids

    @property
    def ids(self) -> tuple[str, ...]:
        """The exercise ids in the order of the full routine."""
        return tuple([exercise.id for exercise in self.exercise])

    @property
    def pace_ids(self) -> tuple[str, ...]:
        """The paces' ids, from the slowest on."""
        return tuple([pace.id for pace in self.pace])

    def pace_named(self, pace: str) -> Pace:
        """The pace with this id; KeyError where there is none."""
        return _with_id(self.pace, pace)

    def posture_named(self, posture: str) -> Posture:
        """The posture with this id; KeyError where there is none."""
        return _with_id(self.posture, posture)


_Named = TypeVar("_Named", Exercise, Posture, Pace)


def _with_id(things: tuple[_Named, ...], key: str) -> _Named:
    for thing in things:
        if thing.id == key:
            return thing
    raise KeyError(key)
