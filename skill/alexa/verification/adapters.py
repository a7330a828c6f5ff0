"""The same checks behind the SDK's own verifier interface."""

from typing import Any

from ask_sdk_model.request_envelope import RequestEnvelope

from skill.alexa.verification.errors import VerificationError
from skill.alexa.verification.sdk_import import AbstractVerifier, VerificationException
from skill.alexa.verification.signature import SignatureVerifier
from skill.alexa.verification.timestamp import Clock, check_skill, check_timestamp


class SdkSignatureVerifier(AbstractVerifier):
    """For ``WebserviceSkillHandler``; the endpoint itself verifies before it parses."""

    def __init__(self, verifier: SignatureVerifier, clock: Clock) -> None:
        self._verifier = verifier
        self._clock = clock

    def verify(
        self,
        headers: dict[str, Any],
        serialized_request_env: str | bytes,
        deserialized_request_env: RequestEnvelope,  # noqa: ARG002 - the interface's
    ) -> None:
        """Return if Amazon signed the body; raises ``VerificationException``."""
        body = serialized_request_env
        raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
        try:
            self._verifier.verify_signature(list(headers.items()), raw, self._clock())
        except VerificationError as error:
            raise VerificationException(error.reason) from error


class SdkFreshnessVerifier(AbstractVerifier):
    """Timestamp and skill id, for ``WebserviceSkillHandler``."""

    def __init__(self, skill_id: str, clock: Clock) -> None:
        self._skill_id = skill_id
        self._clock = clock

    def verify(
        self,
        headers: dict[str, Any],  # noqa: ARG002 - the interface's
        serialized_request_env: str | bytes,  # noqa: ARG002 - the interface's
        deserialized_request_env: RequestEnvelope,
    ) -> None:
        """Return if the request is fresh and for this skill; raises ``VerificationException``."""
        request = deserialized_request_env.request
        system = getattr(deserialized_request_env.context, "system", None)
        application = getattr(system, "application", None)
        try:
            check_skill(self._skill_id, getattr(application, "application_id", None))
            check_timestamp(
                getattr(request, "timestamp", None),
                str(getattr(request, "object_type", "")),
                self._clock,
            )
        except VerificationError as error:
            raise VerificationException(error.reason) from error
