"""What was said, as Alexa would tell it to the skill.

Amazon's recogniser is not here. The local speaker understands by the shipped interaction model
and by the words that Alexa's built-in intents know themselves, in this order: the very words;
the words without those around them; typing slips mended; near misses; words that tell of danger;
a known way to ask for an exercise that is not in the list; else the FallbackIntent. "Yes" and
"no" are only ever the very words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import interaction_models
from interaction_models.model import LanguageModel
from skill.speaker.device_requests import LOCAL_SKILL
from skill.speaker.nlu.exact import ExactMatcher, IntentMatch, Sample, SlotFilling
from skill.speaker.nlu.fuzzy import FuzzyMatcher, near_name
from skill.speaker.nlu.lexicon import Lexicon, sentences
from skill.speaker.nlu.naive_bayes import NaiveBayesMatcher
from skill.speaker.nlu.slot_tagger import Tagger
from skill.speaker.nlu.slot_values import SlotMatch, SlotValues
from skill.speaker.nlu.spelling import Speller

FALLBACK = "AMAZON.FallbackIntent"
_PLAIN_ANSWERS = frozenset({"AMAZON.YesIntent", "AMAZON.NoIntent"})
_NO_MATCHES = frozenset({*_PLAIN_ANSWERS, FALLBACK})


@dataclass(frozen=True)
class RecognizedSlot:
    """One slot of an understood intent; with no value where nothing was said for it."""

    name: str
    value: str | None = None
    """Spoken words; for Amazon's types a value such as ``10``, ``PT10M``, ``08:00`` or ``MO``."""
    authority: str | None = None
    """Who resolved it, for custom types only."""
    matches: tuple[SlotMatch, ...] = ()
    """Known values; none is ER_SUCCESS_NO_MATCH."""

    def as_alexa(self) -> dict[str, Any]:
        """Return the slot as it stands in an Alexa request."""
        body: dict[str, Any] = {"name": self.name, "confirmationStatus": "NONE"}
        if self.value is None:
            return body
        body |= {"value": self.value, "source": "USER"}
        if self.authority is None:
            return body
        resolution: dict[str, Any] = {
            "authority": self.authority,
            "status": {"code": "ER_SUCCESS_MATCH" if self.matches else "ER_SUCCESS_NO_MATCH"},
        }
        if self.matches:
            resolution["values"] = [
                {"value": {"name": match.name, "id": match.id}} for match in self.matches
            ]
        return body | {"resolutions": {"resolutionsPerAuthority": [resolution]}}


@dataclass(frozen=True)
class RecognizedIntent:
    """An intent and all its declared slots."""

    intent: str
    slots: tuple[RecognizedSlot, ...] = ()

    def as_alexa(self) -> dict[str, Any]:
        """Return the ``intent`` object of an Alexa IntentRequest."""
        body: dict[str, Any] = {"name": self.intent, "confirmationStatus": "NONE"}
        if self.slots:
            body["slots"] = {slot.name: slot.as_alexa() for slot in self.slots}
        return body


@dataclass(frozen=True)
class Launch:
    """The skill was called by its name, and nothing more was said."""


@dataclass(frozen=True)
class OneShot:
    """The skill was called by its name together with a wish."""

    rest: str
    """What to understand, in plain words."""


@dataclass(frozen=True)
class _PlainModel:
    """Language model in plain words: what there is to compare an utterance with."""

    invocation_name: str
    intents: Mapping[str, Mapping[str, str]]
    """Slot types by slot name, by intent."""
    samples: tuple[Sample, ...] = field(repr=False)

    @classmethod
    def of(cls, model: LanguageModel, words: Lexicon) -> _PlainModel:
        intents = {intent.name: intent.slot_types for intent in model.intents}
        built_in = (
            Sample(name, words.plain(text))
            for name, templates in words.data["intents"].items()
            if name in intents
            for template in templates
            for text in sentences(template)
        )
        shipped = (
            Sample.of(intent.name, sample, intents[intent.name], words)
            for intent, sample in model.samples()
        )
        return cls(words.plain(model.invocation_name), intents, (*built_in, *shipped))


