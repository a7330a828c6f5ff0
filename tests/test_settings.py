"""What an operator can set, and what is said when it cannot be used."""

from pathlib import Path

import pytest

from skill.settings import BadSetting, Settings, default_store, is_loopback

ID = {"BACK_COACH_SKILL_ID": "amzn1.ask.skill.ours"}


def test_the_defaults_are_productions() -> None:
    settings = Settings.from_environment(ID)
    assert settings.verify_requests
    assert settings.skill_id == "amzn1.ask.skill.ours"
    assert settings.screening == "questions"
    assert settings.delay > 0
    assert settings.store_url == f"sqlite://{default_store()}"


@pytest.mark.parametrize("value", ["on", "ON", "On", ""])
def test_verification_is_on_unless_it_is_switched_off(value: str) -> None:
    assert Settings.from_environment({**ID, "BACK_COACH_VERIFY_REQUESTS": value}).verify_requests


@pytest.mark.parametrize("value", ["off", "OFF"])
def test_with_verification_off_no_skill_id_is_needed(value: str) -> None:
    settings = Settings.from_environment({"BACK_COACH_VERIFY_REQUESTS": value})
    assert not settings.verify_requests
    assert settings.skill_id is None


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "BACK_COACH_SKILL_ID"),
        ({"BACK_COACH_SKILL_ID": ""}, "BACK_COACH_SKILL_ID"),
        ({**ID, "BACK_COACH_VERIFY_REQUESTS": "no"}, "BACK_COACH_VERIFY_REQUESTS"),
        ({**ID, "BACK_COACH_VERIFY_REQUESTS": "0"}, "BACK_COACH_VERIFY_REQUESTS"),
        ({**ID, "BACK_COACH_VERIFY_REQUESTS": " on"}, "BACK_COACH_VERIFY_REQUESTS"),
        ({**ID, "BACK_COACH_SCREENING": "none"}, "BACK_COACH_SCREENING"),
        ({**ID, "BACK_COACH_SCREENING": "Questions"}, "BACK_COACH_SCREENING"),
    ],
)
def test_a_bad_setting_is_named_on_one_line(environment: dict[str, str], named: str) -> None:
    with pytest.raises(BadSetting, match=named) as refused:
        Settings.from_environment(environment)
    assert "\n" not in str(refused.value)


def test_the_store_and_the_screening_can_be_chosen() -> None:
    chosen = {"BACK_COACH_STORE": "sqlite:///srv/m", "BACK_COACH_SCREENING": "statement"}
    settings = Settings.from_environment({**ID, **chosen})
    assert settings.store_url == "sqlite:///srv/m"
    assert settings.screening == "statement"


def test_by_default_memories_are_in_the_users_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert tmp_path in default_store().parents


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("localhost", True),
        ("", False),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.1", False),
        ("192.0.2.7", False),
        ("::ffff:192.0.2.7", False),
        ("2001:db8::1", False),
        ("localhost.example.com", False),
        ("127.0.0.1.example.com", False),
        ("127.1", False),
        ("2130706433", False),
    ],
)
def test_only_this_machine_is_loopback(address: str, expected: bool) -> None:
    assert is_loopback(address) is expected
