"""Deliver guidance: begin, cut and end it. The only door to an instruction is `guide`."""

from functools import lru_cache

import msgspec

from skill.coach.context import TurnContext, line, name_of
from skill.coach.effects import GuidanceOpen, RoundsDone
from skill.coach.guidance.compiler import compile_script
from skill.coach.guidance.dose import is_enough, is_session, next_due, rounds_left
from skill.coach.guidance.plan import step_for
from skill.coach.memory import day_with
from skill.coach.reply import Card, Reply, Turn
from skill.coach.screening.clearance import Needed, needed
from skill.coach.screening.questions import screen
from skill.coach.state import ConversationPhase, Guidance, Offer, Step
from skill.exercises import Exercise
from skill.exercises.message_keys import exercise_keys
from speech.duration import SpeechDuration
from speech.script import Say, Script
from speech.ssml import TooLong, ssml
from speech.timeline import script_duration
from speech.wording import Line


def start(context: TurnContext, plan: tuple[Step, ...], *lead: Line) -> Turn:
    """Guide a plan from its first round."""
    return guide(context, Guidance(plan, posture=context.state.posture), *lead)


def guide(context: TurnContext, guidance: Guidance, *lead: Line) -> Turn:
    """Guide from where the guidance stands, if the person is cleared; else ask first."""
    if needed(context) is not Needed.NONE:
        return screen(context, guidance, *lead)
    lead = (*context.way_out, *lead)
    within = _within_the_day(context, guidance)
    if within is None:
        exercise = context.content.exercise(guidance.plan[guidance.step].exercise)
        return ceiling_reached(
            context.but(GuidanceOpen(None, context.time), guidance=None), exercise
        )
    recipe = msgspec.structs.replace(
        within, lead=lead, pace=context.state.pace, seed=context.state.turn, started=context.time
    )
    recipe, script, offer = _longest_that_fits(context, recipe)
    prompt = recipe.tail[-1]
    state = msgspec.structs.replace(
        context.state,
        phase=ConversationPhase.GUIDING,
        guidance=recipe,
        offer=offer,
        wanted=None,
        announce=False,
        said=recipe.tail,
    )
    reprompt = Script((Say(context.text([Line(f"{prompt.key}.reprompt", prompt.args)])),))
    reply = Reply(script, reprompt, _steps_card(context, recipe))
    return Turn(state, reply, (*context.effects, GuidanceOpen(recipe, context.time)))


def ceiling_reached(context: TurnContext, exercise: Exercise) -> Turn:
    """The day's ceiling leaves no more rounds of this exercise."""
    most = int(exercise.most_in_a_day or exercise.most)
    return context.ask(
        line("ceiling-reached", most=most, exercise=name_of(exercise.id)),
        line("ask-anything-else"),
    )


def _within_the_day(context: TurnContext, guidance: Guidance) -> Guidance | None:
    """The guidance with no more rounds than the day allows; None if it may not go on at all."""
    plan = list(guidance.plan[: guidance.step])
    for index, step in enumerate(guidance.plan[guidance.step :], start=guidance.step):
        left = rounds_left(context.content.exercise(step.exercise), context.done)
        before = guidance.round - 1 if index == guidance.step else 0
        rounds = step.rounds if left is None else min(step.rounds, before + left)
        if rounds > before:
            plan.append(msgspec.structs.replace(step, rounds=rounds))
        elif index == guidance.step:
            return None
    return msgspec.structs.replace(guidance, plan=tuple(plan))


def _longest_that_fits(
    context: TurnContext, recipe: Guidance
) -> tuple[Guidance, Script, Offer | None]:
    """As much of the plan as one reply can carry, cut between exercises if at all possible."""
    for until in range(len(recipe.plan) - 1, recipe.step - 1, -1):
        cut = _cut_after(context, recipe, until, recipe.plan[until].rounds)
        if _fits_one_reply(context, cut[1]):
            return cut
    shortest, longest = recipe.round, recipe.plan[recipe.step].rounds - 1
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        if _fits_one_reply(context, _cut_after(context, recipe, recipe.step, middle)[1]):
            shortest = middle
        else:
            longest = middle - 1
    return _cut_after(context, recipe, recipe.step, shortest)


def _cut_after(
    context: TurnContext, recipe: Guidance, step: int, number: int
) -> tuple[Guidance, Script, Offer | None]:
    tail, offer = _closing_lines(context, recipe, step, number)
    cut = msgspec.structs.replace(recipe, until_step=step, until_round=number, tail=tail)
    return cut, compile_script(cut, context.content), offer


def _fits_one_reply(context: TurnContext, script: Script) -> bool:
    seconds, is_short = _seconds_and_whether_short(
        script, context.content.spoken, context.content.drift
    )
    return is_short and seconds <= context.content.exercises.guidance.longest_reply.value


@lru_cache(maxsize=2000)
def _seconds_and_whether_short(
    script: Script, spoken: SpeechDuration, drift: float
) -> tuple[float, bool]:
    """The seconds it may take, and whether Alexa would take so many characters."""
    seconds = script_duration(script, spoken, 1 + drift)
    try:
        ssml(script, spoken)
    except TooLong:
        return seconds, False
    return seconds, True


def _closing_lines(
    context: TurnContext, recipe: Guidance, step: int, number: int
) -> tuple[tuple[Line, ...], Offer | None]:
    """What is said at the end of a reply, and what a yes to it means."""
    current = recipe.plan[step]
    if number < current.rounds:
        return (line("ask-go-on"),), Offer("go-on")
    done = line("step-done", exercise=name_of(current.exercise))
    if step + 1 < len(recipe.plan):
        following = context.content.exercise(recipe.plan[step + 1].exercise)
        prompt = line(
            "ask-go-on-next",
            exercise=name_of(following.id),
            posture=name_of(following.posture),
        )
        return (done, prompt), Offer("go-on")
    return _closing_of_plan(context, recipe)


def _closing_of_plan(
    context: TurnContext, recipe: Guidance
) -> tuple[tuple[Line, ...], Offer | None]:
    """The last words of a whole plan: how often today, and what could come next."""
    if len(recipe.plan) > 1:
        return (line("routine-done"), line("get-up-slowly"), line("ask-anything-else")), None
    (step,) = recipe.plan
    last = context.content.exercise(step.exercise)
    whole = is_session(last, step.rounds)
    work = RoundsDone("", last.id, step.rounds, whole, at=context.time, day=context.today)
    today = day_with(context.done, work)
    sessions, goal = today.sessions.get(last.id, 0), int(last.sessions)
    reached = "over" if sessions > goal else "yes" if is_enough(last, today) else "no"
    name = name_of(last.id)
    done = line("done", exercise=name, count=sessions, goal=goal, reached=reached)
    if sessions == 0:
        done = line("step-done", exercise=name)
    following = next_due(context.content, today, after=last.id)
    if following is None:
        return (done, line("ask-anything-else")), None
    offer = Offer("start", (step_for(context, following),))
    return (done, line("ask-next", exercise=name_of(following.id))), offer


def _steps_card(context: TurnContext, recipe: Guidance) -> Card | None:
    """The steps to read, when an exercise begins."""
    if recipe.entry != "start":
        return None
    words = context.content.words
    steps = recipe.plan[recipe.step : recipe.until_step + 1]
    keys = [exercise_keys(context.content.exercise(step.exercise)) for step in steps]
    cards = [Card(words(key.title), words(key.steps)) for key in keys]
    if len(cards) == 1:
        return cards[0]
    together = "\n\n".join(f"{card.title}: {card.text}" for card in cards)
    return Card(words("back-coach-title"), together)
