"""Intents while guiding: what each does in the middle of an exercise, and how it goes on."""

from collections.abc import Callable

import msgspec

from skill.coach.context import TurnContext, line, name_of
from skill.coach.effects import GuidanceOpen, Preferred
from skill.coach.events import Intent
from skill.coach.faq import ANSWERS, answer_lines
from skill.coach.guidance.compiler import minutes, seconds_left
from skill.coach.guidance.deliver import guide
from skill.coach.guidance.dose import next_due
from skill.coach.guidance.plan import step_for
from skill.coach.intents.launch import listing
from skill.coach.intents.pain import doubt
from skill.coach.intents.progress import today
from skill.coach.reply import Turn
from skill.coach.state import ConversationPhase, Guidance, Offer
from skill.exercises.message_keys import exercise_keys, pace_keys
from speech.wording import Line


def _current_guidance(context: TurnContext) -> Guidance:
    guidance = context.state.guidance
    assert guidance is not None  # noqa: S101 - a state that is guiding has one, or is refused
    return guidance


def _current_exercise(context: TurnContext) -> str:
    guidance = _current_guidance(context)
    return guidance.plan[guidance.step].exercise


def resume(context: TurnContext, *lead: Line) -> Turn:
    """Go on from the start of the round in progress."""
    return guide(context, _current_guidance(context), *lead)


def aside(context: TurnContext, *lines: Line) -> Turn:
    """Say something in between; then guidance goes on, or stays paused if it was."""
    if context.state.phase is ConversationPhase.PAUSED:
        return context.wait(*lines, quiet=_pause_seconds(context))
    return resume(context, *lines)


def _pause_seconds(context: TurnContext) -> float:
    return context.content.exercises.guidance.quiet_while_paused.value


def pause(context: TurnContext) -> Turn:
    """Keep quiet until the person wants to go on."""
    return context.wait(_where_paused(context), quiet=_pause_seconds(context))


def _where_paused(context: TurnContext) -> Line:
    position = context.position
    if position is None or position.round == 0:
        return line("paused-before")
    return line("paused", round=position.round, side=position.side or "none")


def answer(context: TurnContext) -> Turn:
    """Answer a question, and then back to the same round."""
    warning = [line("if-it-hurts")] if context.intent is Intent.WHY_IT_CRACKS else []
    return aside(context, *answer_lines(context), *warning)


def how_long_left(context: TurnContext) -> Turn:
    """Which round and side, and how long is left."""
    return aside(
        context, _position_line(context), line("left-time", minutes=_minutes_left(context))
    )


def _minutes_left(context: TurnContext) -> int:
    return minutes(seconds_left(context.content, _current_guidance(context)))


def _position_line(context: TurnContext) -> Line:
    guidance, position = _current_guidance(context), context.position
    step = guidance.plan[guidance.step]
    name = name_of(step.exercise)
    if position is None or position.round == 0 or position.done:
        return line("left-before", exercise=name)
    return line(
        "left-here",
        exercise=name,
        round=position.round,
        rounds=step.rounds,
        side=position.side or "none",
    )


def change_pace(context: TurnContext) -> Turn:
    """A notch slower or faster, and on from the same round."""
    pace = notch(context)
    return aside(
        context.but(Preferred(pace), pace=pace), line(pace_keys(context.event.pace or pace).pace)
    )


def notch(context: TurnContext) -> str:
    """The pace that was asked for: normal, or one notch from the present one."""
    if context.event.pace == "normal":
        return "normal"
    paces = context.content.exercises.pace_ids
    change = -1 if context.event.pace == "slower" else 1
    index = paces.index(context.state.pace) + change
    return paces[min(max(index, 0), len(paces) - 1)]


