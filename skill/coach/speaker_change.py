"""Speaker change in the middle of a session: nobody is cleared, or credited, for another."""

from datetime import datetime

import msgspec
from msgspec import Struct

from skill.coach.conversation import respond
from skill.coach.effects import Effect, GuidanceOpen
from skill.coach.events import Event, Intent
from skill.coach.intents.launch import from_anywhere
from skill.coach.memory import Memory
from skill.coach.state import ConversationPhase, Guidance, Offer, Screening, State
from skill.content import Content

_STOPS_BOTH = frozenset({Intent.PAIN, Intent.EMERGENCY})
_ENDS_QUESTIONS = frozenset({Intent.YES, Intent.UNSURE, Intent.STOP, *_STOPS_BOTH})
"""What needs no new beginning of the questions: nobody moves after it."""

_FOR_ANYBODY = frozenset(
    {
        *(Intent.PAUSE, Intent.STOP, Intent.UNSURE, Intent.HELP, Intent.FALLBACK),
        *(Intent.SESSION_ENDED, Intent.PERMITTED, Intent.NOT_PERMITTED),
    }
)
"""What stops or slows, or is no word of anybody's but a signal of Alexa's."""

_ACCEPTS = frozenset({Intent.YES, Intent.READY, Intent.RESUME})
"""What takes an offer up."""


class SpeakerChange(Struct, frozen=True):
    """Session as it is for the person who speaks now."""

    state: State
    event: Event
    """What was said, as far as it counts for them."""
    left: tuple[Effect, ...]
    """Effects on whom the session was with: what they had done by now, and pain."""


def is_for_anybody(event: Event, phase: ConversationPhase | str) -> bool:
    """Whether a voice that nobody recognised may say this for the person the session is with.

    Only what stops or slows. Pain and an emergency are not among it, for they count for everybody
    whom they may be about: the person, and the household too.
    """
    match event.intent:
        case Intent.REPEAT:
            # At any other time it could tell one person's day to another, or begin a stretch.
            return phase in (ConversationPhase.GUIDING, ConversationPhase.ASKING)
        case Intent.CHANGE_PACE:
            return event.pace == "slower"
    return event.intent in _FOR_ANYBODY


def change_speaker(
    content: Content, state: State, event: Event, before: Memory, now: datetime
) -> SpeakerChange:
    """Change the speaker of a session.

    Args:
        content: facts and words.
        state: where the session stands.
        event: what was just said, by somebody else than whom it was with.
        before: what is remembered of whom it was with.
        now: when it was said.
    """
    ended = respond(content, state, Event(Intent.SESSION_ENDED), before, now)
    left = respond(content, state, event, before, now) if event.intent in _STOPS_BOTH else ended
    # The person who speaks now has answered nothing, lies on no mat yet, and was told nothing.
    theirs = msgspec.structs.replace(state, cleared=None, posture="")
    if state.phase is ConversationPhase.GUIDING:
        theirs = _state_standing_still(theirs, _guidance_left_open(ended.effects))
    theirs = msgspec.structs.replace(theirs, said=theirs.said[-1:])
    if theirs.offer is not None and (own := _own_request(theirs.offer)) is not None:
        event = own if event.intent in _ACCEPTS else event
        theirs = msgspec.structs.replace(theirs, phase=ConversationPhase.IDLE, offer=None, said=())
    if state.phase is ConversationPhase.ASKING and event.intent not in _ENDS_QUESTIONS:
        theirs = msgspec.structs.replace(theirs, screening=_from_the_first_question(content))
        event = Event(Intent.REPEAT)
    return SpeakerChange(theirs, event, left.effects)


def _own_request(offer: Offer) -> Event | None:
    """What a yes to another's offer asks for; None for what would be asked in the same words."""
    match offer.kind:
        case "forget":
            return Event(Intent.FORGET_ME)
        case "more":
            return Event(Intent.PROGRESS)
        case "remind":
            return Event(Intent.REMIND_ME, time=offer.time)
        case "start" | "grow":
            return Event(Intent.START_EXERCISE, exercise=offer.plan[0].exercise)
        case "anyway" if len(offer.plan) == 1:
            return Event(Intent.START_EXERCISE, exercise=offer.plan[0].exercise)
        case "anyway":
            return Event(Intent.START_ROUTINE)
    return None


def _guidance_left_open(effects: tuple[Effect, ...]) -> Guidance | None:
    places = [effect.guidance for effect in effects if isinstance(effect, GuidanceOpen)]
    return places[-1] if places else None


def _state_standing_still(state: State, remaining: Guidance | None) -> State:
    """The state once guidance stands still: nothing of it is left to be settled."""
    if remaining is not None:
        stopped = from_anywhere(remaining)
        return msgspec.structs.replace(
            state, phase=ConversationPhase.PAUSED, guidance=stopped, offer=None
        )
    return msgspec.structs.replace(
        state,
        phase=ConversationPhase.OFFERING if state.offer else ConversationPhase.IDLE,
        guidance=None,
        said=state.guidance.tail if state.guidance else (),
    )


def _from_the_first_question(content: Content) -> Screening:
    return Screening("statement" if content.screening == "statement" else "full")
