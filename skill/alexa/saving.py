"""Save memory: what a turn asks to be remembered is written before its answer goes out.

The rule is "no write, no clearance": a turn whose effects could not be written is taken again as
if nobody had been cleared, and says that nothing can be remembered just now. Only what stops
(pain, an emergency, doubt) is answered as it was; the store keeps such a withdrawal for later.
"""

import logging
from collections.abc import Mapping
from typing import Any

import msgspec
from ask_sdk_core.handler_input import HandlerInput

from skill.alexa.reminders_api import carry_out
from skill.alexa.request_context import RequestContext
from skill.coach.actions import Action, ActionResult, CancelReminders, SetReminder
from skill.coach.effects import Effect, Forgotten, Preferred, withdrawals_among
from skill.coach.events import Event, Intent
from skill.coach.memory import Memory
from skill.coach.reply import Reply, Turn
from skill.coach.session import TakenTurn, take_turn
from skill.coach.state import ConversationPhase, State
from skill.content import Content
from skill.store import MemoryChanged, Store, StoreFailed, WrittenLater
from speech.script import Say, Script

_CANNOT_REMEMBER = "cannot-remember"
"""The sentence that a turn begins with whose effects are lost."""

_TELLS_STEPS = frozenset({Intent.DESCRIBE, Intent.REPEAT})
"""What may say how to move, to somebody who is cleared, and leaves nothing to write."""

log = logging.getLogger(__name__)


class ActionsOnce:
    """Actions of one request, each carried out once however often its turn is taken."""

    def __init__(self, handler_input: HandlerInput, context: RequestContext) -> None:
        """Carries nothing out yet."""
        self._handler_input = handler_input
        self._context = context
        self._done: dict[Action, Event | None] = {}

    def __call__(self, action: Action) -> Event | None:
        """What came of an action."""
        if action not in self._done:
            self._done[action] = self._carry_out(action)
        return self._done[action]

    def undo_reminders(self) -> None:
        """Cancel what was set and cannot be remembered: nobody could find it again."""
        known = {reminder.token for reminder in self._context.memory.reminders}
        for action, event in list(self._done.items()):
            is_set = event is not None and event.outcome is ActionResult.SET
            if event is not None and is_set and event.token not in known:
                self._carry_out(CancelReminders((event.token,)))
                failed = Event(Intent.ACTION_DONE, time=event.time, outcome=ActionResult.FAILED)
                self._done[action] = failed

    def refuse_reminders(self, action: Action) -> Event | None:
        """The same for a turn that is taken again: nothing more is set."""
        if isinstance(action, SetReminder) and action not in self._done:
            return Event(Intent.ACTION_DONE, time=action.time, outcome=ActionResult.FAILED)
        return self(action)

    def _carry_out(self, action: Action) -> Event | None:
        return carry_out(action, self._handler_input, self._context)


def take_saved_turn(
    store: Store,
    context: RequestContext,
    event: Event,
    attributes: Mapping[str, Any],
    actions: ActionsOnce,
) -> TakenTurn:
    """A turn whose effects are written; if they cannot be, one that claims nothing of the kind.

    Args:
        store: where they are written.
        context: who speaks, and what is remembered.
        event: what was meant.
        attributes: those of the session, as the coach wrote them.
        actions: carries out what the turn depends on.
    """
    if not context.is_remembered:
        attributes = _without_clearance(attributes)
    taken = take_turn(
        context.content,
        attributes,
        event,
        context.memory,
        context.now,
        before=context.before if context.speaker.before else None,
        act=actions,
    )
    try:
        _save(store, context, event, taken)
    except StoreFailed as error:
        log.error("a turn could not be written: %s", error)  # noqa: TRY400 - one line
        return _unsaved(error, context, event, attributes, actions, taken)
    return taken


def _save(store: Store, context: RequestContext, event: Event, taken: TakenTurn) -> None:
    """Write all effects; raises StoreFailed if any could not be."""
    speaker, failure = context.speaker, None
    try:
        _keep(store, context, speaker.before, taken.effects_before, None)
    except StoreFailed as error:
        failure = error
    expected = context.memory_read if context.is_remembered else None
    is_guided = taken.turn.state.phase is ConversationPhase.GUIDING
    effects = (*context.effects, *taken.effects)
    if not effects and _tells_steps(context, event, taken):
        # Something must be written, so that the clearance is known to count still.
        effects, is_guided = (Preferred(context.memory.pace),), True
    try:
        _keep(store, context, speaker.key, effects, expected)
    except MemoryChanged as changed:
        if is_guided or changed.is_erased:
            raise
        _keep(store, context, speaker.key, effects, None)
    if failure is not None:
        raise failure


def _keep(
    store: Store,
    context: RequestContext,
    person: str,
    effects: tuple[Effect, ...],
    expected: Memory | None,
) -> None:
    if not person or not effects:
        return
    if context.is_unreadable and not withdrawals_among(effects):
        # It has just cost the person its whole limit, and is not waited for a second time.
        raise StoreFailed("it could not be read")
    store.keep(person, effects, context.speaker.household, expected)


def _tells_steps(context: RequestContext, event: Event, taken: TakenTurn) -> bool:
    cleared = (context.memory.cleared, taken.turn.state.cleared)
    return event.intent in _TELLS_STEPS and cleared != (None, None)


def _unsaved(  # noqa: PLR0913, PLR0917 - all that the turn depended on
    failure: StoreFailed,
    context: RequestContext,
    event: Event,
    attributes: Mapping[str, Any],
    actions: ActionsOnce,
    taken: TakenTurn,
) -> TakenTurn:
    """The turn to be heard where the first one could not be written."""
    if any(isinstance(effect, Forgotten) for effect in taken.effects):
        return _closing(context.content, "not-forgotten-yet")
    if withdrawals_among((*taken.effects, *taken.effects_before)):
        is_lost = not isinstance(failure, WrittenLater)
        return _with_more(taken, context.content.words("tell-me-again") if is_lost else "")
    actions.undo_reminders()
    is_erased = isinstance(failure, MemoryChanged) and failure.is_erased
    memory = Memory() if is_erased else msgspec.structs.replace(context.memory, cleared=None)
    return take_turn(
        context.content,
        _without_clearance(attributes),
        event,
        memory,
        context.now,
        before=context.before if context.speaker.before else None,
        act=actions.refuse_reminders,
        notice=_CANNOT_REMEMBER,
    )


def _without_clearance(attributes: Mapping[str, Any]) -> Mapping[str, Any]:
    """Session attributes as of somebody who has not been cleared in this session."""
    return {name: value for name, value in attributes.items() if name != "cleared"}


def _closing(content: Content, key: str) -> TakenTurn:
    return TakenTurn(Turn(State(), Reply(Script((Say(content.words(key)),)))), ())


def _with_more(taken: TakenTurn, text: str) -> TakenTurn:
    """The same turn, with something more to say at its end."""
    reply = taken.turn.reply
    if reply is None or not text:
        return taken
    script = Script((*reply.script.cues, Say(text)))
    turn = msgspec.structs.replace(taken.turn, reply=msgspec.structs.replace(reply, script=script))
    return msgspec.structs.replace(taken, turn=turn)
