"""The shipped models: what the phrases say, within Alexa's rules, complete."""

import re
from collections import Counter

import pytest

import interaction_models
from interaction_models import generate
from interaction_models.model import LanguageModel
from interaction_models.rules import LARGEST_MODEL, sample_fault
from skill.exercises import load_facts

pytestmark = pytest.mark.slow

CUSTOM = {
    "StartExerciseIntent": {"exercise": "Exercise", "repetitions": "AMAZON.NUMBER"},
    "StartRoutineIntent": {"duration": "AMAZON.DURATION", "posture": "Posture"},
    "ListExercisesIntent": {},
    "DescribeExerciseIntent": {"exercise": "Exercise"},
    "SuggestIntent": {},
    "IsItSafeIntent": {},
    "WhenToAvoidIntent": {},
    "WhenToSeeDoctorIntent": {},
    "HowOftenIntent": {"exercise": "Exercise"},
    "WhyItCracksIntent": {},
    "ChronicPainIntent": {},
    "ReportPainIntent": {},
    "ReportEmergencyIntent": {},
    "HowLongLeftIntent": {},
    "ChangePaceIntent": {"pace": "Pace"},
    "ReadyIntent": {},
    "UnsureIntent": {},
    "ProgressIntent": {},
    "RemindMeIntent": {"time": "AMAZON.TIME"},
    "CancelRemindersIntent": {},
    "ForgetMeIntent": {},
}
BUILT_IN = {
    f"AMAZON.{name}Intent"
    for name in (
        *("Yes", "No", "Pause", "Resume", "Next", "Previous", "Repeat", "StartOver"),
        *("Stop", "Cancel", "Help", "Fallback", "NavigateHome"),
    )
}
FACTS = load_facts()[0]
TYPES = {
    "Exercise": set(FACTS.ids),
    "Posture": {posture.id for posture in FACTS.posture},
    "Pace": set(FACTS.pace_ids),
}


@pytest.fixture(params=interaction_models.locales())
def language_model(request: pytest.FixtureRequest) -> LanguageModel:
    return interaction_models.load(request.param)


def test_the_committed_models_are_what_the_phrases_say() -> None:
    assert generate.main(["--check"]) == 0


def test_all_of_english_is_there() -> None:
    assert interaction_models.locales() == ("en-AU", "en-CA", "en-GB", "en-IN", "en-US")


def test_locales_differ_in_a_few_words_only() -> None:
    """Whatever can be said in all of them is most of each, and no intent lacks it anywhere."""
    models = {
        locale: {
            intent.name: set(intent.samples) for intent in interaction_models.load(locale).intents
        }
        for locale in interaction_models.locales()
    }
    everywhere = {
        name: set.intersection(*(model[name] for model in models.values()))
        for name in models["en-US"]
    }
    for locale, model in models.items():
        own = {name: samples - everywhere[name] for name, samples in model.items()}
        assert any(own.values()), locale
        assert sum(map(len, own.values())) < 0.02 * sum(map(len, model.values())), locale


@pytest.mark.parametrize("locale", interaction_models.locales())
def test_a_model_is_far_below_the_size_that_alexa_takes(locale: str) -> None:
    assert len(interaction_models.load_text(locale)) < 1_000_000 < LARGEST_MODEL


@pytest.mark.parametrize("locale", ["de-DE", "", "en", "../en-US"])
def test_an_unknown_locale_is_named_and_the_known_ones_too(locale: str) -> None:
    with pytest.raises(LookupError, match=r"en-US") as error:
        interaction_models.load(locale)
    assert repr(locale) in str(error.value)


def test_every_intent_and_slot_is_declared(language_model: LanguageModel) -> None:
    declared = {intent.name: intent.slot_types for intent in language_model.intents}
    assert declared == CUSTOM | {name: {} for name in BUILT_IN}


def test_slot_types_hold_the_ids_of_the_contract(language_model: LanguageModel) -> None:
    found = {kind.name: {value.id for value in kind.values} for kind in language_model.types}
    assert found == TYPES


def test_every_slot_is_used_by_a_sample(language_model: LanguageModel) -> None:
    for intent in language_model.intents:
        for slot in intent.slots:
            assert any(f"{{{slot.name}}}" in sample for sample in intent.samples)


def test_samples_are_within_alexas_rules(language_model: LanguageModel) -> None:
    samples = [sample for _, sample in language_model.samples()]
    assert [sample for sample in samples if sample_fault(sample)] == []
    assert [sample for sample, count in Counter(map(str.lower, samples)).items() if count > 1] == []


def test_yes_and_no_stand_nowhere_but_in_the_built_ins(language_model: LanguageModel) -> None:
    plain = re.compile(r"(yes|yeah|yep|yup|sure|okay|ok|no|nope|nah|no thanks|not at all|none)")
    for intent in language_model.intents:
        if intent.name in ("AMAZON.YesIntent", "AMAZON.NoIntent"):
            assert intent.samples == []
        assert [sample for sample in intent.samples if plain.fullmatch(sample)] == []


def test_pain_and_emergency_have_the_widest_phrasing(language_model: LanguageModel) -> None:
    counts = {intent.name: len(intent.samples) for intent in language_model.intents}
    widest = sorted(counts, key=counts.__getitem__)[-2:]
    assert set(widest) == {"ReportPainIntent", "ReportEmergencyIntent"}


def test_each_synonym_belongs_to_one_value(language_model: LanguageModel) -> None:
    for kind in language_model.types:
        texts = [text.lower() for value in kind.values for text in value.words]
        assert [text for text, count in Counter(texts).items() if count > 1] == []
