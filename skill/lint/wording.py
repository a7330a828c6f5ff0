"""Wording checks: the sentences of every language, one by one."""

import re
from collections.abc import Iterator, Mapping

from skill.lint.findings import Finding, line_of
from skill.lint.language_rules import Rules, read_rules
from skill.lint.messages import patterns, ways
from skill.lint.project import WORDING, Project, no_rules
from speech.wording import MissingWords, Wording

Problem = tuple[str, str]
"""What is wrong, and what to do."""

_MARKUP = re.compile(r"[<>&{}$@]|\bNone\b")
_FRAGMENTS = ("-name", "-title")
_READ = "page-"
"""How the names of texts begin that are shown on a page, and never spoken."""
_LAST_MARKS = ".?!:”"
_PROMPTS = re.compile(r"ask-|question-(?!number|missed|why|no-|take-|first-)")


def wording_findings(project: Project) -> Iterator[Finding]:
    """Faults of the Fluent files."""
    for language, text in project.wordings.items():
        if language in project.rules:
            file, rules = f"{WORDING}/{language}.ftl", read_rules(project.rules[language])
            yield from _of_file(file, text, language, rules)
        else:
            yield no_rules(language)
    yield from _parity(project.wordings)


def _of_file(file: str, text: str, language: str, rules: Rules) -> Iterator[Finding]:
    try:
        words = Wording(text, language)
    except ValueError as error:
        _, _, content = str(error).rpartition(": ")
        line = line_of(text, content.strip().splitlines()[0]) if content.strip() else 0
        yield Finding(file, line, str(error).splitlines()[0], "write it as Fluent has it")
        return
    for key, values in patterns(text).items():
        try:
            said = sorted(set(ways(words, key, values)))
        except (MissingWords, TypeError, ValueError) as error:
            fix = "give it what it needs, or mend the name"
            yield Finding(file, _line(text, key), f"{key} cannot be said: {error}", fix)
            continue
        for problem, fix in _problems(key, said, rules, words):
            yield Finding(file, _line(text, key), problem, fix)


def _problems(key: str, said: list[str], rules: Rules, words: Wording) -> Iterator[Problem]:
    for sentence in said:
        yield from _of_sentence(key, sentence, rules)
    is_prompt = bool(_PROMPTS.match(key))
    if is_prompt and not all(rules.prompts(sentence) for sentence in said):
        yield (
            f"{key} neither asks nor says what to say",
            ("end it in a question, or in what can be said"),
        )
    if is_prompt and "." not in key and f"{key}.reprompt" not in words:
        yield f"{key} has no reprompt", f"add .reprompt to {key}"


def _of_sentence(key: str, sentence: str, rules: Rules) -> Iterator[Problem]:
    if not sentence.strip():
        yield f"{key} says nothing", "write what is to be said"
        return
    if found := _MARKUP.search(sentence):
        yield f"{key} would say {found[0]!r} aloud", "write words; markup is added elsewhere"
    if claim := rules.claim_in(sentence):
        yield f"{key} claims {claim!r}", "claim nothing about health"
    if key.startswith(_READ):
        return
    if found := re.search(r"\d+", sentence):
        yield f"{key} has the digits {found[0]}", "write numbers as words: WORDS($n)"
    name = key.partition(".")[0]
    if not name.endswith(_FRAGMENTS) and sentence.rstrip()[-1] not in _LAST_MARKS:
        yield f"{key} ends without a full stop", "end it in . ? ! or :"


def _parity(wordings: Mapping[str, str]) -> Iterator[Finding]:
    keys = {language: set(patterns(text)) for language, text in wordings.items()}
    known = set().union(*keys.values())
    for language, has in keys.items():
        for key in sorted(known - has):
            if ".or-" not in key:
                file = f"{WORDING}/{language}.ftl"
                yield Finding(file, 0, f"{key} is missing", "say it in this language too")


def _line(text: str, key: str) -> int:
    """The line where a message, or an attribute of it, begins."""
    name, _, attribute = key.partition(".")
    start = re.search(rf"^{re.escape(name)} *=", text, re.MULTILINE)
    if start is None:
        return 0
    before = text.count("\n", 0, start.start())
    if attribute:
        before += text[start.start() :].partition(f".{attribute} ")[0].count("\n")
    return before + 1


line_of_message = _line
