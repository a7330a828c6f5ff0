"""Checkpoint: a mark in a script that says which round begins there."""

from speech.script import Mark


class Checkpoint(Mark, frozen=True):
    """Checkpoint: from here on, guidance that is interrupted goes on from this round."""

    step: int
    """Index of the exercise in the plan."""
    exercise: str
    round: int
    """One-based; 0 while the exercise is being introduced."""
    side: str = ""
    """`left` or `right`; empty where both sides work at once."""
    done: bool = False
    """True from the moment the last round is finished."""