class IntentRecognizer:
    """The local speaker's recogniser for one interaction model."""

    def __init__(
        self, model: LanguageModel, words: Lexicon, language: str, skill_id: str = LOCAL_SKILL
    ) -> None:
        self._words = words
        self._skill_id = skill_id
        self._model = _PlainModel.of(model, words)
        self._values = SlotValues(model.types, words, language)
        samples = self._model.samples
        self._danger: Mapping[str, tuple[str, ...]] = {
            intent: tuple(phrases)
            for intent, phrases in words.data["telltales"].items()
            if intent in self._model.intents
        }
        self._exact = ExactMatcher(samples, self._values)
        nearable = [sample for sample in samples if sample.intent not in _NO_MATCHES]
        self._tagger = Tagger(self._values)
        self._near = FuzzyMatcher(nearable, words, tuple(self._danger))
        self._likely = NaiveBayesMatcher(nearable, self._near.weights, tuple(self._danger), words)
        self._speller = Speller(self._vocabulary(samples))
        self._foreign = frozenset(words.data["foreign"])
        self._nameless = frozenset(words.data["not_in_names"])
        self._openings = dict(self._open_samples(samples))

    @classmethod
    def for_locale(cls, locale: str, skill_id: str = LOCAL_SKILL) -> IntentRecognizer:
        """Return the recogniser of a shipped model.

        Raises:
            LookupError: no model or no built-in words for this locale.
        """
        language = locale.partition("-")[0]
        model = interaction_models.load(locale)
        return cls(model, Lexicon.for_language(language), language, skill_id)

    def _vocabulary(self, samples: Iterable[Sample]) -> set[str]:
        spoken = {word for sample in samples for word in sample.literal.split()}
        around = (*self._words.lead_ins, *self._words.tails, *sum(self._danger.values(), ()))
        around = (*around, *self._words.data["foreign"])
        said = {word for text in around for word in text.split()}
        return spoken | self._values.vocabulary | said

    def _open_samples(self, samples: Iterable[Sample]) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield the words after which a name that is not in the list may stand."""
        asking = frozenset(self._words.data["asking_words"])
        for sample in samples:
            before, brace, slot = sample.text.partition("{")
            name = slot.removesuffix("}")
            if not brace or sample.slots.get(name) not in self._words.data["open_types"]:
                continue
            if not asking.isdisjoint(before.split()):
                yield before, (sample.intent, name)

    def understand(self, words: str) -> RecognizedIntent:
        """Return what was said; anything else than the model's business is a FallbackIntent."""
        said = self._words.without_wake(self._words.plain(words))
        calm = self._words.without_hesitation(said)
        found = self._exact.find(said) or self._exact.find(calm) or self._roundabout(calm)
        return self._understood(found or IntentMatch(FALLBACK))

    def _roundabout(self, text: str) -> IntentMatch | None:
        """Return what was said in other than the very words: never a yes or a no."""
        if not text:
            return None
        if (first := self._tagger.first_named(text)) != text:
            return self._roundabout(first)
        mended = list(self._speller.mended(text))
        if found := self._core(text) or self._mended(mended):
            return found
        foreign = any(_has(text, phrase) for phrase in self._foreign)
        # Of a large bowl of sugar no slip tells that it was a bowel.
        told = self._told_together(text) or self._telltale(text)
        telling = told or next(filter(None, map(self._telltale, mended * (not foreign))), None)
        near = None if foreign else self._nearest(text)
        if telling and (near is None or near.intent not in self._danger):
            return telling
        if near and near.intent in self._danger and not telling and self._only_denied(text):
            return None
        return near or (None if foreign else self._open_name(text))

    def _nearest(self, text: str) -> IntentMatch | None:
        around = {*self._words.lead_ins, *self._words.tails}
        cores = [core for core in dict.fromkeys(self._words.cores(text)) if core not in around]
        readings = [self._tagger.tagged(core) for core in cores]
        likely = next(filter(None, map(self._likely.find, readings)), None)
        found = likely or next(filter(None, map(self._near.find, readings)), None)
        return None if found and self._is_the_opposite(cores, found.intent) else found

    def _is_the_opposite(self, cores: Iterable[str], intent: str) -> bool:
        """Tell whether an intent has just this, but denied: "I can feel my legs"."""
        denied = (
            f" {core} ".replace(f" {able} ", f" {able} {self._words.data['denial']} ").strip()
            for core in cores
            for able in self._words.data["abilities"]
            if _has(core, able) and self._words.negations.isdisjoint(core.split())
        )
        return any(hit.intent == intent for hit in map(self._exact.find, denied) if hit)

    def _core(self, text: str) -> IntentMatch | None:
        for core in self._words.cores(text):
            found = self._exact.find(core)
            if found and found.intent not in _PLAIN_ANSWERS:
                return found
        return None

    def _mended(self, texts: Iterable[str]) -> IntentMatch | None:
        """Return what the mended texts say where they agree, or the danger that one tells of."""
        found = {hit.intent: hit for hit in map(self._core, texts) if hit}
        for intent in self._danger:
            if intent in found:
                return found[intent]
        return next(iter(found.values())) if len(found) == 1 else None

    def _telltale(self, text: str) -> IntentMatch | None:
        """Return the danger that words of the text tell of, alone or together."""
        about = self._only_asks(text)
        text = self._without_harmless(text)
        for worst, (intent, phrases) in enumerate(self._danger.items()):
            if worst > 0 and about:
                break
            if any(self._tells(text, phrase) for phrase in phrases):
                return IntentMatch(intent)
        return None

    def _told_together(self, text: str) -> IntentMatch | None:
        """Return the danger told of by words that are none alone: legs that are dead."""
        if self._only_asks(text):
            return None
        text = self._without_harmless(text)
        for row in self._words.data["together"]:
            if all(any(self._tells(text, word) for word in words) for words in row["words"]):
                return IntentMatch(row["intent"])
        return None

    def _tells(self, text: str, phrase: str) -> bool:
        return _has(text, phrase) and not self._words.denied(text, phrase)

    def _only_asks(self, text: str) -> bool:
        return any(text.startswith(f"{q} ") for q in self._words.data["painless_questions"])

    def _without_harmless(self, text: str) -> str:
        for harmless in self._words.data["harmless"]:
            text = f" {text} ".replace(f" {harmless} ", " ").strip()
        return text

    def _only_denied(self, text: str) -> bool:
        """Tell whether a danger is named, but as one that is not there: "not numb"."""
        return any(_has(text, phrase) for phrases in self._danger.values() for phrase in phrases)

    def _open_name(self, text: str) -> IntentMatch | None:
        """Return the wish for something that is asked for like an exercise."""
        for core in self._words.cores(text):
            fitting = [before for before in self._openings if core.startswith(before)]
            if not fitting:
                continue
            before = max(fitting, key=len)
            name = core[len(before) :]
            if not 0 < len(name.split()) <= 4 or not self._nameless.isdisjoint(name.split()):
                continue
            intent, slot = self._openings[before]
            slot_type = self._model.intents[intent][slot]
            return IntentMatch(intent, {slot: near_name(name, slot_type, self._values)})
        return None

    def _understood(self, found: IntentMatch) -> RecognizedIntent:
        declared = self._model.intents.get(found.intent, {})
        slots = (self._slot(name, kind, found.slots.get(name)) for name, kind in declared.items())
        return RecognizedIntent(found.intent, tuple(slots))

    def _slot(self, name: str, slot_type: str, content: SlotFilling | None) -> RecognizedSlot:
        if content is None:
            return RecognizedSlot(name)
        if slot_type not in self._values.custom:
            return RecognizedSlot(name, content.value)
        authority = f"amzn1.er-authority.echo-sdk.{self._skill_id}.{slot_type}"
        return RecognizedSlot(
            name, content.value, authority, (content.match,) if content.match else ()
        )

    def invocation(self, words: str) -> Launch | OneShot | None:
        """Tell whether words said with no session open call this skill, and with what wish.

        "Open back coach" launches; "ask back coach to start the bridge", "open back coach and
        start the bridge" and "start the bridge with back coach" carry a wish.
        """
        said = self._words.without_wake(self._words.plain(words))
        said = self._words.without_hesitation(said)
        found = (self._invocation(core) for core in self._words.cores(said))
        return next((called for called in found if called), None)

    def _invocation(self, text: str) -> Launch | OneShot | None:
        table = self._words.data["invocation"]
        name = self._model.invocation_name
        before, found, after = f" {text} ".partition(f" {name} ")
        if not found:
            return None
        before, after = before.strip(), after.strip()
        called = " ".join(word for word in before.split() if word not in table["article"])
        if not called or called in table["launch"] or called in table["ask"]:
            return self._one_shot(after)
        rest, _, joint = before.rpartition(" ")
        return OneShot(rest) if joint in table["with"] and rest and not after else None

    def _one_shot(self, after: str) -> OneShot | Launch:
        if not after or after in self._words.tails:
            return Launch()
        joints = sorted(self._words.data["invocation"]["join"], key=len, reverse=True)
        joint = next((j for j in joints if after.startswith(f"{j} ")), None)
        return OneShot(after[len(joint) + 1 :] if joint else after)


def _has(text: str, phrase: str) -> bool:
    return f" {phrase} " in f" {text} "
