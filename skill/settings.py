"""Settings of an operator, from the environment."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import cast

from platformdirs import user_data_path

from skill.content import ScreeningStyle

ALEXA_DELAY = 2.5
"""Seconds between a request's time and the device's ear: about one until the first word is heard,
and one and a half for a wake word and a command to become a request. Assumed, not measured."""


RETENTION_DAYS = 400
"""A little more than a year, so that nobody loses a streak over a long holiday."""


class BadSetting(ValueError):
    """Invalid setting; the message names it and says what to do."""


@dataclass(frozen=True)
class Settings:
    """Settings of one deployment. The defaults are production's."""

    skill_id: str | None = None
    """The Alexa skill id; requests for any other are refused."""
    verify_requests: bool = True
    """Whether a request must be signed by Amazon. Off only on loopback."""
    store: str = ""
    """`sqlite:///path`; empty for a file in the user's data folder."""
    screening: ScreeningStyle = "questions"
    retention_days: int = RETENTION_DAYS
    """Days after which somebody who is not heard of any more is forgotten."""
    delay: float = ALEXA_DELAY
    """Seconds of the round trip in which a device is not heard; 0 for a local one."""
    zone: tzinfo | None = None
    """Whose midnight ends a day; None for the usual zone of a request's locale."""

    def __post_init__(self) -> None:
        if self.verify_requests and not self.skill_id:
            raise BadSetting(
                "BACK_COACH_SKILL_ID is not set: it says which skill's requests to answer"
            )

    @property
    def retention_seconds(self) -> float:
        """The retention limit in seconds."""
        return self.retention_days * 86_400.0

    @property
    def store_url(self) -> str:
        """Where memories are kept."""
        return self.store or f"sqlite://{default_store()}"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings in BACK_COACH_… variables.

        Raises:
            BadSetting: one of them cannot be used.
        """
        screening = environment.get("BACK_COACH_SCREENING") or "questions"
        if screening not in ("questions", "statement"):
            raise BadSetting(
                f"BACK_COACH_SCREENING is {screening!r}; it may be questions or statement"
            )
        return cls(
            skill_id=environment.get("BACK_COACH_SKILL_ID") or None,
            verify_requests=_switch(environment, "BACK_COACH_VERIFY_REQUESTS", default="on"),
            store=environment.get("BACK_COACH_STORE", ""),
            screening=cast("ScreeningStyle", screening),
            retention_days=_days(environment, "BACK_COACH_RETENTION_DAYS", RETENTION_DAYS),
        )


def default_store() -> Path:
    """The file that keeps memories when nothing else is said."""
    return user_data_path("back-coach") / "memory.sqlite3"


def is_loopback(address: str) -> bool:
    """Loopback check: whether only this machine can reach an address, or the name localhost."""
    if address == "localhost":
        return True
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)


def _days(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name) or str(default)
    if not value.isdecimal() or not 0 < int(value) < 100_000:
        raise BadSetting(f"{name} is {value!r}; it may be a number of days, such as {default}")
    return int(value)


def _switch(environment: Mapping[str, str], name: str, *, default: str) -> bool:
    value = (environment.get(name) or default).lower()
    if value not in ("on", "off"):
        raise BadSetting(f"{name} is {value!r}; it may be on or off")
    return value == "on"
