"""Pain, emergency and doubt: what stops everything, at any moment."""

from skill.coach.context import TurnContext, line
from skill.coach.effects import GuidanceOpen, PainReported
from skill.coach.reply import Turn
from skill.coach.screening.clearance import withdrawn
from skill.exercises.message_keys import (
    exercise_keys,
)
from speech.script import Pause, Say, Script


def doubt(context: TurnContext) -> Turn:
    """Somebody who was cleared is not sure any more, or names a reason against exercise."""
    context = withdrawn(context).but(GuidanceOpen(None, context.time))
    return context.close(line("not-today-unsure"), line("advice-doubt"), line("goodbye"))


def pain(context: TurnContext) -> Turn:
    """Stop, ease the person out of the position, and void the clearance."""
    facts = context.content.exercises.guidance
    context = context.but(PainReported(), GuidanceOpen(None, context.time))
    position = context.position
    if position is None:
        return context.close(line("pain-idle"), line("pain-advice"))
    # Before the first round there is no position to leave.
    opening = [line("pain-rest")]
    if position.round > 0:
        opening = [
            line("pain-stop"),
            line(exercise_keys(context.content.exercise(position.exercise)).ease),
        ]
    return context.close_with(
        Script(
            (
                Say(context.text(opening)),
                Pause(facts.ease_out_of_pain.value),
                Say(context.text([line("pain-advice")])),
            )
        )
    )


def emergency(context: TurnContext) -> Turn:
    """Send the person to the emergency number, and void the clearance."""
    context = context.but(PainReported(), GuidanceOpen(None, context.time))
    opening = [line("emergency-stop")] if context.position else []
    return context.close(*opening, line("emergency-advice"))
