"""Intents at any time, outside a safety question."""

from collections.abc import Callable

import msgspec

from skill.coach.context import TurnContext, line, name_of
from skill.coach.effects import Preferred
from skill.coach.events import Intent
from skill.coach.faq import ANSWERS, answer_lines
from skill.coach.guidance.compiler import minutes
from skill.coach.guidance.deliver import ceiling_reached, guide, start
from skill.coach.guidance.dose import is_enough, may_do
from skill.coach.guidance.plan import grown_rounds, length, routine, step_for, usual_rounds
from skill.coach.intents import reminders
from skill.coach.intents.launch import from_anywhere, launch, left_underway, list_exercises, suggest
from skill.coach.intents.progress import in_all, streak, today
from skill.coach.intents.while_guiding import notch
from skill.coach.reply import Card, Turn
from skill.coach.screening.clearance import Needed, needed, withdrawn
from skill.coach.screening.questions import screen
from skill.coach.state import ConversationPhase, Guidance, Offer, Step
from skill.exercises import Exercise
from skill.exercises.message_keys import exercise_keys
from speech.wording import Line


def start_exercise(context: TurnContext) -> Turn:
    """Begin the named exercise, within its dose."""
    event = context.event
    if event.exercise is None or event.exercise not in context.content.exercises:
        return _ask_which(context)
    exercise = context.content.exercise(event.exercise)
    if not may_do(exercise, context.done):
        return ceiling_reached(context, exercise)
    step = step_for(context, exercise, event.repetitions)
    if is_enough(exercise, context.done):
        count = context.done.sessions[exercise.id]
        return context.ask(
            line("enough-today", exercise=name_of(exercise.id), count=count),
            line("ask-anyway"),
            offer=Offer("anyway", (step,)),
        )
    if event.repetitions is None:
        return start_or_grow(context, step)
    if exercise.most_in_a_day is not None and step.rounds > usual_rounds(context, exercise):
        return _warn_of_many(context, exercise, step)
    if step.rounds < event.repetitions:
        held_back = line("most-in-a-session", most=step.rounds, exercise=name_of(exercise.id))
        return start(context, (step,), held_back)
    return start(context, (step,))


def _ask_which(context: TurnContext) -> Turn:
    """No exercise was named, or none of ours."""
    which = line("which-exercise", count=len(context.content.exercises.ids))
    told = line("unknown-exercise") if context.event.unknown else which
    return context.ask(told, line("ask-which"))


def _warn_of_many(context: TurnContext, exercise: Exercise, step: Step) -> Turn:
    """More rounds than the person has built up to: they are told, and asked."""
    usual = usual_rounds(context, exercise)
    told = line("usual-rounds", exercise=name_of(exercise.id), usual=usual)
    prompt = line("ask-so-many", rounds=step.rounds)
    return context.ask(told, prompt, offer=Offer("anyway", (step,)))


def start_or_grow(context: TurnContext, step: Step) -> Turn:
    """Begin one exercise; after enough good days in a row, offer more rounds of it first."""
    exercise = context.content.exercise(step.exercise)
    more = grown_rounds(context, exercise)
    if more is None:
        return start(context, (step,))
    grown = msgspec.structs.replace(step, rounds=more)
    praise = line(
        "grown-enough",
        exercise=name_of(exercise.id),
        days=int(context.content.exercises.guidance.good_days_to_grow),
    )
    return context.ask(praise, line("ask-grow", rounds=more), offer=Offer("grow", (grown,)))


def start_routine(context: TurnContext) -> Turn:
    """Put a routine together by time and posture, say what is coming, and ask once."""
    event = context.event
    if event.unknown:
        postures = [name_of(posture.id) for posture in context.content.exercises.posture]
        return context.ask(line("unknown-posture", postures=postures), line("ask-which"))
    plan = routine(context, event.posture, event.duration)
    if not plan:
        return context.ask(line("all-done-today"), line("ask-anything-else"))
    if all(is_enough(context.content.exercise(step.exercise), context.done) for step in plan):
        return context.ask(line("all-done-today"), line("ask-anyway"), offer=Offer("anyway", plan))
    if needed(context) is not Needed.NONE:
        wanted = Guidance(plan, pace=context.state.pace)
        return screen(context, wanted, announce=True)
    return announce(context, plan)


def announce(context: TurnContext, plan: tuple[Step, ...], *before: Line) -> Turn:
    """Say what is coming and how long it takes, and ask whether to begin."""
    seconds = length(context, plan)
    lines = [*before]
    if context.event.duration is not None and seconds > context.event.duration:
        lines.append(line("routine-too-short", minutes=minutes(seconds)))
    names = [name_of(step.exercise) for step in plan]
    lines.append(line("routine", count=len(plan), exercises=names, minutes=minutes(seconds)))
    return context.ask(*lines, line("ask-begin"), offer=Offer("begin", plan))


