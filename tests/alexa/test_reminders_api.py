"""Reminders and the time zone, through a server that speaks Alexa's own APIs."""

import copy
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from skill.alexa.api_client import AlexaApiClient
from skill.web import create_app
from tests.alexa.conftest import (
    LAUNCH,
    TOKEN,
    WORDS,
    Alexa,
    Answer,
    Clock,
    envelope,
    intent,
    says,
    settings_in,
)
from tests.alexa.reminders_api import AlexaServices, serving

EIGHT = {"time": "eight in the morning"}
PERMISSION = "alexa::alerts:reminders:skill:readwrite"


@pytest.fixture
def services() -> Iterator[AlexaServices]:
    with serving(TOKEN) as running:
        yield running


@pytest.fixture
def echo(tmp_path: Path, clock: Clock, services: AlexaServices) -> Alexa:
    """A device whose Alexa services are the ones of this test."""
    client = AlexaApiClient(only_https=False)
    device = Alexa(
        create_app(settings_in(tmp_path, zone=None), clock=clock, services=client), clock
    )
    device.api_endpoint = services.address
    return device


def consent(echo: Alexa, time: str = "08:00") -> Answer:
    """Ask for a reminder, and say yes."""
    echo.say("RemindMeIntent", time=time)
    return echo.say("Yes")


def test_a_reminder_every_day(echo: Alexa, services: AlexaServices) -> None:
    asked = echo.say("RemindMeIntent", time="08:00")
    assert says(asked, "ask-remind", **EIGHT)
    assert services.reminders == {}, "no reminder without a yes"
    assert says(echo.say("Yes"), "reminder-set", **EIGHT)
    ((reminder),) = services.reminders.values()
    assert reminder["trigger"] == {
        "type": "SCHEDULED_ABSOLUTE",
        "timeZoneId": "Europe/London",
        "recurrence": {
            "startDateTime": "2025-01-06T00:00:00",
            "recurrenceRules": ["FREQ=DAILY;BYHOUR=8;BYMINUTE=0;BYSECOND=0;INTERVAL=1;"],
        },
    }
    assert reminder["alertInfo"]["spokenInfo"]["content"] == [
        {"locale": "en-US", "text": WORDS("reminder-text")}
    ]


def test_a_no_sets_nothing(echo: Alexa, services: AlexaServices) -> None:
    echo.say("RemindMeIntent", time="08:00")
    assert not echo.say("No").is_open
    assert services.reminders == {}


def test_without_a_time_it_asks_for_one(echo: Alexa) -> None:
    assert says(echo.say("RemindMeIntent", time=None), "ask-reminder-time")
    assert says(echo.say("RemindMeIntent", time="MO"), "ask-remind", **EIGHT)


def test_twice_a_day_and_no_more(echo: Alexa, services: AlexaServices) -> None:
    consent(echo, "08:00")
    assert says(consent(echo, "18:30"), "reminder-set", time="six thirty in the evening")
    times = ["eight in the morning", "six thirty in the evening"]
    assert says(echo.say("RemindMeIntent", time="12:00"), "reminders-full", times=times)
    assert len(services.reminders) == 2


def test_stop_reminding_me(echo: Alexa, services: AlexaServices) -> None:
    assert says(echo.say("CancelRemindersIntent"), "no-reminders-set")
    consent(echo, "08:00")
    consent(echo, "18:30")
    assert says(echo.say("CancelRemindersIntent"), "reminders-cancelled")
    assert services.reminders == {}
    assert says(echo.say("CancelRemindersIntent"), "no-reminders-set")


def test_reminders_that_were_deleted_in_the_app_are_cancelled_all_the_same(
    echo: Alexa, services: AlexaServices
) -> None:
    consent(echo)
    services.reminders.clear()
    assert says(echo.say("CancelRemindersIntent"), "reminders-cancelled")


