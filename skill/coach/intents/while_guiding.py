"""What can be said in the middle of guidance, and how it goes on afterwards."""

from collections.abc import Callable

import msgspec

from skill.coach.context import Moment, line, name_of
from skill.coach.events import Intent
from skill.coach.faq import ANSWERS, answer_lines
from skill.coach.guidance.compiler import minutes, seconds_left
from skill.coach.guidance.deliver import guide
from skill.coach.guidance.plan import step_for
from skill.coach.intents.launch import listing
from skill.coach.intents.progress import next_due, today
from skill.coach.memory import Preferred, Underway
from skill.coach.reply import Turn
from skill.coach.screening.questions import doubt
from skill.coach.state import Guidance, Offer, Phase
from speech.wording import Line


def _current(moment: Moment) -> Guidance:
    guidance = moment.state.guidance
    assert guidance is not None  # noqa: S101 - a state that is guiding has one, or is refused
    return guidance


def _exercise(moment: Moment) -> str:
    guidance = _current(moment)
    return guidance.plan[guidance.step].exercise


def resume(moment: Moment, *lead: Line) -> Turn:
    """Go on from the start of the round in progress."""
    return guide(moment, _current(moment), *lead)


def aside(moment: Moment, *lines: Line) -> Turn:
    """Say something in between; then guidance goes on, or stays paused if it was."""
    if moment.state.phase is Phase.PAUSED:
        return moment.wait(*lines, quiet=_quiet(moment))
    return resume(moment, *lines)


def _quiet(moment: Moment) -> float:
    return moment.knows.routines.guidance.quiet_while_paused.value


def pause(moment: Moment) -> Turn:
    """Keep quiet until the person wants to go on."""
    return moment.wait(_where_paused(moment), quiet=_quiet(moment))


def _where_paused(moment: Moment) -> Line:
    place = moment.place
    if place is None or place.round == 0:
        return line("paused-before")
    return line("paused", round=place.round, side=place.side or "none")


def answer(moment: Moment) -> Turn:
    """Answer a question, and then back to the same round."""
    warning = [line("if-it-hurts")] if moment.intent is Intent.WHY_IT_CRACKS else []
    return aside(moment, *answer_lines(moment), *warning)


def how_long_left(moment: Moment) -> Turn:
    """Which round and side, and how long is left."""
    return aside(moment, _where(moment), line("left-time", minutes=_minutes_left(moment)))


def _minutes_left(moment: Moment) -> int:
    return minutes(seconds_left(moment.knows, _current(moment)))


def _where(moment: Moment) -> Line:
    guidance, place = _current(moment), moment.place
    step = guidance.plan[guidance.step]
    name = name_of(step.exercise)
    if place is None or place.round == 0 or place.done:
        return line("left-before", exercise=name)
    return line(
        "left-here",
        exercise=name,
        round=place.round,
        rounds=step.rounds,
        side=place.side or "none",
    )


def change_pace(moment: Moment) -> Turn:
    """A notch slower or faster, and on from the same round."""
    pace = notch(moment)
    return aside(moment.but(Preferred(pace), pace=pace), line(f"pace-{moment.event.pace}"))


def notch(moment: Moment) -> str:
    """The pace that was asked for: normal, or one notch from the present one."""
    if moment.event.pace == "normal":
        return "normal"
    paces = moment.knows.routines.pace_ids
    change = -1 if moment.event.pace == "slower" else 1
    index = paces.index(moment.state.pace) + change
    return paces[min(max(index, 0), len(paces) - 1)]


def describe(moment: Moment) -> Turn:
    """How it is done: the round again in full words, or another exercise's steps."""
    named = moment.event.exercise
    if moment.event.unknown or (named is not None and named not in moment.knows.routines):
        return aside(moment, line("unknown-exercise"))
    if named is not None and named != _exercise(moment):
        # Its steps would be followed by somebody who lies there with eyes shut.
        return aside(moment, line(f"{named}-about"))
    guidance = _current(moment)
    plan = list(guidance.plan)
    plan[guidance.step] = msgspec.structs.replace(plan[guidance.step], full=True)
    fuller = msgspec.structs.replace(guidance, plan=tuple(plan))
    return guide(moment, fuller, line("how-to-move"))


