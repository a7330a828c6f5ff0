"""How old a request may be, and for whom."""

from datetime import datetime, timedelta, timezone

import pytest

from skill.alexa.verification.errors import RequestRejected
from skill.alexa.verification.timestamp import (
    check_skill,
    check_timestamp,
    parse_timestamp,
)
from tests.alexa.verification.authority import NOW

OURS = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"
INTENT = "IntentRequest"
EVENT = "AlexaSkillEvent.SkillEnabled"
INDIA = timezone(timedelta(hours=5, minutes=30))

#  request type, seconds old, fresh?
AGES = [
    (INTENT, 0, True),
    (INTENT, 150, True),
    (INTENT, 150.001, False),
    (INTENT, 151, False),
    (INTENT, 86_400, False),
    (INTENT, -150, True),
    (INTENT, -150.001, False),
    (INTENT, -86_400, False),
    ("", 151, False),
    ("LaunchRequest", 3600, False),
    ("NotAnAlexaSkillEvent.SkillEnabled", 3600, False),
    ("alexaskillevent.SkillEnabled", 3600, False),
    (EVENT, 151, True),
    (EVENT, 3600, True),
    (EVENT, 3601, False),
    (EVENT, -150, True),
    (EVENT, -151, False),
    ("AlexaSkillEvent.SkillPermissionAccepted", 3600, True),
]


@pytest.mark.parametrize(("kind", "seconds", "fresh"), AGES)
def test_a_request_is_fresh_for_so_long(kind: str, seconds: float, fresh: bool) -> None:
    stamp = NOW - timedelta(seconds=seconds)
    if fresh:
        check_timestamp(stamp, kind, lambda: NOW)
    else:
        with pytest.raises(RequestRejected, match=r"too old|in the future"):
            check_timestamp(stamp, kind, lambda: NOW)


def test_zones_do_not_matter() -> None:
    check_timestamp(NOW.astimezone(INDIA), INTENT, lambda: NOW)
    with pytest.raises(RequestRejected):
        check_timestamp(NOW.replace(tzinfo=INDIA), INTENT, lambda: NOW)


@pytest.mark.parametrize("stamp", [None, NOW.replace(tzinfo=None)])
def test_a_missing_time_or_zone_is_refused(stamp: datetime | None) -> None:
    with pytest.raises(RequestRejected):
        check_timestamp(stamp, INTENT, lambda: NOW)


@pytest.mark.parametrize(
    "stamp",
    [
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
        datetime.max.replace(tzinfo=timezone(-timedelta(hours=12))),
    ],
)
def test_the_ends_of_time_are_refused(stamp: datetime) -> None:
    with pytest.raises(RequestRejected):
        check_timestamp(stamp, INTENT, lambda: NOW)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-06-01T12:00:00Z", NOW),
        ("2026-06-01T12:00:00.250Z", NOW + timedelta(milliseconds=250)),
        ("2026-06-01T17:30:00+05:30", NOW),
    ],
)
def test_amazons_timestamps_are_read(text: str, moment: datetime) -> None:
    assert parse_timestamp(text) == moment
    assert parse_timestamp(text).utcoffset() is not None


@pytest.mark.parametrize(
    "claimed",
    [
        None,
        "",
        "now",
        "2026-06-01",
        "2026-06-01T12:00:00",
        "2026-13-01T12:00:00Z",
        "2026-06-01T25:00:00Z",
        "12:00:00Z",
        "2026-W23-1T12:00:00Z",
        "20260601T120000Z",
        "2026-06-01T12:00:00+99:99",
        "\uff12026-06-01T12:00:00Z",
        "1780315200",
        1780315200,
        1780315200.0,
        True,
        ["2026-06-01T12:00:00Z"],
        {"time": "2026-06-01T12:00:00Z"},
        "2026-06-01T12:00:00Z\0",
        "2026-06-01T12:00:00" + "0" * 100_000 + "Z",
    ],
)
def test_other_timestamps_are_refused(claimed: object) -> None:
    with pytest.raises(RequestRejected, match="timestamp"):
        parse_timestamp(claimed)


@pytest.mark.parametrize("ids", [(OURS,), (OURS, OURS)])
def test_a_request_for_us_is_accepted(ids: tuple[object, ...]) -> None:
    check_skill(OURS, *ids)


@pytest.mark.parametrize(
    "ids",
    [
        (),
        (None,),
        ("",),
        (OURS[:-1],),
        (OURS + "0",),
        (OURS.upper(),),
        (f" {OURS}",),
        ("amzn1.ask.skill.another",),
        (OURS, "amzn1.ask.skill.another"),
        ("amzn1.ask.skill.another", OURS),
        (OURS, None),
        ([OURS],),
        ({"applicationId": OURS},),
    ],
)
def test_a_request_for_another_skill_is_refused(ids: tuple[object, ...]) -> None:
    with pytest.raises(RequestRejected, match="another skill"):
        check_skill(OURS, *ids)


def test_without_an_id_of_our_own_nothing_is_for_us() -> None:
    with pytest.raises(RequestRejected):
        check_skill("", "")
