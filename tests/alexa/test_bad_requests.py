"""Requests that are none: each is refused with a reason, and the server goes on answering."""

import json
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from skill.web import LARGEST_BODY, create_app
from tests.alexa.conftest import (
    LAUNCH,
    MORNING,
    OURS,
    SAID,
    VOICE,
    Alexa,
    Answer,
    Clock,
    Json,
    assert_impersonal,
    envelope,
    intent,
    matched,
    says,
    settings_in,
    stamp,
    unmatched,
)

Lines = Callable[[], list[str]]


def full_request() -> Json:
    """A request with a value in every place where one can stand."""
    asked = intent("StartExerciseIntent", exercise=unmatched(SAID), repetitions="3")
    return envelope(asked, number="full", person=VOICE)


def part_of(value: Any, way: Sequence[str]) -> Any:
    for key in way:
        value = value[int(key) if isinstance(value, list) else key]
    return value


def without(path: str) -> bytes:
    """The full request with a part left out."""
    request = full_request()
    *way, last = path.split(".")
    del part_of(request, way)[last]
    return json.dumps(request).encode()


def having(path: str, value: object) -> bytes:
    """The full request with a part replaced."""
    request = full_request()
    *way, last = path.split(".")
    part_of(request, way)[last] = value
    return json.dumps(request).encode()


def written(path: str, raw: str) -> bytes:
    """The full request with a part replaced by raw text, which need not be JSON."""
    return having(path, "@@").replace(b'"@@"', raw.encode())


GOOD = json.dumps(full_request()).encode()
LATE = timedelta(seconds=151)
NOW = stamp(MORNING)
SLOT = "request.intent.slots.exercise"
SYSTEM_APPLICATION = "context.System.application"

