"""What can be asked for at any time outside a safety question."""

from collections.abc import Callable

import msgspec

from skill.coach.context import Moment, line, name_of
from skill.coach.events import Intent
from skill.coach.faq import ANSWERS, answer_lines
from skill.coach.guidance.compiler import minutes
from skill.coach.guidance.deliver import ceiling_reached, guide, start
from skill.coach.guidance.plan import grown_rounds, length, routine, step_for, usual_rounds
from skill.coach.intents import reminders
from skill.coach.intents.launch import from_anywhere, launch, left_underway, list_exercises, suggest
from skill.coach.intents.progress import in_all, is_enough, may_do, streak, today
from skill.coach.intents.while_guiding import notch
from skill.coach.memory import Preferred
from skill.coach.reply import Card, Turn
from skill.coach.screening.clearance import Needed, needed
from skill.coach.screening.questions import screen, withdrawn
from skill.coach.state import Guidance, Offer, Phase, Step
from skill.exercises import Exercise
from speech.wording import Line


def start_exercise(moment: Moment) -> Turn:
    """Begin the named exercise, within its dose."""
    event = moment.event
    if event.exercise is None or event.exercise not in moment.knows.routines:
        key = "unknown-exercise" if event.unknown else "which-exercise"
        return moment.ask(line(key), line("ask-which"))
    exercise = moment.knows.exercise(event.exercise)
    if not may_do(exercise, moment.done):
        return ceiling_reached(moment, exercise)
    step = step_for(moment, exercise, event.repetitions)
    if is_enough(exercise, moment.done):
        count = moment.done.sessions[exercise.id]
        return moment.ask(
            line("enough-today", exercise=name_of(exercise.id), count=count),
            line("ask-anyway"),
            offer=Offer("anyway", (step,)),
        )
    if event.repetitions is None:
        return start_or_grow(moment, step)
    if exercise.most_in_a_day is not None and step.rounds > usual_rounds(moment, exercise):
        return _warn_of_many(moment, exercise, step)
    if step.rounds < event.repetitions:
        held_back = line("most-in-a-session", most=step.rounds, exercise=name_of(exercise.id))
        return start(moment, (step,), held_back)
    return start(moment, (step,))


def _warn_of_many(moment: Moment, exercise: Exercise, step: Step) -> Turn:
    """More rounds than the person has built up to: they are told, and asked."""
    usual = usual_rounds(moment, exercise)
    told = line("usual-rounds", exercise=name_of(exercise.id), usual=usual)
    prompt = line("ask-so-many", rounds=step.rounds)
    return moment.ask(told, prompt, offer=Offer("anyway", (step,)))


def start_or_grow(moment: Moment, step: Step) -> Turn:
    """Begin one exercise; after enough good days in a row, offer more rounds of it first."""
    exercise = moment.knows.exercise(step.exercise)
    more = grown_rounds(moment, exercise)
    if more is None:
        return start(moment, (step,))
    grown = msgspec.structs.replace(step, rounds=more)
    praise = line(
        "grown-enough",
        exercise=name_of(exercise.id),
        days=int(moment.knows.routines.guidance.good_days_to_grow),
    )
    return moment.ask(praise, line("ask-grow", rounds=more), offer=Offer("grow", (grown,)))


def start_routine(moment: Moment) -> Turn:
    """Put a routine together by time and posture, say what is coming, and ask once."""
    event = moment.event
    if event.unknown:
        return moment.ask(line("unknown-posture"), line("ask-which"))
    plan = routine(moment, event.posture, event.duration)
    if not plan:
        return moment.ask(line("all-done-today"), line("ask-anything-else"))
    if all(is_enough(moment.knows.exercise(step.exercise), moment.done) for step in plan):
        return moment.ask(line("all-done-today"), line("ask-anyway"), offer=Offer("anyway", plan))
    if needed(moment) is not Needed.NONE:
        wanted = Guidance(plan, pace=moment.state.pace)
        return screen(moment, wanted, announce=True)
    return announce(moment, plan)


def announce(moment: Moment, plan: tuple[Step, ...], *before: Line) -> Turn:
    """Say what is coming and how long it takes, and ask whether to begin."""
    seconds = length(moment, plan)
    lines = [*before]
    if moment.event.duration is not None and seconds > moment.event.duration:
        lines.append(line("routine-too-short", minutes=minutes(seconds)))
    names = [name_of(step.exercise) for step in plan]
    lines.append(line("routine", count=len(plan), exercises=names, minutes=minutes(seconds)))
    return moment.ask(*lines, line("ask-begin"), offer=Offer("begin", plan))