def describe(context: TurnContext) -> Turn:
    """How it is done: the round again in full words, or another exercise's steps."""
    named = context.event.exercise
    if context.event.unknown or (named is not None and named not in context.content.exercises):
        return aside(context, line("unknown-exercise"))
    if named is not None and named != _current_exercise(context):
        # Its steps would be followed by somebody who lies there with eyes shut.
        return aside(context, line(exercise_keys(context.content.exercise(named)).about))
    guidance = _current_guidance(context)
    plan = list(guidance.plan)
    plan[guidance.step] = msgspec.structs.replace(plan[guidance.step], full=True)
    fuller = msgspec.structs.replace(guidance, plan=tuple(plan))
    return guide(context, fuller, line("how-to-move"))


def skip(context: TurnContext) -> Turn:
    """Leave this exercise for the next one."""
    guidance = _current_guidance(context)
    name = name_of(_current_exercise(context))
    if guidance.step + 1 < len(guidance.plan):
        return guide(
            context, _from_start(context, guidance.step + 1), line("skipping", exercise=name)
        )
    context = context.but(GuidanceOpen(None, context.time), guidance=None)
    following = next_due(context.content, context.done, after=guidance.plan[guidance.step].exercise)
    if following is None:
        return context.ask(line("nothing-after"), line("ask-anything-else"))
    offer = Offer("start", (step_for(context, following),))
    prompt = line("ask-next", exercise=name_of(following.id))
    return context.ask(line("skipping", exercise=name), prompt, offer=offer)


def back(context: TurnContext) -> Turn:
    """The exercise before; the first one begins again."""
    guidance = _current_guidance(context)
    if guidance.step == 0:
        return guide(context, _from_start(context, 0), line("nothing-before"))
    before = guidance.step - 1
    name = name_of(guidance.plan[before].exercise)
    return guide(context, _from_start(context, before), line("back-to", exercise=name))


def start_over(context: TurnContext) -> Turn:
    """This exercise from its first round."""
    name = name_of(_current_exercise(context))
    again = _from_start(context, _current_guidance(context).step)
    return guide(context, again, line("again-from-start", exercise=name))


def _from_start(context: TurnContext, step: int) -> Guidance:
    """The plan from the beginning of a step, in the posture that the person is in."""
    return msgspec.structs.replace(_current_guidance(context), step=step, round=1, entry="start")


def help_in_the_middle(context: TurnContext) -> Turn:
    """What can be said now; guidance waits."""
    return context.wait(line("help-guiding"), quiet=_pause_seconds(context))


def missed(context: TurnContext) -> Turn:
    """Not understood in the middle: rest, for it may have been pain."""
    count = context.state.missed + 1
    key = f"missed-guiding-{min(count, 3)}"
    return context.but(missed=count).wait(line(key), quiet=_pause_seconds(context))


def offer_to_carry_on(context: TurnContext) -> Turn:
    """Somebody opened the skill again in the middle of guidance."""
    return context.wait(_where_paused(context), quiet=_pause_seconds(context))


def decline(context: TurnContext) -> Turn:
    """No, while paused: leave it there. The position is kept."""
    return context.close(line("left-it"), line("goodbye"))


def progress(context: TurnContext) -> Turn:
    """What was done today, and then on."""
    return aside(context, *today(context))


def the_list(context: TurnContext) -> Turn:
    """All exercises, and then on."""
    return aside(context, *listing(context))


def put_off_until_after(context: TurnContext) -> Turn:
    """Something that can wait until the stretch is over."""
    return aside(context, line("after-the-stretch"))


CONTROLS: dict[Intent, Callable[[TurnContext], Turn]] = {
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
    Intent.REMIND_ME: put_off_until_after,
    Intent.FORGET_ME: put_off_until_after,
    Intent.CANCEL_REMINDERS: put_off_until_after,
    Intent.PERMITTED: put_off_until_after,
    Intent.NOT_PERMITTED: put_off_until_after,
    Intent.ACTION_DONE: put_off_until_after,
    **dict.fromkeys(ANSWERS, answer),
}
"""What each intent does while guidance is under way. Others mean the same as at any time."""

WHILE_PAUSED: dict[Intent, Callable[[TurnContext], Turn]] = {**CONTROLS, Intent.NO: decline}