NOT_JSON = {
    "empty": b"",
    "blank": b"  \n",
    "a word": b"hello",
    "half": GOOD[: len(GOOD) // 2],
    "two": GOOD + GOOD,
    "a comma too many": GOOD[:-1] + b",}",
    "single quotes": b"{'request': 1}",
    "a form": b"request=1&context=2",
    "null byte": GOOD + b"\0",
    "all bytes": bytes(range(256)),
    "byte order mark": b"\xef\xbb\xbf" + GOOD,
    "utf-16": GOOD.decode().encode("utf-16"),
    "invalid utf-8 in an id": GOOD.replace(b"HOUSEHOLD", b"\xff\xfe"),
    "overlong utf-8": GOOD.replace(b"HOUSEHOLD", b"\xc0\x80"),
    "surrogate in utf-8": GOOD.replace(b"HOUSEHOLD", b"\xed\xa0\x80"),
    "lone surrogate in an id": written("session.user.userId", r'"\ud800"'),
    "lone surrogate in a request id": written("request.requestId", r'"a\udfffb"'),
    "lone surrogate in a slot": written(f"{SLOT}.value", r'"\ud83d"'),
    "lone surrogate in attributes": written("session.attributes", r'{"a": "\udc00"}'),
    "NaN": b"NaN",
    "NaN in attributes": written("session.attributes", '{"a": NaN}'),
    "NaN as a timestamp": written("request.timestamp", "NaN"),
    "infinity in the context": written("context.System.device.deviceId", "-Infinity"),
    "deep objects": b'{"a":' * 20_000,
    "deep attributes": written("session.attributes", '{"a":' * 15_000 + "1" + "}" * 15_000),
    "deep context": written("context.System.device", "[" * 50_000 + "]" * 50_000),
}

NO_REQUEST = {
    "null": b"null",
    "true": b"true",
    "number": b"5",
    "string": b'"LaunchRequest"',
    "array": b"[]",
    "deep arrays": b"[" * 100_000,
    "array of requests": b"[" + GOOD + b"]",
    "empty object": b"{}",
    "no request": without("request"),
    "request null": having("request", None),
    "request array": having("request", []),
    "request string": having("request", "LaunchRequest"),
    "no type": without("request.type"),
    "type number": having("request.type", 1),
    "no request id": without("request.requestId"),
    "request id number": having("request.requestId", 7),
    "no context": without("context"),
    "context array": having("context", []),
    "no system": without("context.System"),
    "system null": having("context.System", None),
    "no application": without(SYSTEM_APPLICATION),
    "application string": having(SYSTEM_APPLICATION, OURS),
    "person id number": having("context.System.person.personId", 1),
    "user id object": having("session.user.userId", {"id": VOICE}),
    "session string": having("session", "1"),
    "number too large": written("session.attributes", '{"a": 1e999}'),
    "thousands of digits": written("session.attributes", f'{{"a": {"9" * 5000}}}'),
    "intent string": having("request.intent", "StartExerciseIntent"),
    "intent without a name": without("request.intent.name"),
    "intent name null": having("request.intent.name", None),
    "intent name number": having("request.intent.name", 3),
    "no timestamp": without("request.timestamp"),
    "timestamp null": having("request.timestamp", None),
    "timestamp number": having("request.timestamp", 1736150400),
    "timestamp in milliseconds": having("request.timestamp", 1736150400000),
}

STRANGE = {
    "type unknown": having("request.type", "NoSuchRequest"),
    "locale number": having("request.locale", 1),
    "person string": having("context.System.person", VOICE),
    "user array": having("context.System.user", [VOICE]),
    "new is a string": having("session.new", "true"),
    "attributes array": having("session.attributes", []),
    "attributes string": having("session.attributes", "{}"),
    "slots array": having("request.intent.slots", [SAID]),
    "slots string": having("request.intent.slots", SAID),
    "slot string": having(SLOT, SAID),
    "slot null": having(SLOT, None),
    "slot value number": having(f"{SLOT}.value", 3),
    "slot value array": having(f"{SLOT}.value", [SAID]),
    "resolutions number": having(f"{SLOT}.resolutions", 5),
    "device of another shape": having("context.System.device", "kitchen"),
}
"""What nobody needs to answer: it is passed over."""

INCOMPLETE = {
    "no session": without("session"),
    "session null": having("session", None),
    "no intent": without("request.intent"),
    "intent null": having("request.intent", None),
    "request id empty": having("request.requestId", ""),
}

TIMESTAMPS = {
    "empty": "",
    "a word": "now",
    "a number": "1736150400",
    "a day": "2025-01-06",
    "without a zone": NOW.removesuffix("Z"),
    "no such day": "2025-02-30T08:00:00Z",
    "no such hour": "2025-01-06T25:00:00Z",
    "other digits": "\u0662\u0660\u0662\u0665-01-06T08:00:00Z",
    "old": stamp(MORNING - LATE),
    "future": stamp(MORNING + LATE),
    "last year's end": "9999-12-31T23:59:59-14:00",
    "first year's beginning": "0001-01-01T00:00:00+14:00",
}

STRANGE_SKILLS = {
    "in the context": having(f"{SYSTEM_APPLICATION}.applicationId", "amzn1.ask.skill.other"),
    "in the session": having("session.application.applicationId", "amzn1.ask.skill.other"),
    "none in the context": without(f"{SYSTEM_APPLICATION}.applicationId"),
    "empty in the session": having("session.application.applicationId", ""),
    "ours in capitals": having(f"{SYSTEM_APPLICATION}.applicationId", OURS.upper()),
    "ours and a blank": having(f"{SYSTEM_APPLICATION}.applicationId", f"{OURS} "),
    "ours, then another": written(
        SYSTEM_APPLICATION, f'{{"applicationId": "{OURS}", "applicationId": "other"}}'
    ),
}

REFUSED = [
    pytest.param(body, reason, id=f"{kind}: {name}")
    for kind, reason, bodies in (
        ("not JSON", "body is not JSON|wrong type", NOT_JSON),
        ("no request", "not an Alexa request", NO_REQUEST),
        ("incomplete", "^(intent )?request has no (session|intent|id)$", INCOMPLETE),
        (
            "timestamp",
            "^timestamp (missing or malformed|has no timezone|is too old|is in the future)$",
            {name: having("request.timestamp", value) for name, value in TIMESTAMPS.items()},
        ),
        ("skill", "^request is for another skill$", STRANGE_SKILLS),
    )
    for name, body in bodies.items()
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One server for all of them: no bad request may harm the good ones after it."""
    return create_app(settings_in(tmp_path_factory.mktemp("web")), clock=Clock())


def assert_refused(response: TestResponse, status: int, reason: str = "") -> None:
    assert response.status_code == status
    assert response.mimetype == "application/json"
    (reasons,) = response.get_json().items()
    assert reasons[0] == "error"
    assert re.search(reason, reasons[1])
    assert_impersonal(reasons[1])


def assert_still_answers(alexa: Alexa) -> None:
    assert says(alexa.another().launch(), "welcome-first")


def test_the_full_request_is_a_good_one(alexa: Alexa) -> None:
    body = GOOD.replace(b"request.full", b"request.good")
    assert says(Answer(alexa.post(body).get_json()), "unknown-exercise")


@pytest.mark.parametrize(("body", "reason"), REFUSED)
def test_it_is_refused(body: bytes, reason: str, alexa: Alexa, lines: Lines) -> None:
    assert len(body) <= LARGEST_BODY
    assert_refused(alexa.post(body), 400, reason)
    (line,) = lines()
    assert line.startswith("WARNING refused with 400")
    assert_impersonal(line)
    assert_still_answers(alexa)


@pytest.mark.parametrize("body", STRANGE.values(), ids=STRANGE)
def test_what_nobody_needs_is_passed_over(body: bytes, alexa: Alexa, lines: Lines) -> None:
    response = alexa.post(body.replace(b"request.full", b"request.strange"))
    assert response.status_code == 200
    assert lines() == []
    assert_still_answers(alexa)


@pytest.mark.parametrize(
    "body",
    [
        b" " * (LARGEST_BODY + 1 - len(GOOD)) + GOOD,
        having("session.attributes", {"a": "x" * LARGEST_BODY}),
        b"[" * 1_000_000,
    ],
    ids=["by one byte", "in its attributes", "by far"],
)
def test_more_than_120_kilobytes_are_too_large(body: bytes, alexa: Alexa, lines: Lines) -> None:
    assert_refused(alexa.post(body), 413)
    assert_impersonal("".join(lines()))
    assert_still_answers(alexa)


def test_120_kilobytes_are_not(alexa: Alexa) -> None:
    body = GOOD.replace(b"request.full", b"request.padded")
    assert alexa.post(body.rjust(LARGEST_BODY)).status_code == 200


def test_of_duplicate_keys_the_checks_and_the_skill_read_the_same_one(alexa: Alexa) -> None:
    good = json.dumps(envelope(LAUNCH, number="duplicate")).encode()
    twice = good.replace(b'"type": ', b'"type": "SessionEndedRequest", "type": ')
    assert says(Answer(alexa.post(twice).get_json()), "welcome-first")
    stale = good.replace(b'"timestamp": ', b'"timestamp": "2020-01-01T00:00:00Z", "timestamp": ')
    assert alexa.post(stale).status_code == 200
    fresh = written("request.timestamp", f'"{NOW}", "timestamp": "2020-01-01T00:00:00Z"')
    assert_refused(alexa.post(fresh), 400, "too old")


def resolved_request() -> Json:
    """A request of which every part is read by somebody."""
    asked = intent("StartExerciseIntent", exercise=matched(SAID, "bridge"), repetitions="3")
    return envelope(asked, person=VOICE)


def paths(value: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every place in a JSON value but the root."""
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*way, str(key))
        if isinstance(part, dict | list):
            yield from paths(part, (*way, str(key)))


WRONG: tuple[object, ...] = (None, True, -1, 1.5, 2**70, "", "\0", [], [[]], {}, {"a": {}})


@pytest.mark.parametrize("way", list(paths(resolved_request())), ids=".".join)
def test_a_wrong_type_anywhere_is_answered_or_refused(
    way: tuple[str, ...], alexa: Alexa, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for index, wrong in enumerate(WRONG):
        request = resolved_request()
        request["request"]["requestId"] = f"{way}{index}"
        part = part_of(request, way[:-1])
        part[int(way[-1]) if isinstance(part, list) else way[-1]] = wrong
        caplog.clear()
        response = alexa.post(request)
        assert response.status_code in (200, 400), wrong
        assert len(caplog.records) == 1 or response.status_code == 200, wrong
        assert_impersonal(caplog.text)
    assert_still_answers(alexa)