def describe(context: TurnContext) -> Turn:
    """What an exercise is; its steps only for somebody who is cleared."""
    named = context.event.exercise
    if named is None or named not in context.content.exercises:
        return _ask_which(context)
    exercise = context.content.exercise(named)
    offer = Offer("start", (step_for(context, exercise),))
    prompt, keys = line("ask-start-next", exercise=name_of(named)), exercise_keys(exercise)
    if needed(context) is Needed.NONE:
        words = context.content.words
        card = Card(words(keys.title), words(keys.steps))
        steps = (line("goes-like-this", exercise=name_of(named)), line(keys.steps))
        return context.ask(*steps, line("how-to-move"), prompt, offer=offer, card=card)
    dose = line("about-dose", sessions=int(exercise.sessions))
    return context.ask(line(keys.about), dose, line("steps-after-questions"), prompt, offer=offer)


def answer(context: TurnContext) -> Turn:
    """Answer a question; an offer that stood open stands open again."""
    if (
        context.state.phase is ConversationPhase.OFFERING
        and context.intent not in _AGAINST_EXERCISE
    ):
        return context.ask_again(*answer_lines(context))
    return context.ask(*answer_lines(context), line("ask-anything-else"))


_AGAINST_EXERCISE = frozenset(
    {Intent.WHEN_TO_AVOID, Intent.WHEN_TO_SEE_DOCTOR, Intent.CHRONIC_PAIN}
)
"""Questions after whose answer no exercise is offered."""


def change_pace(context: TurnContext) -> Turn:
    """Remember a pace for what comes."""
    pace = notch(context)
    changed = context.but(Preferred(pace), pace=pace)
    return changed.ask_again(line("pace-noted", pace=pace))


def resume(context: TurnContext) -> Turn:
    """Go on with what was left, in this session or an earlier one."""
    underway = left_underway(context)
    if underway is None:
        return nothing_under_way(context)
    return guide(context, from_anywhere(underway))


def nothing_under_way(context: TurnContext) -> Turn:
    """A word for the middle of an exercise, and there is none."""
    return context.ask_again(line("nothing-under-way"))


def repeat(context: TurnContext) -> Turn:
    """The last thing once more."""
    said = context.state.said or (line("ask-anything"),)
    if needed(context) is not Needed.NONE:
        # What was said may have been the steps, and midnight has passed since.
        said = said[-1:]
    return context.ask(*said, offer=context.state.offer, phase=context.state.phase)


def progress(context: TurnContext) -> Turn:
    """What was done today and how the streak stands; more on request."""
    if not context.memory.habit.days:
        return suggest(context, *today(context))
    return context.ask(*today(context), *streak(context), line("ask-more"), offer=Offer("more"))


def more_progress(context: TurnContext) -> Turn:
    """The week, the longest streak and the totals, and then what comes next."""
    return suggest(context, *in_all(context))


def forget_me(context: TurnContext) -> Turn:
    """Ask once before erasing."""
    return context.ask(line("ask-forget"), offer=Offer("forget"))


def help_now(context: TurnContext) -> Turn:
    """What can be said at this point."""
    if context.state.phase is ConversationPhase.OFFERING:
        return context.ask_again(line("help-offering"))
    told = line("help-idle", count=len(context.content.exercises.ids))
    return context.ask(told, line("ask-anything"))


def unsure(context: TurnContext) -> Turn:
    """Not sure, or a reason against exercise, with nothing going on: advice, no exercise."""
    return withdrawn(context).ask(
        line("advice-doubt"), line("asked-anew"), line("ask-anything-else")
    )


def missed(context: TurnContext) -> Turn:
    """Not understood: an apology, then another word, then help with examples."""
    count = context.state.missed + 1
    return context.but(missed=count).ask_again(line(f"missed-{min(count, 3)}"))


def which(context: TurnContext) -> Turn:
    """A yes to an open question."""
    return context.ask(line("ask-which"))


def goodbye(context: TurnContext) -> Turn:
    """Nothing more for now."""
    return context.close(line("goodbye"))


REQUESTS: dict[Intent, Callable[[TurnContext], Turn]] = {
    Intent.LAUNCH: launch,
    Intent.START_EXERCISE: start_exercise,
    Intent.START_ROUTINE: start_routine,
    Intent.LIST: list_exercises,
    Intent.DESCRIBE: describe,
    Intent.SUGGEST: suggest,
    Intent.CHANGE_PACE: change_pace,
    Intent.HOW_LONG_LEFT: nothing_under_way,
    Intent.PROGRESS: progress,
    Intent.REMIND_ME: reminders.remind_me,
    Intent.CANCEL_REMINDERS: reminders.cancel,
    Intent.PERMITTED: reminders.permitted,
    Intent.NOT_PERMITTED: reminders.not_permitted,
    Intent.ACTION_DONE: reminders.came_back,
    Intent.FORGET_ME: forget_me,
    Intent.YES: which,
    Intent.NO: goodbye,
    Intent.READY: which,
    Intent.UNSURE: unsure,
    Intent.PAUSE: nothing_under_way,
    Intent.RESUME: resume,
    Intent.NEXT: suggest,
    Intent.PREVIOUS: nothing_under_way,
    Intent.START_OVER: nothing_under_way,
    Intent.REPEAT: repeat,
    Intent.HELP: help_now,
    Intent.FALLBACK: missed,
    **dict.fromkeys(ANSWERS, answer),
}
"""What each intent does when no question and no guidance stands in the way."""
