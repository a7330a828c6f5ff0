"""Opening the skill, and what to suggest when nobody has asked for anything."""

import msgspec

from skill.coach.context import Moment, line, name_of
from skill.coach.guidance.plan import step_for
from skill.coach.intents.progress import next_due
from skill.coach.reply import Turn
from skill.coach.state import Guidance, Offer
from speech.wording import Line

_SECONDS_PER_HOUR = 3600


def launch(moment: Moment) -> Turn:
    """Greet, and offer what fits: to carry on, the next stretch, or the first one."""
    memory = moment.memory
    if memory.fully_cleared is None and not memory.voided:
        return _first_time(moment)
    greeting = line("welcome-back")
    underway = left_underway(moment)
    if underway is not None:
        return offer_underway(moment, underway, greeting)
    return suggest(moment, greeting)


def _first_time(moment: Moment) -> Turn:
    first = moment.knows.routines.exercise[0]
    offer = Offer("start", (step_for(moment, first),))
    return moment.ask(line("welcome-first"), line("ask-first"), offer=offer)


def left_underway(moment: Moment) -> Guidance | None:
    """Guidance that was interrupted, if it is recent enough to carry on with."""
    memory = moment.memory
    if moment.state.guidance is not None:
        return moment.state.guidance
    if memory.underway is None or memory.underway_at is None:
        return None
    hours = moment.knows.routines.guidance.carry_on_within_hours.value
    age = moment.time - memory.underway_at
    return memory.underway if 0 <= age <= hours * _SECONDS_PER_HOUR else None


def offer_underway(moment: Moment, underway: Guidance, *before: Line) -> Turn:
    """Offer to carry on in the round where guidance stopped."""
    place = line(
        "carry-on-from",
        round=underway.round,
        exercise=name_of(underway.plan[underway.step].exercise),
    )
    moment = moment.but(guidance=from_anywhere(underway))
    return moment.ask(*before, place, line("ask-carry-on"), offer=Offer("carry-on"))


def from_anywhere(guidance: Guidance) -> Guidance:
    """The same guidance for somebody who has got up in the meantime."""
    return msgspec.structs.replace(guidance, posture="", started=None)


def suggest(moment: Moment, *before: Line) -> Turn:
    """Offer what is due next today; nothing after a stop for pain or doubt."""
    if moment.memory.voided:
        return moment.ask(*before, line("after-a-stop"), line("ask-anything"))
    exercise = next_due(moment.knows, moment.done)
    if exercise is None:
        return moment.ask(*before, line("all-done-today"), line("ask-anything-else"))
    done = moment.done.sessions.get(exercise.id, 0)
    offer = Offer("start", (step_for(moment, exercise),))
    return moment.ask(
        *before,
        line("suggestion", count=done, exercise=name_of(exercise.id)),
        line("ask-start-next", exercise=name_of(exercise.id)),
        offer=offer,
    )


def list_exercises(moment: Moment) -> Turn:
    """All exercises, by posture."""
    return moment.ask(listing(moment), line("ask-which"))


def listing(moment: Moment) -> Line:
    """The sentence that names all exercises by posture."""
    lying, kneeling, seated = (
        [name_of(e.id) for e in moment.knows.routines.exercise if e.posture == posture.id]
        for posture in moment.knows.routines.posture
    )
    return line("list", lying=lying, kneeling=kneeling, seated=seated)
