"""Exercise facts and safety rules, read from data files with their sources."""

from skill.exercises.facts import (
    Exercise,
    ExercisePhase,
    Exercises,
    Figure,
    GuidanceDefaults,
    Pace,
    Posture,
    Question,
    Safety,
    Side,
    Source,
)
from skill.exercises.loader import BrokenData, load_facts

__all__ = [
    "BrokenData",
    "Exercise",
    "ExercisePhase",
    "Exercises",
    "Figure",
    "GuidanceDefaults",
    "Pace",
    "Posture",
    "Question",
    "Safety",
    "Side",
    "Source",
    "load_facts",
]
