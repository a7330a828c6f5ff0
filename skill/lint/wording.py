"""Wording checks: the sentences of every language, one by one."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from skill.lint.findings import Finding
from skill.lint.language_rules import Rules, read_rules
from skill.lint.messages import patterns, ways
from skill.lint.project import WORDING, Project, no_rules
from speech.wording import BrokenWording, MissingWords, Wording

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
    for language, texts in project.wordings.items():
        if language in project.rules:
            yield from _of_language(texts, language, read_rules(project.rules[language]))
        else:
            yield no_rules(language)
    yield from _language_parity_findings(project.wordings)


def _of_language(texts: Mapping[str, str], language: str, rules: Rules) -> Iterator[Finding]:
    try:
        words = Wording(texts, language)
    except BrokenWording as error:
        fix = "write each message once, as Fluent has it"
        yield Finding(error.file, error.line, error.reason, fix)
        return
    for key, values in patterns(texts.values()).items():
        try:
            said = sorted(set(ways(words, key, values)))
        except (MissingWords, TypeError, ValueError) as error:
            fix = "give it what it needs, or mend the name"
            yield Finding(*place_of_message(texts, key), f"{key} cannot be said: {error}", fix)
            continue
        for problem, fix in _message_problems(key, said, rules, words):
            yield Finding(*place_of_message(texts, key), problem, fix)


def _message_problems(key: str, said: list[str], rules: Rules, words: Wording) -> Iterator[Problem]:
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


def _language_parity_findings(wordings: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    keys = {language: set(patterns(texts.values())) for language, texts in wordings.items()}
    for language, has in keys.items():
        for other, texts in wordings.items():
            for key in sorted(keys[other] - has):
                if ".or-" not in key:
                    name = PurePosixPath(place_of_message(texts, key)[0]).name
                    file = f"{WORDING}/{language}/{name}"
                    yield Finding(file, 0, f"{key} is missing", "say it in this language too")


def place_of_message(texts: Mapping[str, str], key: str) -> tuple[str, int]:
    """Place of a message, or of an attribute of it: the file, and the line where it begins.

    Where there is none, the folder of the files, and 0.
    """
    name, _, attribute = key.partition(".")
    for file, text in texts.items():
        if start := re.search(rf"^{re.escape(name)} *=", text, re.MULTILINE):
            before = text.count("\n", 0, start.start())
            if attribute:
                before += text[start.start() :].partition(f".{attribute} ")[0].count("\n")
            return file, before + 1
    return str(PurePosixPath(next(iter(texts))).parent), 0
