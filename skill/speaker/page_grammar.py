"""What the page's ear listens for, from the shipped interaction model."""

import random
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import msgspec

import interaction_models
from skill.speaker.understanding_values import number_words
from skill.speaker.understanding_words import Words, sentences
from speech.ear_sphinx import Answers

FILLINGS = 12
"""With how many values each sample with slots is heard; together they are all heard often."""

MOST_NUMBER = 30
"""The largest number of rounds, and of minutes, that is listened for."""


def talk(locale: str) -> list[str]:
    """Sentences of a locale's model, its slots filled in turn; the same ones every time.

    Raises LookupError where there is no model.
    """
    language = locale.partition("-")[0]
    model = interaction_models.load(locale)["interactionModel"]["languageModel"]
    words = Words.for_language(language)
    values = _Values(model, words, language)
    name = model["invocationName"]
    said = [f"{verb} {name}" for verb in words.data["invocation"]["launch"]]
    for intent in model["intents"]:
        kinds = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        for sample in intent["samples"]:
            said += values.filled(sample.lower(), kinds)
        for template in words.data["intents"].get(intent["name"], ()):
            said += sentences(template)
    woken = [f"{words.data['wake'][0]} {text}" for text in said[:: len(words.data["wake"])]]
    return list(dict.fromkeys([*said, *woken]))


def answers(locale: str) -> Answers:
    """What may be said to a safety question; LookupError where that is not known."""
    if locale.partition("-")[0] != "en":
        raise LookupError(f"the ear knows no answers for locale {locale!r}")
    data = tomllib.loads(files("skill.speaker").joinpath("page_answers.toml").read_text("utf-8"))
    return msgspec.convert(data, Answers)


class _Values:
    """What can stand in a slot, drawn by chance that is the same every time."""

    def __init__(self, model: dict[str, Any], words: Words, language: str) -> None:
        self._chance = random.Random(1)  # noqa: S311 - no secret
        self._language = language
        self._texts: dict[str, list[str]] = {
            kind["name"]: [text.lower() for value in kind["values"] for text in _names(value)]
            for kind in model["types"]
        }
        self._texts["AMAZON.NUMBER"] = self._numbers(MOST_NUMBER)
        self._texts["AMAZON.DURATION"] = list(self._durations(words))
        self._texts["AMAZON.TIME"] = list(self._times(words))

    def filled(self, sample: str, kinds: dict[str, str]) -> Iterator[str]:
        """The sample with values in its slots, as often as there are fillings."""
        for _ in range(FILLINGS if "{" in sample else 1):
            text = sample
            for slot, kind in kinds.items():
                if f"{{{slot}}}" in text:
                    text = text.replace(f"{{{slot}}}", self._chance.choice(self._texts[kind]))
            yield text

    def _numbers(self, last: int) -> list[str]:
        return [number_words(number, self._language)[-1] for number in range(1, last + 1)]

    def _durations(self, words: Words) -> Iterator[str]:
        for row in words.data["durations"]:
            for template in sentences(row["says"]):
                if "{n}" not in template:
                    yield template
                elif row["value"] == "PT{n}M":
                    for number in self._numbers(MOST_NUMBER):
                        yield template.replace("{n}", number)

    def _times(self, words: Words) -> Iterator[str]:
        times = words.data["times"]
        halves = [half for text in times["half_of_day"].values() for half in sentences(text)]
        for template in times["part_of_day"].values():
            yield from sentences(template)
        for pattern in times["clock"]:
            for template in sentences(pattern):
                for hour in self._numbers(12):
                    clock = template.replace("{h}", hour)
                    yield from (clock, f"{clock} {self._chance.choice(halves)}")


def _names(value: dict[str, Any]) -> list[str]:
    return [value["name"]["value"], *value["name"].get("synonyms", ())]
