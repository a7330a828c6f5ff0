"""Verification errors: why a request gets no answer, and with which HTTP status."""

from typing import ClassVar

from skill.alexa.verification.sdk_import import VerificationException


class VerificationError(VerificationException):
    """Unanswered request; ``reason`` is short and holds no personal data."""

    status: ClassVar[int] = 400

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RequestRejected(VerificationError):
    """Rejected request: not one that Amazon signed for this skill just now."""


class ChainUnavailable(VerificationError):
    """Certificate server down or slow: nobody can tell yet, so try again."""

    status = 503