def test_permission_is_asked_by_voice(echo: Alexa, services: AlexaServices) -> None:
    services.fault = (401, "UNAUTHORIZED")
    asked = consent(echo)
    (directive,) = asked.response["directives"]
    assert directive["type"] == "Connections.SendRequest"
    assert directive["name"] == "AskFor"
    assert directive["payload"]["permissionScope"] == PERMISSION
    assert "outputSpeech" not in asked.response
    services.fault = None
    assert says(permission(echo, "ACCEPTED", directive["token"]), "reminder-set", **EIGHT)
    assert len(services.reminders) == 1


@pytest.mark.parametrize("status", ["DENIED", "NOT_ANSWERED"])
def test_permission_that_is_not_given(status: str, echo: Alexa, services: AlexaServices) -> None:
    services.fault = (401, "UNAUTHORIZED")
    (directive,) = consent(echo).response["directives"]
    answer = permission(echo, status, directive["token"])
    assert says(answer, "reminder-not-permitted")
    assert answer.response["card"] == {
        "type": "AskForPermissionsConsent",
        "permissions": [PERMISSION],
    }
    assert answer.is_open


def permission(echo: Alexa, status: str, token: str) -> Answer:
    return echo.ask(
        {
            "type": "Connections.Response",
            "name": "AskFor",
            "status": {"code": "200", "message": "OK"},
            "payload": {"permissionScope": PERMISSION, "status": status},
            "token": token,
        }
    )


FAULTS = {
    "too many": ((403, "MAX_REMINDERS_EXCEEDED"), "reminder-too-many"),
    "forbidden": ((403, ""), "reminder-too-many"),
    "no such device": ((403, "DEVICE_NOT_SUPPORTED"), "reminder-not-here"),
    "throttled": ((429, "RATE_EXCEEDED"), "reminder-busy"),
    "broken": ((500, ""), "reminder-busy"),
    "unavailable": ((503, ""), "reminder-busy"),
    "too slow": ((504, ""), "reminder-busy"),
    "refused": ((400, "INVALID_ALERT_INFO"), "reminder-failed"),
}


@pytest.mark.parametrize(("fault", "key"), FAULTS.values(), ids=FAULTS)
def test_every_error_has_its_answer(
    fault: tuple[int, str], key: str, echo: Alexa, services: AlexaServices
) -> None:
    services.fault = fault
    answer = consent(echo)
    assert says(answer, key)
    assert answer.is_open
    services.fault = None
    assert says(consent(echo), "reminder-set", **EIGHT)


CANCELLING = {
    "permission withdrawn": ((401, "UNAUTHORIZED"), "reminder-kept-out"),
    "forbidden": ((403, ""), "reminder-kept-out"),
    "gone already": ((404, "ALERT_NOT_FOUND"), "reminders-cancelled"),
    "throttled": ((429, "RATE_EXCEEDED"), "reminder-busy"),
    "broken": ((500, ""), "reminder-busy"),
}


@pytest.mark.parametrize(("fault", "key"), CANCELLING.values(), ids=CANCELLING)
def test_every_error_of_cancelling_has_its_answer(
    fault: tuple[int, str], key: str, echo: Alexa, services: AlexaServices
) -> None:
    consent(echo)
    services.fault = fault
    answer = echo.say("CancelRemindersIntent")
    assert says(answer, key)
    assert "directives" not in answer.response, "nobody is asked to allow what they end"
    services.fault = None
    still_known = key == "reminder-busy"
    again = echo.say("CancelRemindersIntent")
    assert says(again, "reminders-cancelled" if still_known else "no-reminders-set")


def test_who_is_forgotten_is_not_reminded(echo: Alexa, services: AlexaServices) -> None:
    consent(echo)
    echo.say("ForgetMeIntent")
    assert services.reminders
    assert says(echo.say("Yes"), "forgotten")
    assert services.reminders == {}


@pytest.mark.parametrize("fault", [(401, "UNAUTHORIZED"), (503, "")])
def test_who_is_forgotten_is_told_what_is_left(
    fault: tuple[int, str], echo: Alexa, services: AlexaServices
) -> None:
    consent(echo)
    echo.say("ForgetMeIntent")
    services.fault = fault
    told = echo.say("Yes")
    assert says(told, "forgotten")
    assert says(told, "reminders-left")
    services.fault = None
    assert says(echo.another().say("CancelRemindersIntent"), "no-reminders-set")