def skip(moment: Moment) -> Turn:
    """Leave this exercise for the next one."""
    guidance = _current(moment)
    name = name_of(_exercise(moment))
    if guidance.step + 1 < len(guidance.plan):
        return guide(
            moment, _from_start(moment, guidance.step + 1), line("skipping", exercise=name)
        )
    moment = moment.but(Underway(None, moment.time), guidance=None)
    following = next_due(moment.knows, moment.done, after=guidance.plan[guidance.step].exercise)
    if following is None:
        return moment.ask(line("nothing-after"), line("ask-anything-else"))
    offer = Offer("start", (step_for(moment, following),))
    prompt = line("ask-next", exercise=name_of(following.id))
    return moment.ask(line("skipping", exercise=name), prompt, offer=offer)


def back(moment: Moment) -> Turn:
    """The exercise before; the first one begins again."""
    guidance = _current(moment)
    if guidance.step == 0:
        return guide(moment, _from_start(moment, 0), line("nothing-before"))
    before = guidance.step - 1
    name = name_of(guidance.plan[before].exercise)
    return guide(moment, _from_start(moment, before), line("back-to", exercise=name))


def start_over(moment: Moment) -> Turn:
    """This exercise from its first round."""
    name = name_of(_exercise(moment))
    again = _from_start(moment, _current(moment).step)
    return guide(moment, again, line("again-from-start", exercise=name))


def _from_start(moment: Moment, step: int) -> Guidance:
    """The plan from the beginning of a step, by somebody who is in this step's posture."""
    guidance = _current(moment)
    posture = moment.knows.exercise(_exercise(moment)).posture
    return msgspec.structs.replace(guidance, step=step, round=1, entry="start", posture=posture)


def help_in_the_middle(moment: Moment) -> Turn:
    """What can be said now; guidance waits."""
    return moment.wait(line("help-guiding"), quiet=_quiet(moment))


def missed(moment: Moment) -> Turn:
    """Not understood in the middle: rest, for it may have been pain."""
    count = moment.state.missed + 1
    key = f"missed-guiding-{min(count, 3)}"
    return moment.but(missed=count).wait(line(key), quiet=_quiet(moment))


def offer_to_carry_on(moment: Moment) -> Turn:
    """Somebody opened the skill again in the middle of guidance."""
    return moment.wait(_where_paused(moment), quiet=_quiet(moment))


def decline(moment: Moment) -> Turn:
    """No, while paused: leave it there. The place is kept."""
    return moment.close(line("left-it"), line("goodbye"))


def progress(moment: Moment) -> Turn:
    """What was done today, and then on."""
    return aside(moment, *today(moment))


def the_list(moment: Moment) -> Turn:
    """All exercises, and then on."""
    return aside(moment, listing(moment))


def later(moment: Moment) -> Turn:
    """Something that can wait until the stretch is over."""
    return aside(moment, line("after-the-stretch"))


CONTROLS: dict[Intent, Callable[[Moment], Turn]] = {
    Intent.PAUSE: pause,
    Intent.RESUME: resume,
    Intent.YES: resume,
    Intent.READY: resume,
    Intent.NO: pause,
    Intent.REPEAT: resume,
    Intent.NEXT: skip,
    Intent.PREVIOUS: back,
    Intent.START_OVER: start_over,
    Intent.CHANGE_PACE: change_pace,
    Intent.HOW_LONG_LEFT: how_long_left,
    Intent.DESCRIBE: describe,
    Intent.HELP: help_in_the_middle,
    Intent.FALLBACK: missed,
    Intent.UNSURE: doubt,
    Intent.LAUNCH: offer_to_carry_on,
    Intent.PROGRESS: progress,
    Intent.LIST: the_list,
    Intent.REMIND_ME: later,
    Intent.FORGET_ME: later,
    Intent.CANCEL_REMINDERS: later,
    Intent.PERMITTED: later,
    Intent.NOT_PERMITTED: later,
    Intent.ERRAND_DONE: later,
    **dict.fromkeys(ANSWERS, answer),
}
"""What each intent does while guidance is under way. Others mean the same as at any time."""

WHILE_PAUSED: dict[Intent, Callable[[Moment], Turn]] = {**CONTROLS, Intent.NO: decline}
