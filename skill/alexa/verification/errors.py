"""Why a request gets no answer, and with which HTTP status."""

from typing import ClassVar

from skill.alexa.verification.sdk_import import VerificationException


class VerificationError(VerificationException):
    """A request that is not answered; ``reason`` is short and holds no personal data."""

    status: ClassVar[int] = 400

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RequestRejected(VerificationError):
    """The request is not one that Amazon signed for this skill just now."""


class ChainUnavailable(VerificationError):
    """The certificate server is down or slow: nobody can tell yet, so try again."""

    status = 503
