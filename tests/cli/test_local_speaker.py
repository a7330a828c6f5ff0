"""The skill beside its device: the operator's settings, and days that are only simulated."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from skill.alexa.identity import key_of
from skill.cli.local_speaker import local_settings, local_skill, talk_fast
from skill.speaker.device_requests import LOCAL_PERSON
from skill.store.sqlite import SqliteStore

TALK = ["Alexa, start the lower back rotation.", *["No."] * 5, "+110s Alexa, stop."]


def test_what_the_operator_set_holds_at_home_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACK_COACH_RETENTION_DAYS", "30")
    monkeypatch.setenv("BACK_COACH_SCREENING", "statement")
    settings = local_settings("sqlite:///somewhere")
    assert (settings.retention_days, settings.screening) == (30, "statement")
    assert settings.store == "sqlite:///somewhere"
    assert settings.delay == 0


def test_the_endpoints_settings_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACK_COACH_SKILL_ID", "amzn1.ask.skill.ours")
    monkeypatch.setenv("BACK_COACH_VERIFY_REQUESTS", "on")
    settings = local_settings("")
    assert not settings.verify_requests
    assert settings.skill_id != "amzn1.ask.skill.ours"


def test_a_request_that_fails_is_logged_and_has_no_response(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    skill = local_skill(
        local_settings(f"sqlite://{tmp_path / 'memory.sqlite3'}"), lambda: datetime.now(UTC)
    )
    assert skill(b'{"said": "my back hurts"}') == b""
    assert caplog.messages == ["request failed: RequestRejected"]


def test_days_that_are_only_simulated_erase_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqliteStore(tmp_path / "memory.sqlite3")
    monkeypatch.setenv("BACK_COACH_STORE", f"sqlite://{tmp_path / 'memory.sqlite3'}")
    # Without the settings of this machine's operator.
    monkeypatch.delenv("BACK_COACH_RETENTION_DAYS", raising=False)
    list(talk_fast(TALK, datetime(2026, 11, 1, tzinfo=UTC), "en-US"))
    known = store.recall(key_of(LOCAL_PERSON))
    assert known.cleared is not None
    for year in (2030, 1990):
        list(talk_fast([], datetime(year, 1, 1, tzinfo=UTC), "en-US"))
    assert store.recall(key_of(LOCAL_PERSON)) == known
