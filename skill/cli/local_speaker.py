"""Local speaker: the skill and a device in one process, speaking Alexa's JSON to each other."""

import logging
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from skill.settings import Settings
from skill.speaker.device import Device, Skill
from skill.speaker.device_requests import LOCAL_SKILL, Household
from skill.speaker.nlu.recognizer import IntentRecognizer
from skill.store import open_configured
from skill.store.retention import Retention
from skill.web import create_endpoint
from speech.duration import SpeechDuration, estimate_duration
from speech.wording import Wording

Clock = Callable[[], datetime]

log = logging.getLogger(__name__)

APL = "Alexa.Presentation.APL"


def local_settings(store: str) -> Settings:
    """Settings of the operator, for a skill that only this process can reach."""
    chosen = Settings.from_environment({**os.environ, "BACK_COACH_VERIFY_REQUESTS": "off"})
    zone = datetime.now().astimezone().tzinfo
    return replace(chosen, skill_id=LOCAL_SKILL, store=store, delay=0.0, zone=zone)


def local_skill(settings: Settings, clock: Clock, spoken: SpeechDuration | None = None) -> Skill:
    """Local skill: the Alexa endpoint as a device in this process reaches it, without HTTP.

    Args:
        settings: the skill's.
        clock: gives the present moment of the conversation.
        spoken: the real length of what the device says; by default it is estimated.

    Raises:
        BadSetting: the store is of no known kind.
        StoreFailed: the store cannot be opened.
        BrokenData: a data file has a fault.
    """
    store = open_configured(settings)
    retention = Retention(store, settings.retention_seconds)
    retention.expire()
    endpoint = create_endpoint(settings, store, clock=clock, spoken=spoken)

    def answer(body: bytes) -> bytes:
        try:
            retention.on_a_request()
            return endpoint.verify_request_and_dispatch((), body).encode()
        except Exception as error:
            # A device survives every fault of its skill. The message could quote what was said.
            log.error("request failed: %s", type(error).__name__)  # noqa: TRY400 - one line
            return b""

    return answer


def local_device(
    settings: Settings,
    clock: Clock,
    locale: str,
    *,
    spoken: SpeechDuration | None = None,
    has_screen: bool = False,
) -> Device:
    """Device of the local speaker, whose skill runs beside it.

    Args:
        settings: the skill's.
        clock: the skill's.
        locale: whose words are understood; LookupError where there are none.
        spoken: the real length of what the device says; by default it is estimated.
        has_screen: whether the device says that it has one.
    """
    skill = local_skill(settings, clock, spoken)
    interfaces = {APL: {"runtime": {"maxVersion": "1.4"}}} if has_screen else {}
    household = Household(locale=locale, interfaces=interfaces)
    return Device(skill, _recognizer(locale), household, spoken or estimate_duration)


@cache
def _recognizer(locale: str) -> IntentRecognizer:
    # Reading a model takes most of a second, and it never changes.
    return IntentRecognizer.for_locale(locale)


def talk_live(locale: str) -> bool:
    """Talk in the terminal, in real time, until its input ends; whether there was any."""
    from skill.speaker.terminal import Terminal

    settings = local_settings(os.environ.get("BACK_COACH_STORE", ""))
    device = local_device(settings, _now, locale)
    return Terminal(device, _now, Wording.for_language("en")).run()


def talk_fast(utterances: Iterable[str], start: datetime, locale: str) -> Iterator[str]:
    """Transcript of utterances, line by line, on a clock that begins at `start` in UTC.

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
