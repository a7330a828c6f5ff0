"""What the page's ear listens for, from the shipped interaction model."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import msgspec

import interaction_models
from skill.speaker.understanding_values import number_words
from skill.speaker.understanding_words import Words, sentences
from speech.ear_answers import Answers
from speech.ear_decoder import Dictionary
from speech.ear_grammar import Network, Sentence, network
from speech.wording import Wording

LONGEST = 4
"""Words of the longest sample that is listened for, a slot counting as one. Every sample of the
model makes a net in which nothing is found in time."""

MOST_NAMES = 5
"""Names of each value of a slot that are listened for, the first ones of the model; the later ones
are what other recognisers have mistaken them for."""

MOST_NUMBER = 30
"""The largest number of rounds, and of minutes, that is listened for."""


def talk(locale: str, known: Dictionary) -> Network:
    """What may be said at any time, in words whose sound is known.

    Raises LookupError where there is no model of the locale.
    """
    language = locale.partition("-")[0]
    model = interaction_models.load(locale)["interactionModel"]["languageModel"]
    words = Words.for_language(language)
    slots = {kind: _known(texts, known) for kind, texts in _slots(model, words, language)}
    said = [*_samples(model, words), *_hints(Wording.for_language(language), words)]
    spoken = _known(said, known)
    wake = tuple(words.data["wake"][0].split())
    called = [(*wake, *sentence) for sentence in spoken if len(sentence) < LONGEST]
    return network([*spoken, *called], slots)


def answers(locale: str) -> Answers:
    """What may be said to a safety question; LookupError where that is not known."""
    if locale.partition("-")[0] != "en":
        raise LookupError(f"the ear knows no answers for locale {locale!r}")
    data = tomllib.loads(files("skill.speaker").joinpath("page_answers.toml").read_text("utf-8"))
    return msgspec.convert(data, Answers)


def _samples(model: dict[str, Any], words: Words) -> Iterator[str]:
    name = model["invocationName"]
    yield from (f"{verb} {name}" for verb in words.data["invocation"]["launch"])
    for intent in model["intents"]:
        kinds = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        for sample in intent["samples"]:
            if len(sample.split()) <= LONGEST:
                yield _by_type(sample, kinds)
        for template in words.data["intents"].get(intent["name"], ()):
            yield from (text for text in sentences(template) if len(text.split()) <= LONGEST)


def _by_type(sample: str, kinds: dict[str, str]) -> str:
    """The sample in small letters, its slots named by their types."""
    parts = [
        f"{{{kinds[part[1:-1]]}}}" if part.startswith("{") else part.lower()
        for part in sample.split()
    ]
    return " ".join(parts)


def _hints(wording: Wording, words: Words) -> Iterator[str]:
    """What the page proposes to say."""
    for key in wording.keys:
        if key.startswith("page-say-"):
            for text in wording(key).split("|"):
                yield text.strip().lower().rstrip("?.!")
                yield words.plain(text)


def _known(texts: Iterator[str] | list[str], known: Dictionary) -> list[Sentence]:
    split = dict.fromkeys(tuple(text.split()) for text in texts)
    return [
        sentence
        for sentence in split
        if sentence and all(word.startswith("{") or word in known for word in sentence)
    ]


def _slots(
    model: dict[str, Any], words: Words, language: str
) -> Iterator[tuple[str, Iterator[str] | list[str]]]:
    for kind in model["types"]:
        yield kind["name"], [text.lower() for value in kind["values"] for text in _names(value)]
    numbers = [number_words(number, language)[-1] for number in range(1, MOST_NUMBER + 1)]
    yield "AMAZON.NUMBER", numbers
    yield "AMAZON.DURATION", _durations(words, numbers)
    yield "AMAZON.TIME", _times(words, numbers[:12])


def _names(value: dict[str, Any]) -> list[str]:
    return [value["name"]["value"], *value["name"].get("synonyms", ())][:MOST_NAMES]


def _durations(words: Words, numbers: list[str]) -> Iterator[str]:
    for row in words.data["durations"]:
        for template in sentences(row["says"]):
            if "{n}" not in template:
                yield template
            elif row["value"] == "PT{n}M":
                yield from (template.replace("{n}", number) for number in numbers)


def _times(words: Words, hours: list[str]) -> Iterator[str]:
    times = words.data["times"]
    halves = [half for text in times["half_of_day"].values() for half in sentences(text)]
    for template in times["part_of_day"].values():
        yield from sentences(template)
    for hour in hours:
        for clock in (hour, f"{hour} o'clock", f"{hour} thirty", f"half past {hour}"):
            yield clock
            yield from (f"{clock} {half}" for half in halves)
