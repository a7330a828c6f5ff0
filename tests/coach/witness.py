"""Somebody who only listens, and judges by the rules for safety alone.

Knows nothing of the coach's own bookkeeping: hears what the person means and when, and what the
coach says, and works out from that whether an instruction may be given.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import product
from typing import NamedTuple

from skill.coach.events import Intent
from skill.coach.guidance.checkpoint import Checkpoint
from skill.coach.reply import Card, Reply
from speech.script import Hold, Mark, Script
from speech.wording import Line, Wording

FULL_SET = ("emergency", "injury", "movement", "persistent", "doctor")
LASTS = timedelta(days=30)


class Dose(NamedTuple):
    """What sources allow of an exercise, copied by hand; the coach's own facts are not read."""

    windows: tuple[float, ...]
    """Seconds of each hold, or slow count, of one side of a round."""
    sides: int
    rounds: int
    """In one session, if nothing else was asked for."""
    most: int
    """Rounds in one session."""
    sessions: int
    """In one day."""
    ceiling: int | None = None
    """Rounds in one day, where the source names one."""
    breaths: int | None = None
    """That fill the hold, where the source counts them."""


DOSES = {
    "knees-to-chest": Dose((5.0,), sides=2, rounds=2, most=3, sessions=2),
    "lying-rotation": Dose((10.0,), sides=2, rounds=2, most=3, sessions=2),
    "bridge": Dose((10.0,), sides=1, rounds=5, most=30, sessions=1, ceiling=30, breaths=3),
    "pelvic-tilt": Dose((5.0, 5.0), sides=1, rounds=5, most=30, sessions=1, ceiling=30),
    "cat-arch": Dose((4.0, 4.0), sides=1, rounds=3, most=5, sessions=2),
    "seated-rotation": Dose((10.0,), sides=2, rounds=3, most=5, sessions=2),
}
SIDED = frozenset(exercise for exercise, dose in DOSES.items() if dose.sides == 2)
LIMITED = frozenset(exercise for exercise, dose in DOSES.items() if dose.ceiling)


def dose_of(exercise: str) -> Dose:
    """The dose of an exercise; AssertionError, with its name, where the witness knows none."""
    assert exercise in DOSES, f"the witness knows no dose of {exercise!r}: write it down in DOSES"
    return DOSES[exercise]


_MOVE = re.compile(rf"^({'|'.join(DOSES)})-(?!name|title|about|ease)|^posture-")


