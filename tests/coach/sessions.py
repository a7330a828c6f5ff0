"""A person and the coach, talking: states carried on, effects kept, on a clock of their own."""

from datetime import datetime, timedelta

import msgspec

from skill.coach.events import Event, Intent
from skill.coach.memory import Memory
from skill.coach.reply import Reply, Turn
from skill.coach.session import CoachSession
from skill.coach.state import State, read_state
from skill.content import Content
from speech.timeline import script_duration


class Talk:
    """One person's talk with the coach. Says something, moves the clock, keeps what was said."""

    def __init__(self, content: Content, now: datetime, memory: Memory | None = None) -> None:
        self.content = content
        self.now = now
        self.session = CoachSession(content, memory)
        self.turn: Turn | None = None

    def say(self, event: Event | Intent, after: float | None = None) -> str:
        """What the coach answers, `after` seconds; else a second after it has finished."""
        if after is None:
            after = self.length + 1
        self.wait(seconds=after)
        taken = self.session.say(event, self.now)
        assert not taken.recovered, taken.recovered
        self.turn = taken.turn
        return self.turn.reply.script.text if self.turn.reply else ""

    def wait(self, **time: float) -> None:
        """Let time pass."""
        # Unix time passes evenly; the wall clock need not.
        later = self.now.timestamp() + timedelta(**time).total_seconds()
        self.now = datetime.fromtimestamp(later, self.now.tzinfo)

    @property
    def reply(self) -> Reply:
        assert self.turn is not None
        assert self.turn.reply is not None
        return self.turn.reply

    @property
    def memory(self) -> Memory:
        return self.session.memory

    @memory.setter
    def memory(self, memory: Memory) -> None:
        self.session.memory = memory

    @property
    def state(self) -> State | None:
        return read_state(self.session.saved)

    @state.setter
    def state(self, state: State | None) -> None:
        self.session.saved = state.to_json() if state else {}

    @property
    def is_open(self) -> bool:
        return self.state is not None

    @property
    def length(self) -> float:
        """Seconds that the last answer takes."""
        return script_duration(self.turn.reply.script) if self.turn and self.turn.reply else 0.0


def cleared(now: datetime, *, days_ago: float = 0) -> Memory:
    """The memory of somebody who answered all questions so many days ago."""
    then = now.timestamp() - days_ago * 86_400
    return Memory(cleared=then, fully_cleared=then)


def guided(
    content: Content,
    now: datetime,
    exercise: str,
    *,
    pace: str = "normal",
    is_new: bool = True,
    repetitions: int | None = None,
    agreed: bool = False,
) -> list[Reply]:
    """All replies of one session of an exercise, for somebody who is cleared.

    Where the coach asks whether it is really to be so many rounds, they have `agreed`.
    """
    times = {} if is_new else {exercise: 9}
    memory = msgspec.structs.replace(cleared(now), pace=pace, times=times)
    talk = Talk(content, now, memory)
    talk.say(Event(Intent.START_EXERCISE, exercise=exercise, repetitions=repetitions))
    if agreed:
        talk.say(Intent.YES)
    replies = [talk.reply]
    while talk.state and talk.state.offer and talk.state.offer.kind == "go-on":
        talk.say(Intent.READY)
        replies.append(talk.reply)
    return replies
