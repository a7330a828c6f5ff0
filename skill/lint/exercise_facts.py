"""The exercises, doses, questions and answers: sources, words, and what people can ask for."""

from collections.abc import Iterator, Mapping

import msgspec

from interaction_models.model import BadModel, read_model
from skill.coach.faq import ANSWERS
from skill.exercises import BrokenData, Exercise, Exercises, Safety
from skill.exercises.facts import Figure, Source
from skill.exercises.message_keys import WHAT_TO_WRITE, needed_keys
from skill.lint.findings import Finding, line_of, place_of
from skill.lint.phrases_location import has_value, phrases_finding
from skill.lint.project import EXERCISES, GUIDANCE, SAFETY, WORDING, Project, language_of
from skill.lint.wording import place_of_message
from speech.wording import BrokenWording, Wording

_OWN = "own"
"""The key of the source that stands for our own pacing."""


def fact_findings(project: Project) -> Iterator[Finding]:
    """Faults of the facts."""
    try:
        routines, rules = project.read_facts()
    except BrokenData as error:
        fix = "give every figure a value and a source that is declared under [sources]"
        yield Finding(error.file, error.line, error.reason, fix)
        return
    yield from _source_findings(project, routines, (GUIDANCE, *project.exercises))
    yield from _source_findings(project, rules, (SAFETY,))
    for exercise in routines.exercise:
        yield from _dose_findings(project, exercise)
    yield from _answer_findings(rules)
    for language, texts in project.wordings.items():
        yield from _word_findings(language, texts, routines, rules)
    yield from _spoken_names(project, routines)


def _source_findings(
    project: Project, facts: Exercises | Safety, files: tuple[str, ...]
) -> Iterator[Finding]:
    cited = set(_cited_sources(facts))
    for key, source in facts.sources.items():
        # The newline before the key is counted to the line before it.
        file, before = place_of({file: project.text(file) for file in files}, f"\n{key} = ")
        line = before + 1
        if key not in cited:
            yield Finding(file, line, f"nothing cites the source {key!r}", "take it away")
        if not source.title.strip() or not source.publisher.strip():
            yield Finding(file, line, f"the source {key!r} has no title or publisher", "name them")
        if key != _OWN and not source.url.startswith("https://"):
            fix = "give the https address where it can be read"
            yield Finding(file, line, f"the source {key!r} cannot be looked up", fix)


def _cited_sources(part: object) -> Iterator[str]:
    """The key of every source that is cited below a part of the facts."""
    if isinstance(part, tuple):
        for item in part:
            yield from _cited_sources(item)
    elif isinstance(part, msgspec.Struct) and not isinstance(part, Source):
        for name in part.__struct_fields__:
            value = getattr(part, name)
            if name == "source":
                yield value
            else:
                yield from _cited_sources(value)


def _dose_findings(project: Project, exercise: Exercise) -> Iterator[Finding]:
    """A dose is somebody else's; only the pacing around it is our own."""
    doses: dict[str, Figure | None] = {
        "repetitions": exercise.repetitions,
        "most": exercise.most,
        "most_in_a_day": exercise.most_in_a_day,
        "sessions": exercise.sessions,
    }
    for phase in exercise.phase:
        doses |= {f"hold of {phase.id}": phase.hold, f"breaths of {phase.id}": phase.breaths}
    file = f"{EXERCISES}/{exercise.id}.toml"
    for name, figure in doses.items():
        if figure is not None and figure.source == _OWN:
            fix = "cite who recommends it; a slow count with no hold may be our own"
            line = line_of(project.text(file), f"{name.partition(' ')[0]} = ")
            yield Finding(file, line, f"{exercise.id}: no source for {name}", fix)


def _answer_findings(rules: Safety) -> Iterator[Finding]:
    sourced, given = {answer.id for answer in rules.answer}, set(ANSWERS.values())
    for key in sorted(given - sourced):
        fix = f'add an [[answer]] with id = "{key}" and its source'
        yield Finding(SAFETY, 0, f"the answer {key!r} has no source", fix)
    for key in sorted(sourced - given):
        fix = "give it in skill/coach/faq.py, or take it away"
        yield Finding(SAFETY, 0, f"the answer {key!r} is never given", fix)


def _word_findings(
    language: str, texts: Mapping[str, str], routines: Exercises, rules: Safety
) -> Iterator[Finding]:
    try:
        words = Wording(texts, language)
    except BrokenWording:
        return  # told by the check of the wording
    for field, key in needed_keys(routines, rules):
        if key not in words:
            name, _, attribute = key.partition(".")
            place = f".{attribute} = … below {name}" if attribute else f"{name} = …"
            fix = f"write {place}: {WHAT_TO_WRITE[field]}"
            yield Finding(_file_of(key, language, texts, routines), 0, f"{key} is missing", fix)


def _file_of(key: str, language: str, texts: Mapping[str, str], routines: Exercises) -> str:
    """Where a missing sentence belongs: the file of its message, or of its exercise."""
    for exercise in routines.ids:
        if key.startswith(f"{exercise}-"):
            return f"{WORDING}/{language}/{exercise}.ftl"
    return place_of_message(texts, key)[0]


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
        phrases = project.phrases.get(language_of(locale), {})
        for name, ids in ours.items():
            spoken = {value.id for value in types[name].values} if name in types else set()
            for missing in sorted(ids - spoken):
                is_there = has_value(phrases, missing)
                fix = "it is in the phrases" if is_there else f"add {missing} to the type {name}"
                problem = f"nobody can say the {name.lower()} {missing!r}"
                wanted = missing if is_there else name
                yield phrases_finding(project, locale, wanted, problem, fix)
            for stray in sorted(spoken - ids):
                fix = f"add it to skill/exercises, or take it from the type {name}"
                problem = f"there is no {name.lower()} {stray!r}"
                yield phrases_finding(project, locale, stray, problem, fix)
