"""Safety questions: asked one at a time before anybody moves, and what the answers lead to."""

import msgspec

from skill.coach.context import TurnContext, line
from skill.coach.effects import Cleared
from skill.coach.events import Intent
from skill.coach.faq import ANSWERS, answer_lines
from skill.coach.reply import Reply, Turn
from skill.coach.screening.clearance import Needed, needed, withdrawn
from skill.coach.state import ConversationPhase, Guidance, Screening, Step
from skill.exercises.message_keys import (
    SINCE_LAST_TIME,
    STATEMENT,
    question_keys,
)
from speech.script import Say, Script
from speech.wording import Line

_SECONDS_PER_MINUTE = 60

_ASIDE = {
    Intent.REPEAT: (),
    Intent.LAUNCH: (),
    Intent.PAUSE: (line("question-take-your-time"),),
    Intent.HELP: (line("question-why"),),
}
"""What does not count as a miss, and what is said before the question comes again."""


def screen(context: TurnContext, wanted: Guidance, *lead: Line, announce: bool = False) -> Turn:
    """Ask the first safety question that stands before this guidance, after what leads to it."""
    screening, opening = _first_question(context)
    lead = (*context.way_out, *_educational_notice(context), *lead)
    wanted = msgspec.structs.replace(wanted, until_step=max(wanted.step, wanted.until_step))
    context = context.but(
        phase=ConversationPhase.ASKING,
        screening=screening,
        wanted=wanted,
        announce=announce,
        offer=None,
    )
    return _ask_question(context, *lead, opening)


def _educational_notice(context: TurnContext) -> tuple[Line, ...]:
    """What the coach is and is not, for somebody who has not been told yet."""
    memory = context.memory
    is_new = memory.fully_cleared is None and not memory.voided
    was_told = any(said.key == "welcome-first" for said in context.state.said)
    return (line("educational"),) if is_new and not was_told else ()


def _first_question(context: TurnContext) -> tuple[Screening, Line]:
    if needed(context) is Needed.SHORT:
        return Screening("short"), line("question-first-short")
    if context.content.screening == "statement":
        return Screening("statement"), line("question-first-short")
    again = context.memory.voided
    count = len(context.content.safety.question)
    return Screening("full"), line("questions-again" if again else "questions-first", count=count)


def judge(context: TurnContext) -> Turn | TurnContext:
    """What follows from what was said to a safety question.

    Returns:
        The next turn, or, after the last "no", the context in which the person is cleared.
    """
    intent = context.intent
    if intent is Intent.NO:
        return _asked_from_the_first(context) if _is_too_late(context) else _answered_no(context)
    if intent is Intent.YES:
        return _stopped_with_advice(
            context, "not-today", question_keys(_open_question_id(context)).advice
        )
    if intent is Intent.UNSURE:
        return _answered_unsure(context, "not-today-unsure")
    if intent is Intent.PREVIOUS and _open_screening(context).index > 0:
        return _ask_question(
            context.but(screening=Screening("full", _open_screening(context).index - 1))
        )
    if intent in _ASIDE:
        return _ask_question(context, *_ASIDE[intent])
    if intent in ANSWERS:
        return _ask_question(context, *answer_lines(context))
    return _answered_off_topic(context)


def _is_too_late(context: TurnContext) -> bool:
    """Whether the question was asked so long ago that a no may be to something else."""
    asked_at = _open_screening(context).at
    minutes = context.content.safety.screening.answer_within_minutes.value
    return asked_at is None or context.time - asked_at > minutes * _SECONDS_PER_MINUTE


def _asked_from_the_first(context: TurnContext) -> Turn:
    wanted = context.state.wanted
    assert wanted is not None  # noqa: S101 - as in _open_screening
    return screen(context, wanted, announce=context.state.announce)


def _open_question_id(context: TurnContext) -> str:
    screening = _open_screening(context)
    if screening.kind == "full":
        return context.content.safety.question[screening.index].id
    return SINCE_LAST_TIME if screening.kind == "short" else STATEMENT


def _open_screening(context: TurnContext) -> Screening:
    screening = context.state.screening
    assert screening is not None  # noqa: S101 - a state that is asking has one, or is refused
    return screening


def _ask_question(context: TurnContext, *before: Line, again: bool = False) -> Turn:
    """Ask the question that stands open, after the lines before it."""
    asked = msgspec.structs.replace(_open_screening(context), at=context.time)
    context = context.but(screening=asked)
    keys = question_keys(_open_question_id(context))
    lines = [*before, *_question_number_line(context), line(keys.again if again else keys.question)]
    reply = Reply(
        Script((Say(context.text(lines)),)),
        Script((Say(context.text([line(keys.reprompt)])),)),
    )
    return Turn(context.state, reply, context.effects)


def _question_number_line(context: TurnContext) -> list[Line]:
    screening, count = _open_screening(context), len(context.content.safety.question)
    if screening.kind != "full" or screening.misses:
        return []
    if screening.index == count - 1:
        return [line("question-number-last")]
    return [line("question-number", number=screening.index + 1)]


def _answered_no(context: TurnContext) -> Turn | TurnContext:
    screening = _open_screening(context)
    if screening.kind == "full" and screening.index + 1 < len(context.content.safety.question):
        following = Screening("full", screening.index + 1)
        return _ask_question(context.but(screening=following))
    if screening.kind == "short" and needed(context) is Needed.FULL:
        # The last full set has grown too old while the short question was open.
        return _asked_from_the_first(context)
    full = screening.kind != "short"
    effect = Cleared(context.time, full=full)
    calm = msgspec.structs.replace(context.memory, voided=False)
    context = msgspec.structs.replace(context, memory=calm)
    return context.but(effect, screening=None, cleared=context.time, phase=ConversationPhase.IDLE)


def _answered_off_topic(context: TurnContext) -> Turn:
    """Off the point: asked once more in other words; the second miss counts as not sure."""
    screening = _open_screening(context)
    misses = screening.misses + 1
    if misses >= context.content.safety.screening.misses_that_mean_unsure.value:
        return _answered_unsure(context, "not-today-not-heard")
    changed = context.but(screening=msgspec.structs.replace(screening, misses=misses))
    if (
        context.intent is Intent.START_EXERCISE
        and context.event.exercise in context.content.exercises
    ):
        changed = changed.but(wanted=_guidance_named_instead(context), announce=False)
    key = "question-no-skipping" if context.intent is Intent.NEXT else "question-missed"
    return _ask_question(changed, line(key), again=True)


def _guidance_named_instead(context: TurnContext) -> Guidance:
    """The exercise that was named in place of an answer, with its usual dose."""
    exercise = context.content.exercise(context.event.exercise or "")
    rounds = int(exercise.repetitions)
    return Guidance((Step(exercise.id, rounds),), until_round=rounds, pace=context.state.pace)


def _answered_unsure(context: TurnContext, opening: str) -> Turn:
    return _stopped_with_advice(
        context, opening, question_keys(_open_question_id(context)).advice_unsure
    )


def _stopped_with_advice(context: TurnContext, opening: str, advice: str) -> Turn:
    """No exercise now, and why; where help is urgent, that first. All is asked again next time."""
    urgent = any(
        q.urgent and q.id == _open_question_id(context) for q in context.content.safety.question
    )
    before = [] if urgent else [line(opening)]
    return withdrawn(context).close(*before, line(advice))
