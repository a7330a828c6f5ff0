"""A person and the coach, talking: states carried on, effects kept, on a clock of their own."""

import json
from datetime import datetime, timedelta

import msgspec

from skill.coach.conversation import respond
from skill.coach.events import Event, Intent
from skill.coach.memory import Cleared, Did, Forgotten, Memory, Preferred, Underway, Voided
from skill.coach.progress import with_done
from skill.coach.repertoire import Repertoire
from skill.coach.reply import Reply, Turn
from skill.coach.state import State, read_state
from speech.timing import duration


class Talk:
    """One person's talk with the coach. Says something, moves the clock, keeps what was said."""

    def __init__(self, knows: Repertoire, now: datetime, memory: Memory | None = None) -> None:
        self.knows = knows
        self.now = now
        self.memory = memory or Memory()
        self.state: State | None = None
        self.turn: Turn | None = None
        self._recorded: set[str] = set()

    def say(self, event: Event | Intent, after: float | None = None) -> str:
        """What the coach answers, `after` seconds; else a second after it has finished."""
        if after is None:
            after = self.length + 1
        self.wait(seconds=after)
        event = event if isinstance(event, Event) else Event(event)
        self.turn = respond(self.knows, self.state, event, self.memory, self.now)
        self._keep(self.turn)
        is_open = self.turn.reply is not None and self.turn.reply.is_open
        plain = json.loads(json.dumps(self.turn.state.to_json()))
        self.state = read_state(plain) if is_open else None
        return self.turn.reply.script.text if self.turn.reply else ""

    def wait(self, **time: float) -> None:
        """Let time pass; where a day begins, today's work becomes yesterday's."""
        before = self.now.date()
        # Unix time passes evenly; the wall clock need not.
        later = self.now.timestamp() + timedelta(**time).total_seconds()
        self.now = datetime.fromtimestamp(later, self.now.tzinfo)
        if self.now.date() != before:
            self.memory = msgspec.structs.replace(self.memory, sessions_today={}, rounds_today={})

    @property
    def reply(self) -> Reply:
        assert self.turn is not None
        assert self.turn.reply is not None
        return self.turn.reply

    @property
    def is_open(self) -> bool:
        return self.state is not None

    @property
    def length(self) -> float:
        """Seconds that the last answer takes."""
        return duration(self.turn.reply.script) if self.turn and self.turn.reply else 0.0

    def _keep(self, turn: Turn) -> None:
        for effect in turn.effects:
            match effect:
                case Cleared(at, full):
                    fully = at if full else self.memory.fully_cleared
                    self._remember(cleared=at, fully_cleared=fully, stopped_for_pain=False)
                case Voided():
                    self._remember(cleared=None, fully_cleared=None, stopped_for_pain=True)
                case Did(id=work) if work not in self._recorded:
                    self._recorded.add(work)
                    self.memory = with_done(self.memory, (effect,))
                case Underway(guidance, at):
                    self._remember(underway=guidance, underway_at=at)
                case Preferred(pace):
                    self._remember(pace=pace)
                case Forgotten():
                    self.memory = Memory()

    def _remember(self, **changes: object) -> None:
        self.memory = msgspec.structs.replace(self.memory, **changes)


def cleared(now: datetime, *, days_ago: float = 0) -> Memory:
    """The memory of somebody who answered all questions so many days ago."""
    then = now.timestamp() - days_ago * 86_400
    return Memory(cleared=then, fully_cleared=then)


def guided(
    knows: Repertoire,
    now: datetime,
    exercise: str,
    *,
    pace: str = "normal",
    is_new: bool = True,
    repetitions: int | None = None,
) -> list[Reply]:
    """All replies of one session of an exercise, for somebody who is cleared."""
    times = {} if is_new else {exercise: 9}
    memory = msgspec.structs.replace(cleared(now), pace=pace, times=times)
    talk = Talk(knows, now, memory)
    talk.say(Event(Intent.START_EXERCISE, exercise=exercise, repetitions=repetitions))
    replies = [talk.reply]
    while talk.state and talk.state.offer and talk.state.offer.kind == "go-on":
        talk.say(Intent.READY)
        replies.append(talk.reply)
    return replies
