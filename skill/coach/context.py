"""Turn context: one utterance with all that its answer may depend on, and the ways to answer."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

import msgspec
from msgspec import Struct

from skill.coach.actions import Action
from skill.coach.effects import Effect
from skill.coach.events import Event, Intent
from skill.coach.guidance.checkpoint import Checkpoint
from skill.coach.memory import Day, Memory
from skill.coach.reply import Card, PermissionCard, Reply, Turn
from skill.coach.state import ConversationPhase, Offer, State
from skill.content import Content
from skill.exercises.message_keys import exercise_keys, name_key
from speech.script import Pause, Say, Script
from speech.wording import Line
from speech.wording.catalog import Argument


def line(key: str, **args: Argument) -> Line:
    """A sentence by its key."""
    return Line(key, args)


def name_of(thing: str) -> str:
    """The reference to the spoken name of an exercise, posture or count, for an argument."""
    return f"@{name_key(thing)}"


class TurnContext(Struct, frozen=True, dict=True):
    """Everything that one answer may depend on."""

    content: Content
    event: Event
    state: State
    memory: Memory
    now: datetime
    """Aware, in the person's own time zone."""
    position: Checkpoint | None = None
    """Where guidance had got to, if this interrupts it."""
    effects: tuple[Effect, ...] = ()
    """Effects that are already sure."""
    is_moving: bool = False
    """Whether the person may be in the middle of a movement right now."""

    notice: tuple[Line, ...] = ()
    """What is said before the answer itself, if the turn has one that is heard out."""

    @cached_property
    def time(self) -> float:
        """Now as Unix time in seconds."""
        return self.now.timestamp()

    @property
    def intent(self) -> Intent:
        """What was meant."""
        return self.event.intent

    @cached_property
    def today(self) -> str:
        """The person's own date, in ISO 8601."""
        return self.now.date().isoformat()

    @cached_property
    def done(self) -> Day:
        """What was done today."""
        return self.memory.on(self.today)

    @property
    def way_out(self) -> tuple[Line, ...]:
        """How to leave the position, to somebody who may be in it, and then the notice.

        It is said before anything else.
        """
        if not self.is_moving or self.position is None:
            return self.notice
        out = exercise_keys(self.content.exercise(self.position.exercise)).out
        return (line(out), *self.notice)

    def but(self, *effects: Effect, **changes: object) -> "TurnContext":
        """The same moment with further effects and a changed state."""
        state = msgspec.structs.replace(self.state, **changes) if changes else self.state
        return msgspec.structs.replace(self, state=state, effects=(*self.effects, *effects))

    def text(self, lines: Sequence[Line]) -> str:
        """The lines as one text, in this turn's choice of small words."""
        return " ".join(self.content.words.say(part, self.state.turn) for part in lines)

    def ask(
        self,
        *lines: Line,
        offer: Offer | None = None,
        phase: ConversationPhase | None = None,
        card: Card | PermissionCard | None = None,
    ) -> Turn:
        """Say the lines and wait. The last one is the prompt, and has a reprompt of its own."""
        prompt = lines[-1]
        reprompt = Line(f"{prompt.key}.reprompt", prompt.args)
        state = msgspec.structs.replace(
            self.state,
            phase=phase or (ConversationPhase.OFFERING if offer else ConversationPhase.IDLE),
            offer=offer,
            said=tuple(lines),
        )
        said = Say(self.text([*self.way_out, *lines]))
        reply = Reply(Script((said,)), Script((Say(self.text([reprompt])),)), card)
        return Turn(state, reply, self.effects)

    def ask_again(self, *lines: Line) -> Turn:
        """Say the lines, then the prompt that was open before; nothing else changes."""
        if self.state.phase is ConversationPhase.OFFERING and self.state.said:
            return self.ask(*lines, self.state.said[-1], offer=self.state.offer)
        return self.ask(*lines, line("ask-anything"))

    def wait(self, *lines: Line, quiet: float) -> Turn:
        """Say the lines, keep quiet for so many seconds, and prompt to resume."""
        prompt, reprompt = line("ask-resume"), line("ask-resume.reprompt")
        said = self.text([*self.way_out, *lines, line("resume-by-name")])
        cues = (Say(said), Pause(quiet))
        script = Script((*cues, Say(self.text([prompt]))))
        state = msgspec.structs.replace(
            self.state, phase=ConversationPhase.PAUSED, offer=None, said=(*lines, prompt)
        )
        return Turn(state, Reply(script, Script((Say(self.text([reprompt])),))), self.effects)

    def send(self, action: Action) -> Turn:
        """Have something done; the answer waits for its outcome."""
        return Turn(self.state, None, self.effects, action)

    def close(self, *lines: Line) -> Turn:
        """Say the lines and end the session."""
        return self.close_with(Script((Say(self.text([*self.way_out, *lines])),)))

    def close_with(self, script: Script) -> Turn:
        """Play the script and end the session."""
        state = State(turn=self.state.turn, pace=self.state.pace)
        return Turn(state, Reply(script), self.effects)
