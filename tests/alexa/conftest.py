"""Amazon's side of a talk: requests as a device sends them, posted to the whole application."""

import copy
import itertools
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from skill.exercises import load_facts
from skill.settings import Settings
from skill.web import create_app
from speech.wording import Wording
from speech.wording.catalog import Argument

Json = dict[str, Any]
WORDS = Wording.for_language("en")
EXERCISES = load_facts()[0].ids
FACTS: dict[str, Argument] = {
    "count": len(EXERCISES),
    "postures": [f"@{posture.id}-name" for posture in load_facts()[0].posture],
}
"""What sentences are filled with that name all there is."""

OURS = "amzn1.ask.skill.0ca7cafe-ours"
HOUSEHOLD = "amzn1.ask.account.HOUSEHOLDOFSMITH"
VOICE = "amzn1.ask.person.VOICEOFANNE"
MORNING = datetime(2025, 1, 6, 8, tzinfo=UTC)
"""A Monday."""

SAID = "my secret headstand"
"""A slot's value, in the person's own words."""
TOKEN = "SECRETTOKEN"
SECRETS = (HOUSEHOLD, VOICE, SAID, TOKEN, "amzn1.ask.device", "amzn1.echo-api.session")
"""What no log line and no error may ever hold."""

AUTHORITY = "amzn1.er-authority.echo-sdk.ours.Exercise"


class Clock:
    """Stands still until somebody waits."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Answer:
    """A response envelope, and what a person or a device makes of it."""

    envelope: Json

    @property
    def response(self) -> Json:
        body: Json = self.envelope["response"]
        return body

    @property
    def ssml(self) -> str:
        return str(self.response["outputSpeech"]["ssml"])

    @property
    def words(self) -> str:
        """What is said, without the tags."""
        return " ".join(re.sub(r"<[^>]*>", " ", self.ssml).split())

    @property
    def is_open(self) -> bool:
        return self.response["shouldEndSession"] is False

    @property
    def attributes(self) -> Json:
        return dict(self.envelope.get("sessionAttributes") or {})


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def matched(said: str, found: str) -> Json:
    """A custom slot that was resolved to an id."""
    value = {"value": {"name": found, "id": found}}
    return _resolved(said, {"status": {"code": "ER_SUCCESS_MATCH"}, "values": [value]})


def unmatched(said: str, code: str = "ER_SUCCESS_NO_MATCH") -> Json:
    """A custom slot that was filled with a word of nobody's."""
    return _resolved(said, {"status": {"code": code}})


def _resolved(said: str, outcome: Json) -> Json:
    resolution = {"authority": AUTHORITY, **outcome}
    return {"value": said, "resolutions": {"resolutionsPerAuthority": [resolution]}}


def intent(name: str, **slots: Json | str | None) -> Json:
    """An IntentRequest's own part. A plain string is a built-in type's value; None is no value."""
    filled = {
        key: {
            "name": key,
            "confirmationStatus": "NONE",
            **(slot if isinstance(slot, dict) else {"value": slot} if slot is not None else {}),
        }
        for key, slot in slots.items()
    }
    asked = {"name": name, "confirmationStatus": "NONE", "slots": filled}
    return {"type": "IntentRequest", "dialogState": "STARTED", "intent": asked}


_NUMBERS = itertools.count()

LAUNCH: Json = {"type": "LaunchRequest"}


def envelope(
    request: Json,
    at: datetime = MORNING,
    number: object = 0,
    attributes: Json | None = None,
    *,
    is_new: bool = False,
    person: str | None = None,
) -> Json:
    """A whole request, as a device without a screen sends it."""
    system: Json = {
        "application": {"applicationId": OURS},
        "user": {"userId": HOUSEHOLD},
        "device": {"deviceId": "amzn1.ask.device.KITCHEN", "supportedInterfaces": {}},
        "apiEndpoint": "https://api.amazonalexa.com",
        "apiAccessToken": TOKEN,
    }
    if person:
        system["person"] = {"personId": person}
    return {
        "version": "1.0",
        "session": {
            "new": is_new,
            "sessionId": "amzn1.echo-api.session.1",
            "application": {"applicationId": OURS},
            "attributes": attributes or {},
            "user": {"userId": HOUSEHOLD},
        },
        "context": {"System": system},
        "request": {
            "requestId": f"amzn1.echo-api.request.{number}",
            "timestamp": stamp(at),
            "locale": "en-US",
            **request,
        },
    }


