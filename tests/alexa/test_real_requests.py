"""Requests as devices send them: of every type, of four generations, and with parts left out."""

import json
from pathlib import Path

import pytest
from ask_sdk_model.request import Request
from flask import Flask

from skill.alexa.identity import key_of
from skill.store.sqlite import SqliteStore
from tests.alexa.conftest import HOUSEHOLD, MORNING, VOICE, Alexa, Answer, Clock, Json, says
from tests.alexa.doors import REQUESTS, all_doors
from tests.alexa.mutations import NEEDED, run, table

FILES = sorted(REQUESTS.glob("*.json"))
TALKING = ("LaunchRequest", "IntentRequest", "Connections.Response")
OLD_FORM = "LaunchRequest.old-form-without-context"


def test_every_type_of_request_is_there() -> None:
    types = {json.loads(file.read_bytes())["request"]["type"] for file in FILES}
    assert set(Request.discriminator_value_class_map) < types


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_is_answered_alike_at_every_door(
    file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    body = file.read_bytes()
    asked: Json = json.loads(body)
    answers = {name: door(body) for name, door in all_doors(tmp_path).items()}
    status, answer = answers["HTTP"]
    assert all(other == (status, answer) for other in answers.values())
    assert [r for r in caplog.records if r.levelname == "ERROR"] == []
    if file.stem == OLD_FORM:
        assert status == 400
        assert answer == {"error": "not an Alexa request: Object missing required field `context`"}
        return
    assert status == 200
    assert (asked["request"]["type"] in TALKING) == ("outputSpeech" in answer["response"])
    if asked["request"]["type"] not in (*TALKING, "SessionEndedRequest"):
        assert answer["response"] == {}, "it asks for nothing"
        kept = asked.get("session", {}).get("attributes")
        assert answer.get("sessionAttributes") == kept, "so the state stays"


@pytest.mark.parametrize("reason", ["SESSION_TRANSFERRED", "", None, 7, {"code": "NEW"}])
@pytest.mark.parametrize("error", [None, {"type": "GLASSES_TAKEN_OFF"}, "lost", [1]])
def test_a_session_end_counts_whatever_its_reason(
    reason: object, error: object, alexa: Alexa, clock: Clock
) -> None:
    alexa.be_guided("bridge")
    clock.wait(60)
    alexa.ask({"type": "SessionEndedRequest", "reason": reason, "error": error})
    clock.wait(600)
    assert says(alexa.launch(), "ask-carry-on")
    assert says(alexa.another().say("ProgressIntent"), "progress-none")


def test_new_values_everywhere_change_nothing_in_what_is_meant(
    app: Flask, tmp_path: Path, clock: Clock
) -> None:
    glasses = json.loads((REQUESTS / "IntentRequest.start.wearable-2026.json").read_bytes())
    answer = Answer(app.test_client().post("/alexa", json=glasses).get_json())
    assert answer.attributes["wanted"]["plan"][0]["exercise"] == "bridge"
    assert answer.attributes["who"] == key_of(VOICE)
    store = SqliteStore(tmp_path / "memory.sqlite3")
    assert store.recall(key_of(HOUSEHOLD)) == store.recall("nobody")
    assert clock.now == MORNING


@pytest.mark.slow
def test_only_what_trust_and_the_coach_need_can_have_a_request_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL")
    figures = run(all_doors(tmp_path))
    assert figures.faults == []
    assert set(figures.refused) == set(NEEDED)
    page = (Path(__file__).parents[2] / "docs" / "safety.md").read_text("utf-8")
    between = page.split("<!-- mutations -->")[1].split("<!-- /mutations -->")[0]
    assert between.strip() == "\n".join(table(figures))
