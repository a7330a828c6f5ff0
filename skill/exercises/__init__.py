"""The facts: six exercises and the safety rules, read from data files with their sources."""

from skill.exercises.facts import (
    Exercise,
    Figure,
    Guidance,
    Pace,
    Phase,
    Posture,
    Question,
    Routines,
    Safety,
    Side,
    Source,
)
from skill.exercises.loader import BrokenData, load_routines

__all__ = [
    "BrokenData",
    "Exercise",
    "Figure",
    "Guidance",
    "Pace",
    "Phase",
    "Posture",
    "Question",
    "Routines",
    "Safety",
    "Side",
    "Source",
    "load_routines",
]
