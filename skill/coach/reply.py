"""Reply and turn: a script, a reprompt to follow it, and effects for the caller to carry out."""

from msgspec import Struct

from skill.coach.actions import Action
from skill.coach.effects import Effect
from skill.coach.state import State
from speech.script import Script


class Card(Struct, frozen=True):
    """A title and a text to read."""

    title: str
    text: str


class PermissionCard(Struct, frozen=True):
    """A way to allow reminders, shown in the Alexa app."""


class Reply(Struct, frozen=True):
    """What is said. The microphone opens after it if there is a reprompt; else the talk ends."""

    script: Script
    reprompt: Script | None = None
    card: Card | PermissionCard | None = None

    @property
    def is_open(self) -> bool:
        """Whether the coach waits for an answer."""
        return self.reprompt is not None


class Turn(Struct, frozen=True):
    """One step of the conversation."""

    state: State
    reply: Reply | None
    """None where nobody is listening any more."""
    effects: tuple[Effect, ...] = ()
    action: Action | None = None
    """What to do first. Its outcome is the next event, and then there is a reply."""

    @property
    def is_open(self) -> bool:
        """Whether the session goes on: somebody is to answer, or an action is to come back."""
        return self.action is not None or (self.reply is not None and self.reply.is_open)
