"""Frequent questions: which sentence answers which intent. The sentences are data."""

from collections.abc import Iterator

from skill.coach.context import TurnContext, line, name_of
from skill.coach.events import Intent
from skill.exercises.message_keys import answer_keys
from speech.wording import Line

ANSWERS = {
    Intent.IS_IT_SAFE: "is-it-safe",
    Intent.WHEN_TO_AVOID: "when-to-avoid",
    Intent.WHEN_TO_SEE_DOCTOR: "when-to-see-doctor",
    Intent.HOW_OFTEN: "how-often",
    Intent.WHY_IT_CRACKS: "why-it-cracks",
    Intent.CHRONIC_PAIN: "chronic-pain",
}
"""Questions that have an answer of their own in safety.toml."""


def answer_lines(context: TurnContext) -> tuple[Line, ...]:
    """The answer to the question that was asked."""
    if context.intent is Intent.HOW_OFTEN:
        return _how_often(context)
    return (line(answer_keys(ANSWERS[context.intent]).answer),)


def _how_often(context: TurnContext) -> tuple[Line, ...]:
    named = context.event.exercise or (context.position.exercise if context.position else None)
    if named is None or named not in context.content.exercises:
        return (line(answer_keys("how-often").answer), *_how_often_each(context))
    exercise = context.content.exercise(named)
    dose = line(
        "answer-how-often-one",
        exercise=name_of(exercise.id),
        sessions=int(exercise.sessions),
        rounds=int(exercise.repetitions),
    )
    if exercise.most_in_a_day is None:
        return (dose,)
    return (dose, line("answer-how-often-ceiling", most=int(exercise.most_in_a_day)))


def _how_often_each(context: TurnContext) -> Iterator[Line]:
    """A sentence for all exercises that are done equally often."""
    alike: dict[int, list[str]] = {}
    for exercise in context.content.exercises.exercise:
        alike.setdefault(int(exercise.sessions), []).append(name_of(exercise.id))
    for sessions, exercises in alike.items():
        yield line("answer-how-often-some", exercises=exercises, sessions=sessions)
