"""Before anybody moves: the questions, what the answers lead to, and pain at any moment."""

import msgspec

from skill.coach.context import Moment, line
from skill.coach.events import Intent
from skill.coach.faq import ANSWERS, answer_lines
from skill.coach.memory import Cleared, Underway, Voided, Withdrawn
from skill.coach.reply import Reply, Turn
from skill.coach.screening.clearance import Needed, needed
from skill.coach.state import Guidance, Phase, Screening, Step
from speech.script import Pause, Say, Script
from speech.wording import Line

_ASIDE = {
    Intent.REPEAT: (),
    Intent.LAUNCH: (),
    Intent.PAUSE: (line("question-take-your-time"),),
    Intent.HELP: (line("question-why"),),
}
"""What does not count as a miss, and what is said before the question comes again."""


def screen(moment: Moment, wanted: Guidance, *lead: Line, announce: bool = False) -> Turn:
    """Ask the first safety question that stands before this guidance, after what leads to it."""
    screening, opening = _opening(moment)
    lead = (*moment.way_out, *_introduction(moment), *lead)
    wanted = msgspec.structs.replace(wanted, until_step=max(wanted.step, wanted.until_step))
    moment = moment.but(
        phase=Phase.ASKING, screening=screening, wanted=wanted, announce=announce, offer=None
    )
    return _question(moment, *lead, opening)


def _introduction(moment: Moment) -> tuple[Line, ...]:
    """What the coach is and is not, for somebody who has not been told yet."""
    memory = moment.memory
    is_new = memory.fully_cleared is None and not memory.voided
    was_told = any(said.key == "welcome-first" for said in moment.state.said)
    return (line("educational"),) if is_new and not was_told else ()


def _opening(moment: Moment) -> tuple[Screening, Line]:
    if needed(moment) is Needed.SHORT:
        return Screening("short"), line("question-first-short")
    if moment.knows.screening == "statement":
        return Screening("statement"), line("question-first-short")
    again = moment.memory.voided
    count = len(moment.knows.safety.question)
    return Screening("full"), line("questions-again" if again else "questions-first", count=count)


def judge(moment: Moment) -> Turn | Moment:
    """What follows from what was said to a safety question.

    Returns:
        The next turn, or, after the last "no", the moment in which the person is cleared.
    """
    intent = moment.intent
    if intent is Intent.NO:
        return _passed(moment)
    if intent is Intent.YES:
        return _stopped(moment, "not-today", f"advice-{_asked(moment)}")
    if intent is Intent.UNSURE:
        return _unsure(moment, "not-today-unsure")
    if intent is Intent.PREVIOUS and _screening(moment).index > 0:
        return _question(moment.but(screening=Screening("full", _screening(moment).index - 1)))
    if intent in _ASIDE:
        return _question(moment, *_ASIDE[intent])
    if intent in ANSWERS:
        return _question(moment, *answer_lines(moment))
    return _missed(moment)


def _asked(moment: Moment) -> str:
    screening = _screening(moment)
    if screening.kind == "full":
        return moment.knows.safety.question[screening.index].id
    return "since-last-time" if screening.kind == "short" else "statement"


def _screening(moment: Moment) -> Screening:
    screening = moment.state.screening
    assert screening is not None  # noqa: S101 - a state that is asking has one, or is refused
    return screening


def _question(moment: Moment, *before: Line, again: bool = False) -> Turn:
    """Ask the question that stands open, after the lines before it."""
    key = f"question-{_asked(moment)}"
    lines = [*before, *_number(moment), line(f"{key}.again" if again else key)]
    reply = Reply(
        Script((Say(moment.text(lines)),)),
        Script((Say(moment.text([line(f"{key}.reprompt")])),)),
    )
    return Turn(moment.state, reply, moment.effects)


def _number(moment: Moment) -> list[Line]:
    screening, count = _screening(moment), len(moment.knows.safety.question)
    if screening.kind != "full" or screening.misses:
        return []
    if screening.index == count - 1:
        return [line("question-number-last")]
    return [line("question-number", number=screening.index + 1)]