TIMES = {
    "00:00": "midnight",
    "00:30": "twelve thirty in the morning",
    "07:05": "seven oh five in the morning",
    "12:00": "noon",
    "12:15": "twelve fifteen in the afternoon",
    "18:00": "six in the evening",
}


@pytest.mark.parametrize(("time", "spoken"), TIMES.items())
def test_a_time_as_people_say_it(time: str, spoken: str, echo: Alexa) -> None:
    assert says(echo.say("RemindMeIntent", time=time), "ask-remind", time=spoken)


def test_services_out_of_reach(echo: Alexa) -> None:
    echo.api_endpoint = "http://127.0.0.1:9"
    assert says(consent(echo), "reminder-busy")


def test_a_device_without_services_keeps_no_reminders(alexa: Alexa) -> None:
    assert says(consent(alexa), "reminder-not-here")


def test_in_the_middle_of_a_stretch_it_waits(echo: Alexa, services: AlexaServices) -> None:
    echo.be_guided("bridge")
    echo.clock.wait(60)
    answer = echo.say("RemindMeIntent", time="08:00")
    assert says(answer, "after-the-stretch")
    assert services.reminders == {}


def zone_requests(services: AlexaServices) -> int:
    return sum("System.timeZone" in asked for asked in services.asked)


def test_the_day_ends_at_the_devices_own_midnight(
    echo: Alexa, services: AlexaServices, clock: Clock
) -> None:
    services.zone = "Asia/Tokyo"
    clock.now = datetime(2025, 1, 6, 14, 55, tzinfo=UTC)  # five to midnight in Tokyo
    echo.be_guided("cat-arch")
    echo.say("Stop")
    clock.wait(600)
    echo.start("cat-arch")
    assert echo.screening == "short"


def test_the_zone_is_asked_once_a_day(echo: Alexa, services: AlexaServices, clock: Clock) -> None:
    for _ in range(3):
        echo.launch()
        echo.say("Stop")
    assert zone_requests(services) == 1
    clock.wait(25 * 3600)
    echo.launch()
    assert zone_requests(services) == 2


@pytest.mark.parametrize("told", [None, "Nowhere/Land", ""])
def test_a_device_that_tells_no_zone_has_its_locales(
    told: str | None, echo: Alexa, services: AlexaServices, clock: Clock
) -> None:
    services.zone = told
    clock.now = datetime(2025, 1, 7, 4, 55, tzinfo=UTC)  # five to midnight in New York
    echo.be_guided("cat-arch")
    echo.say("Stop")
    clock.wait(600)
    echo.start("cat-arch")
    assert echo.screening == "short"
    assert zone_requests(services) == 1


UNTOLD = {
    "nothing": (204, b""),
    "null": (200, b"null"),
    "not allowed": (403, b'{"type": "FORBIDDEN"}'),
    "too often": (429, b'{"type": "TOO_MANY"}'),
    "broken": (500, b""),
    "unavailable": (503, b"<html>"),
    "unreadable": (200, b"<html>"),
    "no zone": (200, b'"Nowhere/Land"'),
    "no text": (200, b'{"zone": "Europe/London"}'),
}


@pytest.mark.parametrize("answer", UNTOLD.values(), ids=UNTOLD)
def test_a_zone_that_is_not_told_is_left_to_the_device(
    answer: tuple[int, bytes], echo: Alexa, services: AlexaServices
) -> None:
    services.zone_answer = answer
    echo.launch()
    assert says(consent(echo), "reminder-set", **EIGHT)
    ((reminder),) = services.reminders.values()
    assert "timeZoneId" not in reminder["trigger"]


@pytest.mark.parametrize("answer", UNTOLD.values(), ids=UNTOLD)
def test_the_zone_is_asked_again_when_a_reminder_is_set(
    answer: tuple[int, bytes], echo: Alexa, services: AlexaServices
) -> None:
    services.zone_answer = answer
    echo.launch()
    services.zone_answer, services.zone = None, "America/Los_Angeles"
    consent(echo)
    ((reminder),) = services.reminders.values()
    assert reminder["trigger"]["timeZoneId"] == "America/Los_Angeles"
    assert reminder["requestTime"].startswith("2025-01-06T00:00"), "eight in Greenwich"
    consent(echo, "18:30")
    assert zone_requests(services) == 2, "it is known now"


