"""The reader and writer of a model's JSON."""

import json

import pytest

import interaction_models
from interaction_models.model import BadModel, read_model, rename_invocation, write_model


@pytest.mark.parametrize("locale", interaction_models.locales())
def test_what_is_read_is_written_back_to_the_letter(locale: str) -> None:
    text = interaction_models.load_text(locale)
    assert write_model(read_model(text)) == text


def test_a_sample_names_its_slots_by_their_types() -> None:
    start = next(i for i in interaction_models.load("en-US").intents if i.slots)
    assert start.typed("{repetitions} of {exercise}") == "{AMAZON.NUMBER} of {Exercise}"


def test_another_invocation_name_changes_nothing_else() -> None:
    text = json.dumps(
        {
            "interactionModel": {
                "languageModel": {"invocationName": "back coach", "intents": []},
                "dialog": {"intents": []},
            },
            "version": "1",
        }
    )
    assert json.loads(rename_invocation(text, "spine friend")) == {
        "interactionModel": {
            "languageModel": {"invocationName": "spine friend", "intents": []},
            "dialog": {"intents": []},
        },
        "version": "1",
    }


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"interactionModel": {}}'])
def test_another_shape_is_no_model(text: str) -> None:
    with pytest.raises(BadModel):
        read_model(text)
    with pytest.raises(BadModel):
        rename_invocation(text, "spine friend")