def describe(moment: Moment) -> Turn:
    """What an exercise is; its steps only for somebody who is cleared."""
    named = moment.event.exercise
    if named is None or named not in moment.knows.routines:
        key = "unknown-exercise" if moment.event.unknown else "which-exercise"
        return moment.ask(line(key), line("ask-which"))
    exercise = moment.knows.exercise(named)
    offer = Offer("start", (step_for(moment, exercise),))
    prompt = line("ask-start-next", exercise=name_of(named))
    if needed(moment) is Needed.NONE:
        words = moment.knows.words
        card = Card(words(f"{named}-title"), words(f"{named}-steps"))
        steps = (line("goes-like-this", exercise=name_of(named)), line(f"{named}-steps"))
        return moment.ask(*steps, line("how-to-move"), prompt, offer=offer, card=card)
    dose = line("about-dose", sessions=int(exercise.sessions))
    return moment.ask(
        line(f"{named}-about"), dose, line("steps-after-questions"), prompt, offer=offer
    )


def answer(moment: Moment) -> Turn:
    """Answer a question; an offer that stood open stands open again."""
    if moment.state.phase is Phase.OFFERING and moment.intent not in _AGAINST_EXERCISE:
        return moment.ask_again(*answer_lines(moment))
    return moment.ask(*answer_lines(moment), line("ask-anything-else"))


_AGAINST_EXERCISE = frozenset(
    {Intent.WHEN_TO_AVOID, Intent.WHEN_TO_SEE_DOCTOR, Intent.CHRONIC_PAIN}
)
"""Questions after whose answer no exercise is offered."""


def change_pace(moment: Moment) -> Turn:
    """Remember a pace for what comes."""
    pace = notch(moment)
    changed = moment.but(Preferred(pace), pace=pace)
    return changed.ask_again(line("pace-noted", pace=pace))


def resume(moment: Moment) -> Turn:
    """Go on with what was left, in this session or an earlier one."""
    underway = left_underway(moment)
    if underway is None:
        return nothing_under_way(moment)
    return guide(moment, from_anywhere(underway))


def nothing_under_way(moment: Moment) -> Turn:
    """A word for the middle of an exercise, and there is none."""
    return moment.ask_again(line("nothing-under-way"))


def repeat(moment: Moment) -> Turn:
    """The last thing once more."""
    said = moment.state.said or (line("ask-anything"),)
    if needed(moment) is not Needed.NONE:
        # What was said may have been the steps, and midnight has passed since.
        said = said[-1:]
    return moment.ask(*said, offer=moment.state.offer, phase=moment.state.phase)


def progress(moment: Moment) -> Turn:
    """What was done today and how the streak stands; more on request."""
    if not moment.memory.habit.days:
        return suggest(moment, *today(moment))
    return moment.ask(*today(moment), *streak(moment), line("ask-more"), offer=Offer("more"))


def more_progress(moment: Moment) -> Turn:
    """The week, the longest streak and the totals, and then what comes next."""
    return suggest(moment, *in_all(moment))


def forget_me(moment: Moment) -> Turn:
    """Ask once before erasing."""
    return moment.ask(line("ask-forget"), offer=Offer("forget"))


def help_now(moment: Moment) -> Turn:
    """What can be said at this point."""
    if moment.state.phase is Phase.OFFERING:
        return moment.ask_again(line("help-offering"))
    return moment.ask(line("help-idle"), line("ask-anything"))


def unsure(moment: Moment) -> Turn:
    """Not sure, or a reason against exercise, with nothing going on: advice, no exercise."""
    return withdrawn(moment).ask(
        line("advice-doubt"), line("asked-anew"), line("ask-anything-else")
    )


def missed(moment: Moment) -> Turn:
    """Not understood: an apology, then another word, then help with examples."""
    count = moment.state.missed + 1
    return moment.but(missed=count).ask_again(line(f"missed-{min(count, 3)}"))


def which(moment: Moment) -> Turn:
    """A yes to an open question."""
    return moment.ask(line("ask-which"))


def goodbye(moment: Moment) -> Turn:
    """Nothing more for now."""
    return moment.close(line("goodbye"))


REQUESTS: dict[Intent, Callable[[Moment], Turn]] = {
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
    Intent.ERRAND_DONE: reminders.came_back,
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