class Alexa:
    """One device's talk with the skill: it keeps the session and gives each request a number."""

    def __init__(self, app: Flask, clock: Clock, person: str | None = None) -> None:
        self.client = app.test_client()
        self.clock = clock
        self.person = person
        self.attributes: Json = {}
        self.is_new = True
        self.sent: Json = {}
        self.api_endpoint = "https://api.amazonalexa.com"
        """Where this device says that Alexa's services are."""

    @property
    def screening(self) -> str | None:
        """Which safety questions are being asked; None for none."""
        asked: str | None = self.attributes.get("screening", {}).get("kind")
        return asked

    def another(self, person: str | None = None) -> "Alexa":
        """Another device at the same server."""
        return Alexa(self.client.application, self.clock, person)

    def post(self, body: bytes | str | Json) -> TestResponse:
        """Any body at all, as it stands."""
        data = json.dumps(body) if isinstance(body, dict) else body
        return self.client.post("/alexa", data=data, content_type="application/json")

    def ask(self, request: Json) -> Answer:
        """A good request in the present session; the answer must be one that Alexa takes."""
        self.sent = envelope(
            request,
            self.clock.now,
            f"counted-{next(_NUMBERS)}",
            self.attributes,
            is_new=self.is_new,
            person=self.person,
        )
        self.sent["context"]["System"]["apiEndpoint"] = self.api_endpoint
        response = self.post(self.sent)
        assert response.status_code == 200, response.data
        answer = Answer(response.get_json())
        goes_on = (
            answer.response.get("shouldEndSession") is False or "directives" in answer.response
        )
        self.is_new = not goes_on
        self.attributes = {} if self.is_new else copy.deepcopy(answer.attributes)
        return answer

    def launch(self) -> Answer:
        return self.ask(LAUNCH)

    def say(self, name: str, **slots: Json | str | None) -> Answer:
        """An intent; the built-in ones may be named without `AMAZON.`."""
        whole = name if name.endswith("Intent") else f"AMAZON.{name}Intent"
        return self.ask(intent(whole, **slots))

    def start(self, exercise: str) -> Answer:
        return self.say(
            "StartExerciseIntent", exercise=matched(exercise, exercise), repetitions=None
        )

    def be_guided(self, exercise: str = "knees-to-chest") -> Answer:
        """Start an exercise and answer no to everything that is asked before it."""
        answer = self.start(exercise)
        while self.screening:
            self.clock.wait(20)
            answer = self.say("No")
        return answer

    def end(self, reason: str = "EXCEEDED_MAX_REPROMPTS") -> Answer:
        return self.ask({"type": "SessionEndedRequest", "reason": reason})


def says(answer: Answer, key: str, **args: Argument) -> bool:
    """Whether a sentence of the coach is in the answer, in any of its variants."""
    variants = {WORDS(key, seed, **{**FACTS, **args}) for seed in range(40)}
    return any(variant in answer.words for variant in variants)


def assert_impersonal(text: str) -> None:
    assert not [secret for secret in SECRETS if secret in text]


def settings_in(folder: Path, **changes: Any) -> Settings:
    """Settings of a server that keeps its memory in a folder, and whose days are UTC's."""
    store = f"sqlite://{folder / 'memory.sqlite3'}"
    usual = {"skill_id": OURS, "verify_requests": False, "store": store, "zone": UTC}
    return Settings(**{**usual, **changes})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(tmp_path: Path, clock: Clock) -> Flask:
    return create_app(settings_in(tmp_path), clock=clock)


@pytest.fixture
def alexa(app: Flask, clock: Clock) -> Alexa:
    return Alexa(app, clock)


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """Everything logged so far, by whomever, at any level."""
    caplog.set_level(logging.DEBUG)
    return lambda: [f"{record.levelname} {record.getMessage()}" for record in caplog.records]
