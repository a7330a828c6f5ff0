"""The words that the page's ear listens for, from the shipped interaction model."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import interaction_models
from skill.speaker.understanding_values import number_words
from skill.speaker.understanding_words import Words, sentences
from speech.ear_grammar import Network, Sentence, network

IsKnown = Callable[[str], bool]
"""Whether the ear can hear a word at all."""

MOST_NUMBER = 30
"""The largest number of rounds, and of minutes, that is listened for."""

_TO_A_QUESTION = {
    "AMAZON.YesIntent": ("yes", "yeah", "yep", "yes i do", "yes i have", "yes it does"),
    "UnsureIntent": ("not sure", "i'm not sure", "i am not sure", "i don't know", "maybe"),
    "AMAZON.HelpIntent": ("help", "why do you ask"),
    "AMAZON.RepeatIntent": ("repeat", "repeat the question", "say that again", "pardon"),
    "AMAZON.StopIntent": ("stop", "stop it", "goodbye"),
    "ReportPainIntent": ("that hurts", "it hurts", "ouch", "pain", "i'm in pain"),
    "ReportEmergencyIntent": ("emergency", "my legs are numb", "chest pain", "call an ambulance"),
}


def everything(locale: str, is_known: IsKnown) -> Network:
    """All that the model of a locale understands, with or without the wake word."""
    return network(_sentences(locale, is_known), _slots(locale, is_known))


def _sentences(locale: str, is_known: IsKnown) -> Iterator[Sentence]:
    language = locale.partition("-")[0]
    model = interaction_models.load(locale)["interactionModel"]["languageModel"]
    words = Words.for_language(language)
    name = str(model["invocationName"])
    said = [f"{verb} {name}" for verb in words.data["invocation"]["launch"]]
    for intent in model["intents"]:
        kinds = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        said += [_by_type(sample, kinds) for sample in intent["samples"]]
        for template in words.data["intents"].get(intent["name"], ()):
            said += sentences(template)
    for text in said:
        sentence = tuple(text.split())
        if all(word.startswith("{") or is_known(word) for word in sentence):
            yield sentence
            yield ("alexa", *sentence)


def _by_type(sample: str, kinds: dict[str, str]) -> str:
    for slot, kind in kinds.items():
        sample = sample.replace(f"{{{slot}}}", f"{{{kind}}}")
    return sample.lower() if "{" not in sample else sample


def _slots(locale: str, is_known: IsKnown) -> dict[str, list[Sentence]]:
    language = locale.partition("-")[0]
    model = interaction_models.load(locale)["interactionModel"]["languageModel"]
    words = Words.for_language(language)
    said: dict[str, Iterable[str]] = {
        kind["name"]: [text.lower() for value in kind["values"] for text in _names(value)]
        for kind in model["types"]
    }
    said["AMAZON.NUMBER"] = [*_numbers(language), *words.data["numbers"]["also"]]
    said["AMAZON.DURATION"] = list(_durations(words, language))
    said["AMAZON.TIME"] = list(_times(words, language))
    return {kind: _known(texts, is_known) for kind, texts in said.items()}


def _names(value: dict[str, Any]) -> list[str]:
    return [value["name"]["value"], *value["name"].get("synonyms", ())]


def _known(texts: Iterable[str], is_known: IsKnown) -> list[Sentence]:
    split = (tuple(text.split()) for text in texts)
    return [sentence for sentence in split if all(map(is_known, sentence))]


def _numbers(language: str, last: int = MOST_NUMBER) -> list[str]:
    return [number_words(number, language)[-1] for number in range(1, last + 1)]


def _durations(words: Words, language: str) -> Iterator[str]:
    for row in words.data["durations"]:
        for template in sentences(row["says"]):
            if "{n}" not in template:
                yield template
            elif row["value"] == "PT{n}M":
                yield from (template.replace("{n}", number) for number in _numbers(language))


def _times(words: Words, language: str) -> Iterator[str]:
    times = words.data["times"]
    hours = _numbers(language, 12)
    halves = [half for text in times["half_of_day"].values() for half in sentences(text)]
    for template in times["part_of_day"].values():
        yield from sentences(template)
    for pattern in times["clock"]:
        for template in sentences(pattern):
            for hour in hours:
                clock = template.replace("{h}", hour)
                yield clock
                yield from (f"{clock} {half}" for half in halves)
    yield from (f"{hour} thirty" for hour in hours)
