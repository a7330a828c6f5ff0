"""The exercises, doses, questions and answers: sources, words, and what people can ask for."""

from collections.abc import Iterator

import msgspec

from interaction_models.model import BadModel, read_model
from skill.coach.faq import ANSWERS
from skill.exercises import BrokenData, Exercise, Exercises, Safety
from skill.exercises.facts import Figure, Source
from skill.exercises.loader import read_exercises, read_safety
from skill.exercises.message_keys import needed_keys
from skill.lint.findings import Finding, line_of
from skill.lint.phrases_location import has_value, phrases_finding
from skill.lint.project import ROUTINES, SAFETY, WORDING, Project, language_of
from speech.wording import Wording

_OWN = "own"
"""The key of the source that stands for our own pacing."""

_WHAT_TO_WRITE = {
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
"""By the fields of the message keys."""


def fact_findings(project: Project) -> Iterator[Finding]:
    """Faults of the facts."""
    try:
        exercises, safety = project.text(ROUTINES), project.text(SAFETY)
        routines = read_exercises(exercises, ROUTINES)
        rules = read_safety(safety, SAFETY)
    except BrokenData as error:
        fix = "give every figure a value and a source that is declared under [sources]"
        yield Finding(error.file, error.line, error.reason, fix)
        return
    yield from _sources(ROUTINES, exercises, routines)
    yield from _sources(SAFETY, safety, rules)
    for exercise in routines.exercise:
        yield from _dose(exercises, exercise)
    yield from _answers(rules)
    for language, text in project.wordings.items():
        yield from _words(language, text, routines, rules)
    yield from _spoken_names(project, routines)


def _sources(file: str, text: str, facts: Exercises | Safety) -> Iterator[Finding]:
    cited = set(_cited(facts))
    for key, source in facts.sources.items():
        line = line_of(text, f"\n{key} = ") + 1
        if key not in cited:
            yield Finding(file, line, f"nothing cites the source {key!r}", "take it away")
        if not source.title.strip() or not source.publisher.strip():
            yield Finding(file, line, f"the source {key!r} has no title or publisher", "name them")
        if key != _OWN and not source.url.startswith("https://"):
            fix = "give the https address where it can be read"
            yield Finding(file, line, f"the source {key!r} cannot be looked up", fix)


def _cited(part: object) -> Iterator[str]:
    """The key of every source that is cited below a part of the facts."""
    if isinstance(part, tuple):
        for item in part:
            yield from _cited(item)
    elif isinstance(part, msgspec.Struct) and not isinstance(part, Source):
        for name in part.__struct_fields__:
            value = getattr(part, name)
            if name == "source":
                yield value
            else:
                yield from _cited(value)


def _dose(text: str, exercise: Exercise) -> Iterator[Finding]:
    """A dose is somebody else's; only the pacing around it is our own."""
    doses: dict[str, Figure | None] = {
        "repetitions": exercise.repetitions,
        "most": exercise.most,
        "most_in_a_day": exercise.most_in_a_day,
        "sessions": exercise.sessions,
    }
    for phase in exercise.phase:
        doses |= {f"hold of {phase.id}": phase.hold, f"breaths of {phase.id}": phase.breaths}
    line = line_of(text, f'id = "{exercise.id}"')
    for name, figure in doses.items():
        if figure is not None and figure.source == _OWN:
            fix = "cite who recommends it; a slow count with no hold may be our own"
            yield Finding(ROUTINES, line, f"{exercise.id}: no source for {name}", fix)


def _answers(rules: Safety) -> Iterator[Finding]:
    sourced, given = {answer.id for answer in rules.answer}, set(ANSWERS.values())
    for key in sorted(given - sourced):
        fix = f'add an [[answer]] with id = "{key}" and its source'
        yield Finding(SAFETY, 0, f"the answer {key!r} has no source", fix)
    for key in sorted(sourced - given):
        fix = "give it in skill/coach/faq.py, or take it away"
        yield Finding(SAFETY, 0, f"the answer {key!r} is never given", fix)


def _words(language: str, text: str, routines: Exercises, rules: Safety) -> Iterator[Finding]:
    try:
        words = Wording(text, language)
    except ValueError:
        return  # told by the check of the wording
    for field, key in needed_keys(routines, rules):
        if key not in words:
            name, _, attribute = key.partition(".")
            place = f".{attribute} = … below {name}" if attribute else f"{name} = …"
            fix = f"write {place}: {_WHAT_TO_WRITE[field]}"
            yield Finding(f"{WORDING}/{language}.ftl", 0, f"{key} is missing", fix)


def _spoken_names(project: Project, routines: Exercises) -> Iterator[Finding]:
    """The ids that words lead to are the ids that there are."""
    ours = {
        "Exercise": set(routines.ids),
        "Posture": {posture.id for posture in routines.posture},
        "Pace": set(routines.pace_ids),
    }
    for locale, text in project.models.items():
        try:
            types = {kind.name: kind for kind in read_model(text).types}
        except BadModel:
            continue  # told by the check of the models
        phrases = project.phrases.get(language_of(locale), "")
        for name, ids in ours.items():
            spoken = {value.id for value in types[name].values} if name in types else set()
            for missing in sorted(ids - spoken):
                is_there = has_value(phrases, missing)
                fix = "it is in the phrases" if is_there else f"add {missing} to the type {name}"
                problem = f"nobody can say the {name.lower()} {missing!r}"
                wanted = missing if is_there else name
                yield phrases_finding(project, locale, wanted, problem, fix)
            for stray in sorted(spoken - ids):
                fix = f"add it to {ROUTINES}, or take it from the type {name}"
                problem = f"there is no {name.lower()} {stray!r}"
                yield phrases_finding(project, locale, stray, problem, fix)
