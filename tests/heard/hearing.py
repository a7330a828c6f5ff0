"""What recognisers make of the utterances, and how often they are right."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import interaction_models
from interaction_models.model import read_model
from skill.speaker.nlu.recognizer import FALLBACK, IntentRecognizer
from tests.heard import node
from tests.heard.evaluation import Utterance

DANGER = ("ReportPainIntent", "ReportEmergencyIntent")
NUMBER = "AMAZON.NUMBER"
"""The one slot type of Amazon's that the virtual Alexa knows."""


@dataclass(frozen=True)
class Heard:
    """An intent and its filled slots: ids for our types, Alexa's values for Amazon's."""

    intent: str
    slots: Mapping[str, str] = field(default_factory=dict)


def by_resolver(said: Iterable[str], locale: str = "en-US") -> dict[str, Heard]:
    """What the local speaker makes of each utterance."""
    understanding = IntentRecognizer.for_locale(locale)
    return {text: _resolved(understanding, text) for text in said}


def _resolved(understanding: IntentRecognizer, text: str) -> Heard:
    found = understanding.recognize(text)
    slots = {s.name: s.matches[0].id if s.matches else s.value for s in found.slots if s.value}
    return Heard(found.intent, {name: str(value) for name, value in slots.items()})


def by_virtual_alexa(said: Sequence[str], locale: str = "en-US") -> dict[str, Heard]:
    """What a virtual Alexa makes of those utterances that it supports.

    It takes only samples word for word, and any words for slots of Amazon's types but numbers, so
    what it would fill such a slot with is not supported.
    """
    text = interaction_models.load_text(locale)
    declared = {intent.name: intent.slot_types for intent in read_model(text).intents}
    heard = {}
    for line in node.run("understand.js", {"model": json.loads(text), "said": list(said)}):
        intent = line["intent"]
        if intent is None or intent["name"] not in declared:
            continue
        types = declared[intent["name"]]
        slots = intent.get("slots") or {}
        filled = {name: slot for name, slot in slots.items() if slot.get("value")}
        if all(types[name] == NUMBER or "." not in types[name] for name in filled):
            ids = {name: _id(slot) for name, slot in filled.items() if types[name] != NUMBER}
            heard[line["said"]] = Heard(intent["name"], ids)
    return heard


def _id(slot: Mapping[str, Any]) -> str:
    (authority,) = slot["resolutions"]["resolutionsPerAuthority"]
    return str(authority["values"][0]["value"]["id"])


def right(utterances: Iterable[Utterance], heard: Mapping[str, Heard]) -> int:
    """How many have the right intent."""
    return sum(heard[each.said].intent == each.intent for each in utterances)


def wholly_right(utterances: Iterable[Utterance], heard: Mapping[str, Heard]) -> int:
    """How many have the right intent and the right slots, with none too many."""
    return sum(heard[each.said] == Heard(each.intent, each.slots) for each in utterances)


def confusions(
    utterances: Iterable[Utterance], heard: Mapping[str, Heard]
) -> Counter[tuple[str, str]]:
    """How often one intent was taken for another: meant, heard."""
    return Counter(
        (each.intent, heard[each.said].intent)
        for each in utterances
        if heard[each.said].intent != each.intent
    )


def missed_danger(utterances: Iterable[Utterance], heard: Mapping[str, Heard]) -> int:
    """How many tell of pain or an emergency and were not taken for it.

    Pain that is taken for an emergency is not missed; an emergency taken for mere pain is.
    """
    return sum(
        each.intent in DANGER and heard[each.said].intent not in DANGER[DANGER.index(each.intent) :]
        for each in utterances
    )


def false_noes(utterances: Iterable[Utterance], heard: Mapping[str, Heard]) -> int:
    """How many that are no plain no were taken for one."""
    no = "AMAZON.NoIntent"
    return sum(heard[each.said].intent == no != each.intent for each in utterances)


def refused(texts: Iterable[str], heard: Mapping[str, Heard]) -> int:
    """How many were taken for none of the skill's business."""
    return sum(heard[text].intent == FALLBACK for text in texts)
