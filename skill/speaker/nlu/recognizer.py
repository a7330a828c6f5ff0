"""Intent recognizer: what was said, as Alexa would tell it to the skill.

Amazon's recogniser is not here. The local speaker recognizes intents by the shipped interaction
model and by the words that Alexa's built-in intents know themselves, in this order: the very
words; the words without those around them; typing slips corrected; near misses; words that tell
of danger; a known way to ask for an exercise that is not in the list; else the FallbackIntent.
"Yes" and "no" are only ever the very words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import interaction_models
from interaction_models.model import LanguageModel
from skill.speaker.device_requests import LOCAL_SKILL
from skill.speaker.nlu.exact import ExactMatcher
from skill.speaker.nlu.fuzzy import FuzzyMatcher
from skill.speaker.nlu.intent_match import IntentMatch, SlotFilling
from skill.speaker.nlu.invocation import InvocationMatcher, Launch, OneShot
from skill.speaker.nlu.lexicon import Lexicon, has_phrase, sentences
from skill.speaker.nlu.naive_bayes import NaiveBayesMatcher
from skill.speaker.nlu.open_names import OpenNameMatcher
from skill.speaker.nlu.recognized_intent import RecognizedIntent, RecognizedSlot
from skill.speaker.nlu.sample import PlainSample
from skill.speaker.nlu.slot_tagger import SlotTagger
from skill.speaker.nlu.slot_values import SlotValues
from skill.speaker.nlu.spelling import SpellingCorrector
from skill.speaker.nlu.telltales import TelltaleMatcher

FALLBACK = "AMAZON.FallbackIntent"
_PLAIN_ANSWERS = frozenset({"AMAZON.YesIntent", "AMAZON.NoIntent"})
_NO_MATCHES = frozenset({*_PLAIN_ANSWERS, FALLBACK})


@dataclass(frozen=True)
class _PlainModel:
    """Language model in plain words: what there is to compare an utterance with."""

    invocation_name: str
    intents: Mapping[str, Mapping[str, str]]
    """Slot types by slot name, by intent."""
    samples: tuple[PlainSample, ...] = field(repr=False)

    @classmethod
    def of(cls, model: LanguageModel, words: Lexicon) -> _PlainModel:
        intents = {intent.name: intent.slot_types for intent in model.intents}
        built_in = (
            PlainSample(name, words.plain(text))
            for name, templates in words.data["intents"].items()
            if name in intents
            for template in templates
            for text in sentences(template)
        )
        shipped = (
            PlainSample.of(intent.name, sample, intents[intent.name], words)
            for intent, sample in model.samples()
        )
        return cls(words.plain(model.invocation_name), intents, (*built_in, *shipped))


class IntentRecognizer:
    """Intent recognizer for one interaction model."""

    def __init__(
        self, model: LanguageModel, words: Lexicon, language: str, skill_id: str = LOCAL_SKILL
    ) -> None:
        self._words = words
        self._skill_id = skill_id
        self._model = _PlainModel.of(model, words)
        self._values = SlotValues(model.types, words, language)
        samples = self._model.samples
        nearable = [sample for sample in samples if sample.intent not in _NO_MATCHES]
        self._invocations = InvocationMatcher(self._model.invocation_name, words)
        self._tagger = SlotTagger(self._values)
        self._telltales = TelltaleMatcher(words, self._model.intents)
        danger = self._telltales.intents
        self._exact = ExactMatcher(samples, self._values)
        self._fuzzy = FuzzyMatcher(nearable, words, danger)
        self._naive_bayes = NaiveBayesMatcher(nearable, self._fuzzy.weights, danger, words)
        self._open_names = OpenNameMatcher(samples, words, self._values)
        self._spelling = SpellingCorrector(self._vocabulary(samples))
        self._foreign = frozenset(words.data["foreign"])

    @classmethod
    def for_locale(cls, locale: str, skill_id: str = LOCAL_SKILL) -> IntentRecognizer:
        """Return the recognizer of a shipped model.

        Raises:
            LookupError: no model or no built-in words for this locale.
        """
        language = locale.partition("-")[0]
        model = interaction_models.load(locale)
        return cls(model, Lexicon.for_language(language), language, skill_id)

    def _vocabulary(self, samples: Iterable[PlainSample]) -> set[str]:
        spoken = {word for sample in samples for word in sample.literal.split()}
        around = (*self._words.lead_ins, *self._words.tails, *self._telltales.phrases)
        around = (*around, *self._words.data["foreign"])
        said = {word for text in around for word in text.split()}
        return spoken | self._values.vocabulary | said

    def recognize(self, words: str) -> RecognizedIntent:
        """Return the intent of what was said; other business is a FallbackIntent."""
        said = self._words.without_wake(self._words.plain(words))
        calm = self._words.without_hesitation(said)
        found = self._exact.find(said) or self._exact.find(calm) or self._match_inexactly(calm)
        return self._recognized(found or IntentMatch(FALLBACK))

    def _match_inexactly(self, text: str) -> IntentMatch | None:
        """Return what was said in other than the very words: never a yes or a no."""
        if not text:
            return None
        if (first := self._tagger.first_named(text)) != text:
            return self._match_inexactly(first)
        corrected = list(self._spelling.corrected(text))
        if found := self._match_core(text) or self._match_corrected(corrected):
            return found
        foreign = any(has_phrase(text, phrase) for phrase in self._foreign)
        near = None if foreign else self._match_nearest(text)
        is_danger = near is not None and near.intent in self._telltales.intents
        # Of a large bowl of sugar no slip tells that it was a bowel.
        telling = self._telling(text, () if foreign else corrected)
        if telling and not is_danger:
            return telling
        if is_danger and not telling and self._telltales.names_danger(text):
            return None  # it is only denied
        return near or (None if foreign else self._open_names.find(text))

    def _telling(self, text: str, corrected: Iterable[str]) -> IntentMatch | None:
        """Return the danger that the text tells of, or else the text with its slips corrected."""
        if told := self._telltales.find(text):
            return told
        return next(filter(None, map(self._telltales.find_alone, corrected)), None)

    def _match_nearest(self, text: str) -> IntentMatch | None:
        around = {*self._words.lead_ins, *self._words.tails}
        cores = [core for core in dict.fromkeys(self._words.cores(text)) if core not in around]
        readings = [self._tagger.tagged(core) for core in cores]
        likely = next(filter(None, map(self._naive_bayes.find, readings)), None)
        found = likely or next(filter(None, map(self._fuzzy.find, readings)), None)
        return None if found and self._is_the_opposite(cores, found.intent) else found

    def _is_the_opposite(self, cores: Iterable[str], intent: str) -> bool:
        """Tell whether an intent has just this, but denied: "I can feel my legs"."""
        denied = (
            f" {core} ".replace(f" {able} ", f" {able} {self._words.data['denial']} ").strip()
            for core in cores
            for able in self._words.data["abilities"]
            if has_phrase(core, able) and self._words.negations.isdisjoint(core.split())
        )
        return any(hit.intent == intent for hit in map(self._exact.find, denied) if hit)

    def _match_core(self, text: str) -> IntentMatch | None:
        for core in self._words.cores(text):
            found = self._exact.find(core)
            if found and found.intent not in _PLAIN_ANSWERS:
                return found
        return None

    def _match_corrected(self, texts: Iterable[str]) -> IntentMatch | None:
        """Return what the corrected texts say where they agree, or the danger that one tells of."""
        found = {hit.intent: hit for hit in map(self._match_core, texts) if hit}
        for intent in self._telltales.intents:
            if intent in found:
                return found[intent]
        return next(iter(found.values())) if len(found) == 1 else None

    def _recognized(self, found: IntentMatch) -> RecognizedIntent:
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
        """Tell whether words said with no session open call this skill, and with what wish."""
        return self._invocations.find(words)
