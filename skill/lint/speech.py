"""Speech checks: every reply of the conversation, rendered as Alexa would get it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from skill.coach.events import Intent
from skill.coach.reply import Card, Reply
from skill.content import Content
from skill.exercises import Exercises, Safety
from skill.exercises.message_keys import needed_keys
from skill.lint.explorer import ExploredReply, explore
from skill.lint.findings import Finding
from skill.lint.language_rules import Rules, read_rules
from skill.lint.messages import SEEDS
from skill.lint.project import Project
from skill.lint.ssml_dialect import ssml_faults
from skill.lint.wording import place_of_message
from speech.script import Script
from speech.ssml import TooLong, ssml
from speech.timeline import DRIFT, script_duration
from speech.wording import Line, MissingWords, Wording
from speech.wording.catalog import Argument

LONGEST_REPLY, LONGEST_REPROMPT = 240.0, 90.0
"""Seconds that Alexa speaks at a stretch."""

LONGEST_CARD = 8000
"""Characters of a card, its title included."""

NOW = datetime(2025, 3, 3, 8, tzinfo=UTC)
"""Some morning. Nothing that is said depends on which."""

EDUCATIONAL = "educational"
"""What somebody new hears first, whatever else is said."""

Problem = tuple[str, str]
"""What is wrong, and what to do."""

_GAP = "\ufffd"
"""Said where a sentence is missing."""


class _Heeded(Wording):
    """Knows which sentences were looked up, and which one last; goes on where one is missing."""

    def __init__(self, texts: Mapping[str, str], language: str) -> None:
        super().__init__(texts, language)
        self.last = ""
        self.lines: dict[str, Line] = {}
        self.missing: dict[str, str] = {}
        """Why each sentence cannot be said that could not."""

    def say(self, line: Line, seed: int = 0) -> str:
        self.last = line.key
        self.lines.setdefault(line.key, line)
        return super().say(line, seed)

    def _say(self, key: str, seed: int, args: dict[str, Argument]) -> str:
        # One run finds everything that is missing, not only what is missed first.
        try:
            return super()._say(key, seed, args)
        except MissingWords as error:
            self.missing.setdefault(key, str(error))
            return _GAP

    def other_ways(self) -> Iterator[tuple[str, str]]:
        """Key and reason of each sentence that cannot be said in one of its other ways."""
        for key, line in self.lines.items():
            try:
                for seed in SEEDS if f"{key}.or-1" in self else ():
                    super()._say(key, seed, line.args)
            except MissingWords as error:
                yield key, str(error)


def speech_findings(project: Project, facts: tuple[Exercises, Safety]) -> Iterator[Finding]:
    """Faults of replies, in every language.

    Args:
        project: whose sentences.
        facts: its exercises and safety rules.
    """
    needed = {key for _, key in needed_keys(*facts)}
    for language in project.languages:
        texts = project.wordings[language]
        words, rules = _Heeded(texts, language), read_rules(project.rules[language])
        found: dict[Problem, Finding] = {}
        for key, path, (problem, fix) in _reply_findings(Content(*facts, words), words, rules):
            told = f"{problem} (heard by somebody {path})"
            place = place_of_message(texts, key)
            found.setdefault((problem, fix), Finding(*place, told, fix))
        yield from found.values()
        for key, reason in words.missing.items():
            if key in words or key not in needed:  # else told by the check of the facts
                problem, fix = f"{key} cannot be said: {reason}", f"write {key}, or mend it"
                yield Finding(*place_of_message(texts, key), problem, fix)


def _reply_findings(
    content: Content, words: _Heeded, rules: Rules
) -> Iterator[tuple[str, str, Problem]]:
    """Key, path and problem of each fault in the walk."""
    seen: set[Reply] = set()
    for heard in explore(content, NOW):
        path = ": ".join([heard.path[0], ", ".join([*heard.path[1:], heard.event.intent])])
        key, reply = _prompt_faults(heard) or words.last, heard.turn.reply
        for problem in (*_of_turn(heard), *_of_opening(heard, words)):
            yield key, path, problem
        if reply is not None and reply not in seen:
            seen.add(reply)
            for problem in () if _has_gap(reply) else _of_reply(reply, rules):
                yield key, path, problem
    for key, reason in words.other_ways():
        fix = "mend its arguments"
        yield key, "who hears it in other words", (f"{key} cannot be said: {reason}", fix)


def _has_gap(reply: Reply) -> bool:
    """Whether a sentence is missing from a reply, which is told by itself."""
    return any(_GAP in script.text for script in (reply.script, reply.reprompt) if script)


def _prompt_faults(heard: ExploredReply) -> str:
    """The key of the sentence that a reply ends in; empty where it closes."""
    said = heard.turn.state.said
    return said[-1].key if said else ""


def _of_opening(heard: ExploredReply, words: Wording) -> Iterator[Problem]:
    reply = heard.turn.reply
    if heard.path != ("new",) or heard.event.intent is not Intent.LAUNCH or reply is None:
        return
    if words(EDUCATIONAL) not in reply.script.text:
        yield (
            "the first reply does not say that this is no medical advice",
            (f"have the words of {EDUCATIONAL!r} in welcome-first"),
        )


def _of_turn(heard: ExploredReply) -> Iterator[Problem]:
    turn, intent = heard.turn, heard.event.intent
    if heard.failure:
        yield (
            f"the coach cannot answer {intent.value!r}: {heard.failure}",
            ("add the sentence, or mend its arguments, or the coach"),
        )
    elif turn.reply is None and turn.action is None and intent is not Intent.SESSION_ENDED:
        yield f"nothing is answered to {intent.value!r}", "answer something"


def _of_reply(reply: Reply, rules: Rules) -> Iterator[Problem]:
    yield from _of_script(reply.script, LONGEST_REPLY, rules)
    said = reply.script.last_words
    if reply.reprompt is not None:
        yield from _of_script(reply.reprompt, LONGEST_REPROMPT, rules)
        for text in (said, reply.reprompt.text):
            if not rules.prompts(text):
                yield (
                    f"the talk stays open after {_shortened(text)!r}, which prompts for nothing",
                    ("end it in a question, or in what can be said"),
                )
    elif "?" in said:
        yield f"the talk closes after the question {_shortened(said)!r}", "ask nothing there"
    if isinstance(reply.card, Card):
        yield from _of_card(reply.card, rules)


def _of_script(script: Script, longest: float, rules: Rules) -> Iterator[Problem]:
    try:
        text = ssml(script)
    except TooLong as error:
        yield f"a reply is too long: {error}", "say less, or in two replies"
        return
    for fault in ssml_faults(text):
        yield f"Alexa would not speak this: {fault}", "keep to Alexa's SSML and its limits"
    seconds = script_duration(script, stretch=1 + DRIFT)
    if seconds >= longest:
        yield (
            f"a reply may take {seconds:.0f} s; {longest:g} s is the most",
            ("shorten its holds or its sentences, or cut it"),
        )
    if claim := rules.claim_in(script.text):
        yield f"a reply claims {claim!r}", "claim nothing about health"


def _of_card(card: Card, rules: Rules) -> Iterator[Problem]:
    if not card.title or not card.text or len(card.title + card.text) >= LONGEST_CARD:
        yield "a card is empty or too long", f"fewer than {LONGEST_CARD} characters"
    if claim := rules.claim_in(card.text):
        yield f"a card claims {claim!r}", "claim nothing about health"


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"… {text[-60:]}"
