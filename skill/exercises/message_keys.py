"""Message keys: which sentences the facts need, computed from the facts and nothing else.

The coach speaks about an exercise, a posture, a pace, a question or an answer by these keys alone,
and the check demands every one of them. So no key can be asked for that was not looked for before.

A key has the form of Fluent's: `message`, or `message.attribute`.
"""

from collections.abc import Iterator

from msgspec import Struct

from skill.exercises.facts import Exercise, ExercisePhase, Exercises, Safety

SINCE_LAST_TIME, STATEMENT = "since-last-time", "statement"
"""Questions that stand for all of those in safety.toml: the short one, and the list of signs."""


class PhaseKeys(Struct, frozen=True):
    """The sentences of one phase. Each may have a `.brief` form."""

    move: tuple[str, ...]
    """The instructions, in the order of the moves."""
    release: str | None
    """How to come back; None where the next phase follows at once."""
    own_hold: str
    """What may be said right before the silence, instead of the usual command."""


class ExerciseKeys(Struct, frozen=True):
    """The sentences of one exercise."""

    name: str
    """As it stands within a sentence."""
    title: str
    """As it stands on a card."""
    about: str
    """What it is, for somebody who is not cleared yet."""
    steps: str
    """How it is done from beginning to end."""
    setup: str
    """Arms and legs, once in the posture."""
    setup_brief: str
    """The same for somebody who knows the exercise."""
    ease: str
    """The way out of the position when it hurts."""
    out: str
    """The way out of the position before anything else is said."""
    phases: tuple[PhaseKeys, ...]


class PostureKeys(Struct, frozen=True):
    """The sentences of one posture."""

    name: str
    """As it stands within a sentence."""
    take: str
    """How to get into it from anywhere."""
    take_brief: str
    """The same for somebody who knows the exercise."""
    stay: str
    """Said to somebody who is in it already."""


class QuestionKeys(Struct, frozen=True):
    """The sentences of one safety question."""

    question: str
    again: str
    """In other words, after a miss."""
    reprompt: str
    """After a silence."""
    advice: str
    """What a yes leads to."""
    advice_unsure: str
    """What "not sure" leads to."""


class PaceKeys(Struct, frozen=True):
    """The sentence of one pace."""

    pace: str


class AnswerKeys(Struct, frozen=True):
    """The sentence of one answer."""

    answer: str


_MAY_BE_MISSING = frozenset({"own_hold"})

Keys = ExerciseKeys | PhaseKeys | PostureKeys | QuestionKeys | PaceKeys | AnswerKeys


WHAT_TO_WRITE = {
    "name": "how it is called within a sentence",
    "title": "how it is called on a card",
    "about": "what it is, in two sentences, with no instruction",
    "steps": "how it is done from beginning to end",
    "setup": "how to arrange arms and legs, once in the posture",
    "setup_brief": "the same in few words",
    "ease": "how to leave the position when it hurts, and rest",
    "out": "how to leave the position, in one short sentence",
    "move": "the instruction to move; where sides take turns, with { $side } or { $other }",
    "release": "how to come back after the hold or the count",
    "take": "how to get into this posture from anywhere",
    "take_brief": "the same in few words",
    "stay": "what is said to somebody who is in it already",
    "question": "a question to which no is the safe answer",
    "again": "the question in other words",
    "reprompt": "what can be said, after a silence",
    "advice": "what to do after a yes",
    "advice_unsure": "what to do when they are not sure",
    "pace": "that it goes on at this pace",
    "answer": "the answer, as its source gives it",
}
"""What each field of the keys above asks a person to write."""


def name_key(thing: str) -> str:
    """The spoken name of an exercise or a posture."""
    return f"{thing}-name"


def exercise_keys(exercise: Exercise) -> ExerciseKeys:
    """The sentences that an exercise needs."""
    key = exercise.id
    return ExerciseKeys(
        name=name_key(key),
        title=f"{key}-title",
        about=f"{key}-about",
        steps=f"{key}-steps",
        setup=f"{key}-setup",
        setup_brief=f"{key}-setup.brief",
        ease=f"{key}-ease",
        out=f"{key}-out",
        phases=tuple([_phase_keys(key, phase) for phase in exercise.phase]),
    )


def _phase_keys(exercise: str, phase: ExercisePhase) -> PhaseKeys:
    return PhaseKeys(
        move=tuple([f"{exercise}-{move.id}" for move in phase.moves]),
        release=f"{exercise}-{phase.id}-release" if phase.release else None,
        own_hold=f"{exercise}-{phase.id}-hold",
    )


def posture_keys(posture: str) -> PostureKeys:
    """The sentences that a posture needs."""
    key = f"posture-{posture}"
    return PostureKeys(name_key(posture), key, f"{key}.brief", f"{key}.stay")


def question_keys(question: str) -> QuestionKeys:
    """The sentences that a safety question needs."""
    key, advice = f"question-{question}", f"advice-{question}"
    return QuestionKeys(key, f"{key}.again", f"{key}.reprompt", advice, f"{advice}.unsure")


def pace_keys(pace: str) -> PaceKeys:
    """The sentence that a pace needs."""
    return PaceKeys(f"pace-{pace}")


def answer_keys(answer: str) -> AnswerKeys:
    """The sentence that an answer needs."""
    return AnswerKeys(f"answer-{answer}")


def brief_key(key: str) -> str:
    """What may be said instead to somebody who knows the exercise; the full form if it is not."""
    return f"{key}.brief"


def way_between_key(before: str, posture: str) -> str:
    """How one may get from one posture into another, instead of into it from anywhere."""
    return f"posture-{posture}.from-{before}"


def needed_keys(routines: Exercises, safety: Safety) -> Iterator[tuple[str, str]]:
    """Every key that the facts need, with the field of the classes above that it stands for."""
    questions = [question.id for question in safety.question]
    everything: list[Keys] = [
        *map(exercise_keys, routines.exercise),
        *(posture_keys(posture.id) for posture in routines.posture),
        *map(pace_keys, routines.pace_ids),
        *map(question_keys, (*questions, SINCE_LAST_TIME, STATEMENT)),
        *(answer_keys(answer.id) for answer in safety.answer),
    ]
    for keys in everything:
        yield from needed_of(keys)


def needed_of(keys: Keys) -> Iterator[tuple[str, str]]:
    """The same for one exercise, posture, pace, question or answer."""
    for field in keys.__struct_fields__:
        if field in _MAY_BE_MISSING:
            continue
        value = getattr(keys, field)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Struct):
                yield from needed_of(part)  # type: ignore[arg-type]
            elif part is not None:
                yield field, part
