"""Alexa request envelopes, as a device's words reach the skill."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

LOCAL_SKILL = "amzn1.ask.skill.local"
LOCAL_PERSON = "amzn1.ask.account.local"
"""Whom the local speaker belongs to."""


class DeviceSession(Struct):
    """Session of the skill on the device."""

    id: str
    attributes: dict[str, Any]
    is_new: bool = True


class Household(Struct, frozen=True):
    """Household: who owns the device, and which skill it calls."""

    user: str = LOCAL_PERSON
    device: str = "amzn1.ask.device.local"
    skill: str = LOCAL_SKILL
    locale: str = "en-US"
    interfaces: dict[str, Any] = {}
    """What the device can do besides speaking and hearing, as in `supportedInterfaces`."""

    def envelope(
        self, session: DeviceSession, request: Mapping[str, Any], *, number: int, at: datetime
    ) -> dict[str, Any]:
        """Request envelope around a request's own part; `number` makes its id unique."""
        application = {"applicationId": self.skill}
        user = {"userId": self.user}
        stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        return {
            "version": "1.0",
            "session": {
                "new": session.is_new,
                "sessionId": session.id,
                "application": application,
                "attributes": session.attributes,
                "user": user,
            },
            "context": {
                "System": {
                    "application": application,
                    "user": user,
                    "device": {"deviceId": self.device, "supportedInterfaces": self.interfaces},
                    "apiEndpoint": "https://api.amazonalexa.com",
                    "apiAccessToken": "none",
                }
            },
            "request": {
                "requestId": f"{session.id}.{number}",
                "timestamp": stamp,
                "locale": self.locale,
                **request,
            },
        }
