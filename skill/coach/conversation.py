"""Conversation: one function from a state and an event to the next turn."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from skill.coach.context import TurnContext, line
from skill.coach.effects import ClearanceUnconfirmed, Effect, GuidanceOpen
from skill.coach.events import Event, Intent
from skill.coach.guidance import deliver
from skill.coach.guidance.checkpoint import Checkpoint
from skill.coach.guidance.compiler import first_side
from skill.coach.guidance.position import Position, locate
from skill.coach.intents import anytime, pain, while_guiding, while_offering
from skill.coach.memory import Memory, remember
from skill.coach.reply import Turn
from skill.coach.screening import questions
from skill.coach.state import ConversationPhase, Guidance, State, can_guide
from skill.coach.state_age import may_have_got_up, without_posture
from skill.content import Content

VARIETIES = 12
"""Choices of small words. More would never be noticed, and each is a script to compile and keep."""

_HEARD_EVEN_SO = frozenset(
    {Intent.PAIN, Intent.EMERGENCY, Intent.UNSURE, Intent.STOP, Intent.SESSION_ENDED}
)
"""What is answered even where nothing is known of the conversation so far."""


def respond(  # noqa: PLR0913 - all that an answer depends on
    content: Content,
    state: State | None,
    event: Event,
    memory: Memory,
    now: datetime,
    *,
    notice: str = "",
) -> Turn:
    """The coach's next turn.

    Args:
        content: facts and words.
        state: where the conversation stands; None where a session begins.
        event: what was meant.
        memory: what is remembered of the person.
        now: when it was said, in the person's own time zone.
        notice: the key of a sentence to say before the answer; empty for none.
    """
    context = _new_context(content, state, event, memory, now)
    context = msgspec.structs.replace(context, notice=(line(notice),) if notice else ())
    context = _settled_context(context, is_new=state is None)
    turn = _answered_by_phase(context)
    understood = event.intent not in (Intent.FALLBACK, Intent.UNSURE)
    missed = 0 if understood else turn.state.missed
    following = msgspec.structs.replace(
        turn.state, turn=(turn.state.turn + 1) % VARIETIES, missed=missed
    )
    return msgspec.structs.replace(turn, state=following, effects=_last_word(turn.effects))


def _last_word(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """The effects without those that a later one of the same turn replaces."""
    places = [effect for effect in effects if isinstance(effect, GuidanceOpen)]
    return tuple(e for e in effects if not isinstance(e, GuidanceOpen) or e is places[-1])


def recover(content: Content, event: Event, memory: Memory, now: datetime) -> Turn:
    """The turn where the state could not be read: a fresh start, but pain is still heard."""
    memory = msgspec.structs.replace(memory, underway=None)
    if event.intent in _HEARD_EVEN_SO:
        return respond(content, None, event, memory, now)
    context = _new_context(content, None, event, memory, now)
    return context.ask(line("fresh-start"), line("ask-anything"))


def _new_context(
    content: Content, state: State | None, event: Event, memory: Memory, now: datetime
) -> TurnContext:
    memory = _without_unknown_names(memory, content)
    seed = int(now.timestamp()) % VARIETIES
    return TurnContext(content, event, state or State(pace=memory.pace, turn=seed), memory, now)


def _without_unknown_names(memory: Memory, content: Content) -> Memory:
    """The memory without what an older version may have kept and this one does not know."""
    if memory.underway is not None and not can_guide(memory.underway, content.exercises):
        memory = msgspec.structs.replace(memory, underway=None)
    if memory.pace not in content.exercises.pace_ids:
        memory = msgspec.structs.replace(memory, pace="normal")
    return memory


def _settled_context(context: TurnContext, *, is_new: bool) -> TurnContext:
    """Brings the state up to now: what was done, where it stands, and what no longer holds."""
    settled = _located_context(context, is_new=is_new)
    if may_have_got_up(context.content, context.state, context.memory, context.time):
        return msgspec.structs.replace(settled, state=without_posture(settled.state))
    return settled


def _located_context(context: TurnContext, *, is_new: bool) -> TurnContext:
    """Brings guidance that was being spoken up to now."""
    guidance, phase = context.state.guidance, context.state.phase
    if phase is ConversationPhase.GUIDING and guidance is not None:
        return _interrupted_context(context, guidance)
    if phase is ConversationPhase.PAUSED and guidance is not None:
        exercise = context.content.exercise(guidance.plan[guidance.step].exercise)
        number = 0 if guidance.entry == "start" else guidance.round
        return msgspec.structs.replace(
            context, position=Checkpoint(guidance.step, exercise.id, number, first_side(exercise))
        )
    left = context.memory.underway
    if is_new and left is not None and left.started is not None:
        reached = locate(left, context.now, context.intent, context.content)
        return _unconfirmed_context(_with_rounds_recorded(context, reached))
    return context


def _unconfirmed_context(context: TurnContext) -> TurnContext:
    """The context in which today's clearance needs a question: guidance was never seen to end.

    What ended it may have been pain, and a fault that nobody could write it down in.
    """
    if context.memory.cleared is None:
        return context
    doubted = ClearanceUnconfirmed()
    memory = remember(context.memory, doubted)
    return msgspec.structs.replace(context.but(doubted), memory=memory)


def _interrupted_context(context: TurnContext, guidance: Guidance) -> TurnContext:
    reached = locate(guidance, context.now, context.intent, context.content)
    context = _with_rounds_recorded(context, reached)
    if not reached.is_over:
        posture = reached.remaining.posture if reached.remaining else ""
        stopped = context.but(guidance=reached.remaining, offer=None, posture=posture)
        return msgspec.structs.replace(
            stopped, position=reached.checkpoint, is_moving=reached.checkpoint.round > 0
        )
    return context.but(
        guidance=reached.remaining,
        phase=ConversationPhase.OFFERING if context.state.offer else ConversationPhase.IDLE,
        said=guidance.tail,
        posture=context.content.exercise(reached.checkpoint.exercise).posture,
    )


def _with_rounds_recorded(context: TurnContext, reached: Position) -> TurnContext:
    """The moment after what was done is recorded, in its memory too."""
    memory = context.memory
    for work in reached.did:
        memory = remember(memory, work)
    memory = msgspec.structs.replace(
        memory,
        underway=reached.remaining,
        underway_at=context.memory.underway_at or context.time,
    )
    settled = context.but(*reached.did).but(GuidanceOpen(reached.remaining, context.time))
    return msgspec.structs.replace(settled, memory=memory)


def _answered_by_phase(context: TurnContext) -> Turn:
    """Safety first, then what the phase gives the intent to mean."""
    match context.intent:
        case Intent.SESSION_ENDED:
            return Turn(State(turn=context.state.turn), None, context.effects)
        case Intent.EMERGENCY:
            return pain.emergency(context)
        case Intent.PAIN:
            return pain.pain(context)
        case Intent.STOP:
            words = (line("stopping"),) if _is_moving(context) else (line("goodbye"),)
            return context.close(*words)
    if context.state.phase is ConversationPhase.ASKING:
        return _answered_question(context)
    return _handler_for(context)(context)


def _is_moving(context: TurnContext) -> bool:
    return context.state.phase is ConversationPhase.GUIDING and context.position is not None


def _handler_for(context: TurnContext) -> Callable[[TurnContext], Turn]:
    here: dict[Intent, Callable[[TurnContext], Turn]] = {}
    match context.state.phase:
        case ConversationPhase.GUIDING:
            here = while_guiding.CONTROLS
        case ConversationPhase.PAUSED:
            here = while_guiding.WHILE_PAUSED
        case ConversationPhase.OFFERING:
            here = while_offering.OFFERS
    return here.get(context.intent) or anytime.REQUESTS[context.intent]


def _answered_question(context: TurnContext) -> Turn:
    judged = questions.judge(context)
    if isinstance(judged, Turn):
        return judged
    wanted = judged.state.wanted
    assert wanted is not None  # noqa: S101 - a state that is asking has one, or is refused
    if judged.state.announce:
        return anytime.announce(judged, wanted.plan, line("cleared"))
    return deliver.guide(judged, wanted, line("cleared"))
