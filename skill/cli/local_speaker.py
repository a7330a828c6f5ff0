"""The skill and a device in one process, speaking Alexa's JSON to each other."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from flask import Flask

from skill.settings import Settings
from skill.speaker.device import Device, Skill
from skill.speaker.device_requests import LOCAL_SKILL, Household
from skill.speaker.nlu.recognizer import IntentRecognizer
from skill.web import create_app
from speech.duration import SpeechDuration, estimate_duration
from speech.wording import Wording

Clock = Callable[[], datetime]

APL = "Alexa.Presentation.APL"


def local_settings(store: str) -> Settings:
    """The operator's settings, for a skill that only this process can reach."""
    chosen = Settings.from_environment({**os.environ, "BACK_COACH_VERIFY_REQUESTS": "off"})
    zone = datetime.now().astimezone().tzinfo
    return replace(chosen, skill_id=LOCAL_SKILL, store=store, delay=0.0, zone=zone)


def through(app: Flask) -> Skill:
    """The application as a device reaches it: one POST a request."""
    client = app.test_client()

    def ask(body: bytes) -> bytes:
        answer = client.post("/alexa", data=body, content_type="application/json")
        return bytes(answer.data)

    return ask


def local_device(
    settings: Settings,
    clock: Clock,
    locale: str,
    *,
    spoken: SpeechDuration | None = None,
    has_screen: bool = False,
) -> Device:
    """A device whose skill runs beside it.

    Args:
        settings: the skill's.
        clock: the skill's.
        locale: whose words are understood; LookupError where there are none.
        spoken: the real length of what the device says; by default it is estimated.
        has_screen: whether the device says that it has one.
    """
    skill = through(create_app(settings, clock=clock, spoken=spoken))
    interfaces = {APL: {"runtime": {"maxVersion": "1.4"}}} if has_screen else {}
    household = Household(locale=locale, interfaces=interfaces)
    return Device(skill, _understanding(locale), household, spoken or estimate_duration)


@cache
def _understanding(locale: str) -> IntentRecognizer:
    # Reading a model takes most of a second, and it never changes.
    return IntentRecognizer.for_locale(locale)


def talk_live(locale: str) -> bool:
    """The smart speaker in the terminal, until its input ends; whether there was any."""
    from skill.speaker.terminal import Terminal

    settings = local_settings(os.environ.get("BACK_COACH_STORE", ""))
    device = local_device(settings, _now, locale)
    return Terminal(device, _now, Wording.for_language("en")).run()


def talk_fast(utterances: Iterable[str], start: datetime, locale: str) -> Iterator[str]:
    """The lines of a transcript, on a clock that begins at `start` in UTC.

    Nobody is remembered from before, unless BACK_COACH_STORE says where.
    """
    from skill.speaker.simulation import SimulatedClock, transcript

    clock = SimulatedClock(start.replace(tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder:
        store = os.environ.get("BACK_COACH_STORE") or f"sqlite://{Path(folder) / 'memory.sqlite3'}"
        settings = local_settings(store)
        device = local_device(settings, clock, locale)
        yield from transcript(utterances, device, clock, Wording.for_language("en"))


def _now() -> datetime:
    return datetime.now(UTC)