def _passed(moment: Moment) -> Turn | Moment:
    screening = _screening(moment)
    if screening.kind == "full" and screening.index + 1 < len(moment.knows.safety.question):
        following = Screening("full", screening.index + 1)
        return _question(moment.but(screening=following))
    if screening.kind == "short" and needed(moment) is Needed.FULL:
        # The last full set has grown too old while the short question was open.
        assert moment.state.wanted is not None  # noqa: S101 - as in _screening
        return screen(moment, moment.state.wanted, announce=moment.state.announce)
    full = screening.kind != "short"
    effect = Cleared(moment.time, full=full)
    calm = msgspec.structs.replace(moment.memory, voided=False)
    moment = msgspec.structs.replace(moment, memory=calm)
    return moment.but(effect, screening=None, cleared=moment.time, phase=Phase.IDLE)


def _missed(moment: Moment) -> Turn:
    """Off the point: asked once more in other words; the second miss counts as not sure."""
    screening = _screening(moment)
    misses = screening.misses + 1
    if misses >= moment.knows.safety.screening.misses_that_mean_unsure.value:
        return _unsure(moment, "not-today-not-heard")
    changed = moment.but(screening=msgspec.structs.replace(screening, misses=misses))
    if moment.intent is Intent.START_EXERCISE and moment.event.exercise in moment.knows.routines:
        changed = changed.but(wanted=_instead(moment), announce=False)
    key = "question-no-skipping" if moment.intent is Intent.NEXT else "question-missed"
    return _question(changed, line(key), again=True)


def _instead(moment: Moment) -> Guidance:
    """The exercise that was named in place of an answer, with its usual dose."""
    exercise = moment.knows.exercise(moment.event.exercise or "")
    rounds = int(exercise.repetitions)
    return Guidance((Step(exercise.id, rounds),), until_round=rounds, pace=moment.state.pace)


def _unsure(moment: Moment, opening: str) -> Turn:
    return _stopped(moment, opening, f"advice-{_asked(moment)}.unsure")


def _stopped(moment: Moment, opening: str, advice: str) -> Turn:
    """No exercise now, and why; where help is urgent, that first. All is asked anew next time."""
    urgent = any(q.urgent and q.id == _asked(moment) for q in moment.knows.safety.question)
    before = [] if urgent else [line(opening)]
    return withdrawn(moment).close(*before, line(advice))


def doubt(moment: Moment) -> Turn:
    """Somebody who was cleared is not sure any more, or names a reason against exercise."""
    moment = withdrawn(moment).but(Underway(None, moment.time))
    return moment.close(line("not-today-unsure"), line("advice-doubt"), line("goodbye"))


def withdrawn(moment: Moment) -> Moment:
    """The moment in which nobody is cleared, so that all the questions are asked anew.

    Why is not kept: an answer could be read from it.
    """
    known = moment.memory.cleared is not None or moment.memory.fully_cleared is not None
    return moment.but(*([Withdrawn()] if known else []), cleared=None)


def pain(moment: Moment) -> Turn:
    """Stop, ease the person out of the position, and void the clearance."""
    facts = moment.knows.routines.guidance
    moment = moment.but(Voided(), Underway(None, moment.time))
    place = moment.place
    if place is None:
        return moment.close(line("pain-idle"), line("pain-advice"))
    # Before the first round there is no position to leave.
    opening = [line("pain-rest")]
    if place.round > 0:
        opening = [line("pain-stop"), line(f"{place.exercise}-ease")]
    return moment.close_with(
        Script(
            (
                Say(moment.text(opening)),
                Pause(facts.ease_out_of_pain.value),
                Say(moment.text([line("pain-advice")])),
            )
        )
    )


def emergency(moment: Moment) -> Turn:
    """Send the person to the emergency number, and void the clearance."""
    moment = moment.but(Voided(), Underway(None, moment.time))
    opening = [line("emergency-stop")] if moment.place else []
    return moment.close(*opening, line("emergency-advice"))