class Witness:
    """Bookkeeping of who may be guided, from words alone."""

    def __init__(self, words: Wording, exercises: Iterable[str]) -> None:
        """Listens to a coach that guides these exercises, of which it must know every dose."""
        for exercise in exercises:
            dose_of(exercise)
        self._questions = dict(_questions(words))
        self._moves = frozenset(_moves(words))
        self._ways_out = {exercise: words(f"{exercise}-out") for exercise in DOSES}
        self._guided: frozenset[str] = frozenset()
        """Exercises in the last reply; the person may be in the position of one of them."""
        self._is_end_unheard = False
        """Whether guidance began, and nothing was heard since of how it ended."""
        self._may_leave: frozenset[str] = frozenset()
        """Exercises in the reply before it, whose positions it may begin with leaving."""
        asked = (*FULL_SET, "since-last-time", "statement")
        refusals = (words(f"advice-{key}{form}") for key in asked for form in ("", ".unsure"))
        self._endings = (words("forgotten"), *refusals)
        """What is said when no clearance counts any more."""
        self.asked: str | None = None
        """The safety question that waits for an answer."""
        self.answered: list[str] = []
        """Questions answered with no, one after the other, in this session."""
        self.full: datetime | None = None
        """When all questions were last answered with no, and nothing happened since."""
        self.last: datetime | None = None
        """When the person was last cleared, by all questions or the short one."""

    def hears_person(self, intent: Intent, now: datetime) -> None:
        """What the person means, before the coach answers."""
        is_unsafe = self.asked is not None and intent is Intent.YES
        if is_unsafe or intent in (Intent.PAIN, Intent.EMERGENCY, Intent.UNSURE):
            self.forget()
        elif self.asked is not None and intent is Intent.NO:
            self.answered.append(self.asked)
            self._judge(now)
        elif self.asked is not None and intent is Intent.PREVIOUS:
            self.answered = self.answered[:-1]
        if intent is Intent.SESSION_ENDED:
            self.session_is_over()

    def hears_coach(self, reply: Reply | None) -> None:
        """What the coach answers."""
        said = reply.script.text if reply else ""
        self._may_leave = self._guided
        self._guided = frozenset(rounds_in(reply.script)) if reply else frozenset()
        self._is_end_unheard = self._is_end_unheard and not self._guided
        self.asked = next((q for text, q in self._questions.items() if said.endswith(text)), None)
        if any(ending in said for ending in self._endings):
            self.forget()
        if reply is None or not reply.is_open:
            self.session_is_over()

    def session_is_lost(self) -> None:
        """The session is gone, and nobody heard how it ended."""
        self._is_end_unheard = self._is_end_unheard or bool(self._guided)
        self._guided = frozenset()
        self.session_is_over()

    def session_begins(self) -> None:
        """Another session. What ended guidance before it may have been pain."""
        if self._is_end_unheard:
            self.last = None
            self._is_end_unheard = False

    def session_is_over(self) -> None:
        self.asked = None
        self.answered.clear()

    def forget(self) -> None:
        self.full = self.last = None
        self.answered.clear()

    def clears(self, now: datetime) -> bool:
        """Whether an instruction may be given now."""
        return self.last is not None and self.last.date() == now.date()

    def full_set_counts(self, now: datetime) -> bool:
        """Whether one short question is enough on a new day."""
        return self.full is not None and now - self.full <= LASTS

    def instructs(self, reply: Reply) -> bool:
        """Whether a reply tells anybody to move, but for leaving the position first of all."""
        if any(isinstance(cue, Hold | Mark) for cue in reply.script.cues):
            return True
        shown = reply.card.text if isinstance(reply.card, Card) else ""
        said = reply.script.text
        for exercise in self._may_leave:
            said = said.removeprefix(self._ways_out[exercise])
        return any(move in said or move in shown for move in self._moves)

    def _judge(self, now: datetime) -> None:
        if self.answered[-1] == "since-last-time":
            if self.full_set_counts(now):
                self.last = now
        elif self.answered[-1] == "statement" or tuple(self.answered[-5:]) == FULL_SET:
            self.full = self.last = now


def rounds_in(script: Script) -> dict[str, float]:
    """Rounds that a script guides, by exercise, counted by its holds."""
    rounds: dict[str, float] = {}
    exercise = ""
    for cue in script.cues:
        if isinstance(cue, Checkpoint):
            exercise = cue.exercise
        elif isinstance(cue, Hold):
            dose = dose_of(exercise)
            share = len(dose.windows) * dose.sides
            rounds[exercise] = rounds.get(exercise, 0) + 1 / share
    return rounds


def wrong_holds(script: Script) -> list[tuple[str, float]]:
    """Holds that are not the prescribed ones, in the prescribed order."""
    wrong, count, exercise = [], 0, ""
    for cue in script.cues:
        if isinstance(cue, Checkpoint):
            count = count if cue.exercise == exercise else 0
            exercise = cue.exercise
        elif isinstance(cue, Hold):
            windows = dose_of(exercise).windows
            if cue.seconds != windows[count % len(windows)]:
                wrong.append((exercise, cue.seconds))
            count += 1
    return wrong


def too_many_rounds(script: Script) -> list[Checkpoint]:
    """Rounds beyond the most of one session, as they are counted aloud."""
    marks = [cue for cue in script.cues if isinstance(cue, Checkpoint)]
    return [mark for mark in marks if mark.round > dose_of(mark.exercise).most]


def _questions(words: Wording) -> list[tuple[str, str]]:
    """The text of each safety question, in both wordings, and its id."""
    ids = (*FULL_SET, "since-last-time", "statement")
    keys = [(f"question-{q}{form}", q) for q, form in product(ids, ("", ".again"))]
    return [(words(key), question) for key, question in keys]


def _moves(words: Wording) -> list[str]:
    """Every sentence that tells somebody how to move, on both sides, new and experienced."""
    keys = [key for key in words.keys if _MOVE.match(key)]
    forms = [f"{key}{form}" for key, form in product(keys, ("", ".brief", ".stay"))]
    sides = [{"side": "left", "other": "right"}, {"side": "right", "other": "left"}]
    known = [form for form in forms if form in words]
    return [words.say(Line(key, {**side, "seconds": 5})) for key, side in product(known, sides)]
