"""Intents while offering: what a yes, a no or something else does to an open offer."""

from collections.abc import Callable

import msgspec

from skill.coach.context import TurnContext, line, name_of
from skill.coach.effects import GoalRaised, GuidanceOpen
from skill.coach.events import Intent
from skill.coach.guidance.compiler import minutes, seconds_left, steps_seconds
from skill.coach.guidance.deliver import guide, start
from skill.coach.guidance.dose import next_due
from skill.coach.guidance.plan import step_for, usual_rounds
from skill.coach.intents.anytime import more_progress, nothing_under_way, start_or_grow
from skill.coach.intents.launch import suggest
from skill.coach.intents.pain import doubt
from skill.coach.intents.reminders import agreed, forget
from skill.coach.reply import Turn
from skill.coach.screening.clearance import withdrawn
from skill.coach.state import Offer


def _open_offer(context: TurnContext) -> Offer:
    offer = context.state.offer
    assert offer is not None  # noqa: S101 - a state that is offering has one, or is refused
    return offer


def accept(context: TurnContext) -> Turn:
    """Do what was offered."""
    offer, guidance = _open_offer(context), context.state.guidance
    if offer.kind in _DIFFERENT:
        return _DIFFERENT[offer.kind](context)
    if guidance is not None and offer.kind in ("carry-on", "go-on"):
        return guide(context, guidance)
    if offer.kind == "start":
        return start_or_grow(context, offer.plan[0])
    return start(context, offer.plan)


def decline(context: TurnContext) -> Turn:
    """Leave the offer."""
    offer = _open_offer(context)
    if offer.kind == "forget":
        return context.close(line("not-forgotten"), line("goodbye"))
    if offer.kind == "grow":
        return _keep_usual_rounds(context)
    if offer.kind == "more":
        return suggest(context)
    if offer.kind == "carry-on":
        context = context.but(GuidanceOpen(None, context.time))
    return context.close(line("left-it"), line("goodbye"))


def doubt_it(context: TurnContext) -> Turn:
    """Not sure: about an exercise it counts as not safe, about all else as a no."""
    return (
        doubt(context) if _open_offer(context).kind in _OF_EXERCISE else decline(withdrawn(context))
    )


def _agree_to_more_rounds(context: TurnContext) -> Turn:
    """The person agreed to more rounds, from now on."""
    step = _open_offer(context).plan[0]
    return start(context.but(GoalRaised(step.exercise, step.rounds)), (step,))


def _keep_usual_rounds(context: TurnContext) -> Turn:
    """No more rounds than before; it is asked again only after as many good days."""
    exercise = context.content.exercise(_open_offer(context).plan[0].exercise)
    rounds = usual_rounds(context, exercise)
    return start(context.but(GoalRaised(exercise.id, rounds)), (step_for(context, exercise),))


_OF_EXERCISE = frozenset({"start", "anyway", "begin", "grow", "carry-on", "go-on"})

_DIFFERENT: dict[str, Callable[[TurnContext], Turn]] = {
    "forget": forget,
    "more": more_progress,
    "grow": _agree_to_more_rounds,
    "remind": agreed,
}
"""Offers of something else than guidance."""


def wait(context: TurnContext) -> Turn:
    """Give the person time; the offer stands."""
    return context.ask_again(line("question-take-your-time"))


def pass_over(context: TurnContext) -> Turn:
    """Next: the exercise after the one that was offered."""
    offer, guidance = _open_offer(context), context.state.guidance
    if offer.kind == "go-on" and guidance is not None and guidance.step + 1 < len(guidance.plan):
        later = msgspec.structs.replace(guidance, step=guidance.step + 1, round=1, entry="start")
        return guide(context, later)
    if not offer.plan:
        return wait(context)
    following = next_due(context.content, context.done, after=offer.plan[0].exercise)
    if following is None:
        return context.ask(line("nothing-after"), line("ask-anything-else"))
    instead = Offer("start", (step_for(context, following),))
    return context.ask(line("ask-next", exercise=name_of(following.id)), offer=instead)


def how_long(context: TurnContext) -> Turn:
    """How long what is offered takes, or how long is left of it; the offer stands."""
    offer, guidance = _open_offer(context), context.state.guidance
    if offer.plan:
        # One exercise takes as long as its title is about to say.
        is_routine = len(offer.plan) > 1
        pace, posture = context.state.pace, context.state.posture
        seconds = steps_seconds(context.content, offer.plan, pace, posture, titled=is_routine)
        return context.ask_again(line("takes-time", minutes=minutes(seconds)))
    if guidance is not None and offer.kind in _OF_EXERCISE:
        left = minutes(seconds_left(context.content, guidance))
        return context.ask_again(line("left-time", minutes=left))
    return nothing_under_way(context)


OFFERS: dict[Intent, Callable[[TurnContext], Turn]] = {
    Intent.YES: accept,
    Intent.READY: accept,
    Intent.RESUME: accept,
    Intent.NO: decline,
    Intent.UNSURE: doubt_it,
    Intent.PAUSE: wait,
    Intent.NEXT: pass_over,
    Intent.HOW_LONG_LEFT: how_long,
}
"""What each intent does to an offer. Others mean the same as at any time."""
