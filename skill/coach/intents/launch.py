"""Launch: the greeting, and what to suggest when nobody has asked for anything."""

import msgspec

from skill.coach.context import TurnContext, line, name_of
from skill.coach.guidance.dose import next_due
from skill.coach.guidance.plan import step_for
from skill.coach.reply import Turn
from skill.coach.state import Guidance, Offer
from speech.wording import Line

_SECONDS_PER_HOUR = 3600


def launch(context: TurnContext) -> Turn:
    """Greet, and offer what fits: to carry on, the next stretch, or the first one."""
    memory = context.memory
    if memory.fully_cleared is None and not memory.voided:
        return _first_time(context)
    greeting = line("welcome-back")
    underway = left_underway(context)
    if underway is not None:
        return offer_underway(context, underway, greeting)
    return suggest(context, greeting)


def _first_time(context: TurnContext) -> Turn:
    first = context.content.exercises.exercise[0]
    offer = Offer("start", (step_for(context, first),))
    welcome = line("welcome-first", count=len(context.content.exercises.ids))
    return context.ask(welcome, line("ask-first"), offer=offer)


def left_underway(context: TurnContext) -> Guidance | None:
    """Guidance that was interrupted, if it is recent enough to carry on with."""
    memory = context.memory
    if context.state.guidance is not None:
        return context.state.guidance
    if memory.underway is None or memory.underway_at is None:
        return None
    hours = context.content.exercises.guidance.carry_on_within_hours.value
    age = context.time - memory.underway_at
    return memory.underway if 0 <= age <= hours * _SECONDS_PER_HOUR else None


def offer_underway(context: TurnContext, underway: Guidance, *before: Line) -> Turn:
    """Offer to carry on in the round where guidance stopped."""
    place = line(
        "carry-on-from",
        round=underway.round,
        exercise=name_of(underway.plan[underway.step].exercise),
    )
    context = context.but(guidance=from_anywhere(underway))
    return context.ask(*before, place, line("ask-carry-on"), offer=Offer("carry-on"))


def from_anywhere(guidance: Guidance) -> Guidance:
    """The same guidance for somebody who has got up in the meantime."""
    return msgspec.structs.replace(guidance, posture="", started=None)


def suggest(context: TurnContext, *before: Line) -> Turn:
    """Offer what is due next today; nothing after a stop for pain or doubt."""
    if context.memory.voided:
        return context.ask(*before, line("after-a-stop"), line("ask-anything"))
    exercise = next_due(context.content, context.done)
    if exercise is None:
        return context.ask(*before, line("all-done-today"), line("ask-anything-else"))
    done = context.done.sessions.get(exercise.id, 0)
    offer = Offer("start", (step_for(context, exercise),))
    return context.ask(
        *before,
        line("suggestion", count=done, exercise=name_of(exercise.id)),
        line("ask-start-next", exercise=name_of(exercise.id)),
        offer=offer,
    )


def list_exercises(context: TurnContext) -> Turn:
    """All exercises, by posture."""
    return context.ask(*listing(context), line("ask-which"))


def listing(context: TurnContext) -> tuple[Line, ...]:
    """How many exercises there are, and for each posture a sentence that names them."""
    routines = context.content.exercises
    names = {
        posture.id: [name_of(e.id) for e in routines.exercise if e.posture == posture.id]
        for posture in routines.posture
    }
    used = [posture for posture, exercises in names.items() if exercises]
    lines = [line("list", count=len(routines.ids))]
    for posture in used:
        is_last = len(used) > 1 and posture == used[-1]
        key = "list-last-posture" if is_last else "list-posture"
        lines.append(line(key, posture=name_of(posture), exercises=names[posture]))
    return tuple(lines)
