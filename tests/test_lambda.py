"""The skill as AWS Lambda calls it: an event in, an answer out."""

import json
from pathlib import Path
from typing import Any

import pytest

from skill import lambda_function
from skill.alexa.identity import key_of
from skill.alexa.verification.errors import RequestRejected
from skill.coach.effects import Cleared
from skill.lambda_function import LambdaSkill, handler
from skill.settings import BadSetting, Settings
from skill.store import StoreFailed
from skill.store.sqlite import SqliteStore
from tests.alexa.conftest import intent, matched

Json = dict[str, Any]

OURS = "amzn1.ask.skill.ours"
SOMEBODY = "amzn1.ask.account.SOMEBODY"
MORNING = 1736150400.0


def event(request: Json, skill: str = OURS, attributes: Json | None = None) -> Json:
    application = {"applicationId": skill}
    user = {"userId": SOMEBODY}
    return {
        "version": "1.0",
        "session": {
            "new": attributes is None,
            "sessionId": "amzn1.echo-api.session.1",
            "application": application,
            "user": user,
            "attributes": attributes or {},
        },
        "context": {"System": {"application": application, "user": user}},
        "request": {
            "requestId": "amzn1.echo-api.request.1",
            "timestamp": "2025-01-06T08:00:00Z",
            "locale": "en-US",
            **request,
        },
    }


LAUNCH = {"type": "LaunchRequest"}


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BACK_COACH_SKILL_ID", OURS)
    monkeypatch.setenv("BACK_COACH_STORE", f"sqlite://{tmp_path / 'memory.sqlite3'}")
    lambda_function._from_environment.cache_clear()


def test_a_conversation() -> None:
    answer = handler(event(LAUNCH), None)
    assert answer["version"] == "1.0"
    assert "Welcome to Back Coach" in answer["response"]["outputSpeech"]["ssml"]
    assert answer["response"]["shouldEndSession"] is False
    yes = {"type": "IntentRequest", "intent": {"name": "AMAZON.YesIntent"}}
    asked = handler(event(yes, attributes=answer["sessionAttributes"]), None)
    assert "safety questions" in asked["response"]["outputSpeech"]["ssml"]


def test_an_answer_is_plain_json() -> None:
    answer = handler(event(LAUNCH), None)
    assert json.loads(json.dumps(answer)) == answer


def test_another_skill_is_refused() -> None:
    with pytest.raises(RequestRejected, match="another skill"):
        handler(event(LAUNCH, skill="amzn1.ask.skill.theirs"), None)


@pytest.mark.parametrize("wrong", [{}, {"request": {}}, {"Records": []}])
def test_an_event_that_is_no_request_is_refused(wrong: Json) -> None:
    with pytest.raises(RequestRejected):
        handler(wrong, None)


def test_an_event_that_is_nested_too_deeply_is_refused() -> None:
    deep: list[Any] = []
    for _ in range(20_000):
        deep = [deep]
    asked = event(LAUNCH)
    asked["context"]["Deep"] = deep
    with pytest.raises(RequestRejected):
        handler(asked, None)


@pytest.mark.parametrize("stamp", ["yesterday", "", "2025-01-06", 7, None])
def test_an_event_without_a_moment_is_refused(stamp: object) -> None:
    with pytest.raises(RequestRejected):
        handler(event({**LAUNCH, "timestamp": stamp}), None)


@pytest.mark.parametrize("unset", ["BACK_COACH_SKILL_ID", "BACK_COACH_STORE"])
def test_a_setting_that_is_missing_is_named(unset: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(unset)
    with pytest.raises(BadSetting, match=unset):
        handler(event(LAUNCH), None)


@pytest.mark.parametrize("url", ["postgres://x", "sqlite://here"])
def test_a_store_of_no_known_kind_is_named(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACK_COACH_STORE", url)
    with pytest.raises(BadSetting, match="BACK_COACH_STORE"):
        handler(event(LAUNCH), None)


class Stuck(SqliteStore):
    """Reads, and sometimes does not write."""

    writes = True

    def _write(self, *words: Any, **more: Any) -> None:
        if not self.writes:
            raise StoreFailed("no writing")
        super()._write(*words, **more)


def test_pain_counts_though_the_store_could_not_keep_it(tmp_path: Path) -> None:
    store = Stuck(tmp_path / "memory.sqlite3")
    store.keep(key_of(SOMEBODY), [Cleared(MORNING, full=True)])
    skill = LambdaSkill(Settings(skill_id=OURS), store)
    the_bridge = event(intent("StartExerciseIntent", exercise=matched("bridge", "bridge")))
    assert not is_asked(skill.answer(the_bridge))
    store.writes = False
    skill.answer(event(intent("ReportPainIntent")))
    assert is_asked(skill.answer(the_bridge))
    another = LambdaSkill(Settings(skill_id=OURS), SqliteStore(tmp_path / "memory.sqlite3"))
    assert is_asked(another.answer(the_bridge))
    another.answer(event(intent("ChangePaceIntent")))
    assert not is_pending(store), "the first to write has written it"
    assert store.recall(key_of(SOMEBODY)).voided


def is_pending(store: SqliteStore) -> bool:
    """Whether the journal holds a withdrawal that is not in the store."""
    return bool(store._journal.pending())


def is_asked(answer: Json) -> bool:
    """Whether a safety question comes before any guidance."""
    return "screening" in answer["sessionAttributes"]


def test_an_unverified_server_is_no_excuse_for_no_skill_id(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("BACK_COACH_SKILL_ID")
    monkeypatch.setenv("BACK_COACH_VERIFY_REQUESTS", "off")
    with pytest.raises(BadSetting, match="BACK_COACH_SKILL_ID"):
        handler(event(LAUNCH), None)
