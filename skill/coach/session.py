"""Session driver: a conversation turn by turn, with speaker changes, actions and recovery.

Everybody who talks with the coach comes through here: Alexa's handlers, the checks that explore
every conversation, the table of lengths, the speech that is prepared ahead, tests and benchmarks.
Pure: what an action does outside is an argument, and so is the clock.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any

import msgspec
from msgspec import Struct

from skill.coach.actions import Action
from skill.coach.conversation import recover, respond
from skill.coach.effects import Cleared, Effect, Preferred
from skill.coach.events import Event, Intent
from skill.coach.memory import Memory, remember
from skill.coach.reply import Turn
from skill.coach.speaker_change import change_speaker
from skill.coach.state import BrokenState, State, read_state
from skill.coach.state_age import has_lapsed
from skill.content import Content
from speech.script import Script
from speech.timeline import script_duration
from speech.wording import MissingWords

Act = Callable[[Action], Event | None]
"""Carries an action out and tells what came of it; None where Alexa asks the person itself."""

THINKING_SECONDS = 1.0
"""How long somebody takes to answer where nobody is really there."""

MOST_OF_A_KEY = 80
"""Characters in a log line of the key of a sentence that is missing."""

_ANY_DAY = datetime(2025, 1, 6, 8, tzinfo=UTC)
"""The length of guidance does not depend on the day."""

_PRACTISED = 99
"""Sessions behind somebody who knows an exercise, far above what counts as new."""


class TakenTurn(Struct, frozen=True):
    """Turn with everything that it asks to be remembered, actions included."""

    turn: Turn
    effects: tuple[Effect, ...]
    """On the memory of the person who speaks."""
    effects_before: tuple[Effect, ...] = ()
    """On the memory of the person the session was with, where somebody else speaks now."""
    recovered: str = ""
    """Why the conversation had to start again, without a word of the person's; empty if not."""


def take_turn(  # noqa: PLR0913 - all that one turn depends on
    content: Content,
    saved: State | Mapping[str, Any] | None,
    event: Event,
    memory: Memory,
    now: datetime,
    *,
    before: Memory | None = None,
    act: Act | None = None,
    notice: str = "",
) -> TakenTurn:
    """Take one turn of a conversation.

    Args:
        content: facts and words.
        saved: the state, or the session attributes that hold it; None or empty for a new session.
        event: what was meant.
        memory: what is remembered of the person who speaks.
        now: when it was said, in that person's time zone.
        before: what is remembered of the person the session was with, if it was somebody else.
        act: carries actions out; without it an action stays in the turn, for the caller.
        notice: the key of a sentence to say before the answer; empty for none.
    """
    effects_before: tuple[Effect, ...] = ()
    recovered = ""
    try:
        state = (
            saved
            if isinstance(saved, State)
            else read_state(saved, content.exercises, content.safety)
        )
        left = memory if before is None else before
        if state is not None and has_lapsed(content, state, left, now.timestamp()):
            state = None
        if state is not None and before is not None:
            change = change_speaker(content, state, event, before, now)
            state, event, effects_before = change.state, change.event, change.left
        turn = respond(content, state, event, memory, now, notice=notice)
    except (BrokenState, MissingWords) as error:
        # Kept by another version, perhaps: a name or a sentence that is no longer there.
        recovered = _loggable_cause(error)
        turn = recover(content, event, memory, now)
    turn, effects = _carry_out_actions(content, turn, memory, now, act, notice)
    return TakenTurn(turn, effects, effects_before, recovered)


def _loggable_cause(error: BrokenState | MissingWords) -> str:
    """What a log may say of it. A state could quote a person; the key of a sentence is ours."""
    name = type(error).__name__
    return f"{name} {error.key[:MOST_OF_A_KEY]}" if isinstance(error, MissingWords) else name


def _carry_out_actions(  # noqa: PLR0913, PLR0917 - all that an answer depends on
    content: Content, turn: Turn, memory: Memory, now: datetime, act: Act | None, notice: str
) -> tuple[Turn, tuple[Effect, ...]]:
    """The turn that has an answer, once every action that it depends on was carried out."""
    effects = turn.effects
    while act is not None and turn.action is not None:
        result = act(turn.action)
        if result is None:
            break
        memory = reduce(remember, turn.effects, memory)
        turn = respond(content, turn.state, result, memory, now, notice=notice)
        effects += turn.effects
    return turn, effects


class CoachSession:
    """Session kept in this process: state and memory are carried from turn to turn.

    The state goes through JSON between two turns, as it does through Alexa.
    """

    def __init__(
        self, content: Content, memory: Memory | None = None, *, act: Act | None = None
    ) -> None:
        """Begin with no session open.

        Args:
            content: facts and words.
            memory: what is remembered of the person; by default nothing.
            act: carries actions out.
        """
        self.content = content
        self.memory = memory or Memory()
        self.saved: dict[str, Any] = {}
        """The session attributes; empty where no session is open."""
        self._act = act

    def say(self, event: Event | Intent, now: datetime) -> TakenTurn:
        """The coach's turn after an event; its effects are remembered."""
        event = event if isinstance(event, Event) else Event(event)
        taken = take_turn(self.content, self.saved, event, self.memory, now, act=self._act)
        self.memory = reduce(remember, taken.effects, self.memory)
        self.saved = {}
        if taken.turn.is_open:
            self.saved = msgspec.json.decode(msgspec.json.encode(taken.turn.state.to_json()))
        return taken


def cleared_memory(now: datetime, *, pace: str = "normal") -> Memory:
    """Memory of somebody who has just answered no to every safety question."""
    effects: list[Effect] = [Cleared(now.timestamp(), full=True), Preferred(pace)]
    return reduce(remember, effects, Memory())


def guided_session(  # noqa: PLR0913 - what guidance depends on
    content: Content,
    exercise: str,
    now: datetime,
    *,
    pace: str = "normal",
    is_new: bool = True,
    stretch: float = 1.0,
) -> Iterator[tuple[Turn, datetime]]:
    """Every turn that guides one session of an exercise, with the moment at which it begins.

    For somebody who is cleared, and says "ready" as soon as a reply has ended.

    Args:
        content: facts and words.
        exercise: its id.
        now: when it is asked for.
        pace: the pace's id.
        is_new: whether the person still needs the full instructions.
        stretch: real length of what is spoken, as a share of what `content` takes it to be.
    """
    memory = cleared_memory(now, pace=pace)
    if not is_new:
        memory = msgspec.structs.replace(memory, times={exercise: _PRACTISED})
    session = CoachSession(content, memory)
    turn = session.say(Event(Intent.START_EXERCISE, exercise=exercise), now).turn
    while turn.reply is not None:
        yield turn, now
        if turn.state.offer is None or turn.state.offer.kind != "go-on":
            return
        spoken = script_duration(turn.reply.script, content.spoken, stretch)
        now += timedelta(seconds=spoken + THINKING_SECONDS)
        turn = session.say(Intent.READY, now).turn


def guided_scripts(
    content: Content, exercise: str, *, pace: str = "normal", is_new: bool = True
) -> list[Script]:
    """Scripts that guide a cleared person through one session of an exercise, one a reply."""
    turns = guided_session(content, exercise, _ANY_DAY, pace=pace, is_new=is_new)
    return [turn.reply.script for turn, _ in turns if turn.reply is not None]
