"""Somebody who only listens, and judges by the rules for safety alone.

Knows nothing of the coach's own bookkeeping: hears what the person means and when, and what the
coach says, and works out from that whether an instruction may be given.
"""

import re
from datetime import datetime, timedelta
from itertools import product

from skill.coach.events import Intent
from skill.coach.guidance.checkpoint import Checkpoint
from skill.coach.reply import Card, Reply
from speech.script import Hold, Mark, Script
from speech.wording import Line, Wording

FULL_SET = ("emergency", "injury", "movement", "persistent", "doctor")
LASTS = timedelta(days=30)

WINDOWS = {
    "knees-to-chest": (5.0,),
    "lying-rotation": (10.0,),
    "bridge": (10.0,),
    "pelvic-tilt": (5.0, 5.0),
    "cat-arch": (4.0, 4.0),
    "seated-rotation": (10.0,),
}
"""Seconds of each hold, or slow count, of one side of a round."""

SIDED = frozenset({"knees-to-chest", "lying-rotation", "seated-rotation"})
CEILING = {"bridge": 30, "pelvic-tilt": 30}
"""The most rounds in one day."""

_MOVE = re.compile(rf"^({'|'.join(WINDOWS)})-(?!name|title|about|ease)|^posture-")


class Witness:
    """Bookkeeping of who may be guided, from words alone."""

    def __init__(self, words: Wording) -> None:
        self._questions = dict(_questions(words))
        self._moves = frozenset(_moves(words))
        self._ways_out = {exercise: words(f"{exercise}-out") for exercise in WINDOWS}
        self._guided: frozenset[str] = frozenset()
        """Exercises in the last reply; the person may be in the position of one of them."""
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
        self.asked = next((q for text, q in self._questions.items() if said.endswith(text)), None)
        if any(ending in said for ending in self._endings):
            self.forget()
        if reply is None or not reply.is_open:
            self.session_is_over()

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
            share = len(WINDOWS[exercise]) * (2 if exercise in SIDED else 1)
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
            windows = WINDOWS[exercise]
            if cue.seconds != windows[count % len(windows)]:
                wrong.append((exercise, cue.seconds))
            count += 1
    return wrong


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