@pytest.mark.parametrize(
    ("answer", "asked"),
    [*((UNTOLD[k], 2) for k in ("too often", "broken", "unavailable")), (UNTOLD["not allowed"], 1)],
)
def test_a_service_that_may_answer_soon_is_asked_at_the_next_session(
    answer: tuple[int, bytes], asked: int, echo: Alexa, services: AlexaServices, clock: Clock
) -> None:
    services.zone_answer = answer
    for _ in range(2):
        echo.launch()
        echo.say("Stop")
        clock.wait(60)
    assert zone_requests(services) == asked


CREATED = {
    "a status of tomorrow": (201, b'{"alertToken": "reminder-1", "status": "SNOOZED_FOR_GOOD"}'),
    "parts of other types": (200, b'{"alertToken": "reminder-1", "version": {}, "href": []}'),
    "no token": (201, b'{"status": "ON"}'),
    "a token that is none": (201, b'{"alertToken": {"id": 1}}'),
    "nothing": (201, b""),
    "no content": (204, b""),
    "accepted": (202, b""),
    "a page": (201, b"<html>created</html>"),
    "a list": (200, b"[]"),
}


@pytest.mark.parametrize("answer", CREATED.values(), ids=CREATED)
def test_what_was_created_is_set_whatever_is_said_of_it(
    answer: tuple[int, bytes], echo: Alexa, services: AlexaServices
) -> None:
    services.creation_answer = answer
    assert says(consent(echo), "reminder-set", **EIGHT)
    assert says(consent(echo), "reminder-set", **EIGHT), "it is known, and not set twice"
    assert len(services.reminders) == 1
    assert says(echo.say("CancelRemindersIntent"), "reminders-cancelled")
    assert services.reminders == {}


@pytest.mark.parametrize("status", [500, 503, 504, 400])
def test_one_whose_answer_was_lost_is_found_and_not_set_again(
    status: int, echo: Alexa, services: AlexaServices
) -> None:
    services.creation_answer = (status, b"")
    assert not says(consent(echo), "reminder-set", **EIGHT)
    services.creation_answer = None
    assert says(consent(echo), "reminder-set", **EIGHT)
    assert list(services.reminders) == ["reminder-1"]
    assert says(consent(echo, "18:30"), "reminder-set", time="six thirty in the evening")
    assert len(services.reminders) == 2
    assert says(echo.say("CancelRemindersIntent"), "reminders-cancelled")
    assert services.reminders == {}


@pytest.mark.parametrize("part", ["apiEndpoint", "apiAccessToken"])
def test_a_device_that_does_not_say_where_the_services_are(
    part: str, echo: Alexa, services: AlexaServices
) -> None:
    offer = {"kind": "remind", "time": "08:00"}
    asked = envelope(
        intent("AMAZON.YesIntent"), attributes={"v": 1, "phase": "offering", "offer": offer}
    )
    del asked["context"]["System"][part]
    assert says(Answer(echo.post(asked).get_json()), "reminder-not-here")
    launch = envelope(LAUNCH, number=1, is_new=True)
    del launch["context"]["System"][part]
    assert says(Answer(echo.post(launch).get_json()), "welcome-first")


def test_a_household_that_disables_the_skill_is_forgotten(echo: Alexa, clock: Clock) -> None:
    echo.person = "amzn1.ask.person.ANNE"
    echo.be_guided("cat-arch")
    echo.say("Stop")
    event = copy.deepcopy(echo.sent)
    event.pop("session")
    event["context"]["System"].pop("person")
    event["request"] = {
        "type": "AlexaSkillEvent.SkillDisabled",
        "requestId": "an-event",
        "timestamp": event["request"]["timestamp"],
    }
    assert echo.post(event).status_code == 200
    clock.wait(60)
    echo.start("cat-arch")
    assert echo.screening == "full"
