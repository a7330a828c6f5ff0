"""Web service handler: one HTTP request to one HTTP answer, trust first, then the skill."""

from typing import Any

from ask_sdk_core.skill import CustomSkill

from skill.alexa.envelope import Envelope, invoke, parse_envelope
from skill.alexa.serializer import CompiledSerializer
from skill.alexa.verification.sdk_import import WebserviceSkillHandler
from skill.alexa.verification.signature import SdkSignatureVerifier, SignatureVerifier, raw
from skill.alexa.verification.signature_headers import Headers
from skill.alexa.verification.timestamp import Clock, check_skill, check_timestamp


class Endpoint(WebserviceSkillHandler):
    """Web service handler of the SDK, with the signature verified before the first parse.

    Its one way in is the SDK's own method. That takes bytes too, for a signature covers bytes.
    """

    def __init__(
        self,
        skill: CustomSkill,
        *,
        skill_id: str | None,
        signature: SignatureVerifier | None,
        clock: Clock,
    ) -> None:
        """Puts the checks before a skill.

        Args:
            skill: what answers.
            skill_id: the only skill that requests may be for; None takes any.
            signature: who proves that Amazon sent it; None takes anybody's word.
            clock: gives the present moment.
        """
        super().__init__(skill, verify_signature=False, verify_timestamp=False)
        self._custom_skill = skill
        self._serializer = CompiledSerializer()
        self._skill_id = skill_id
        self._clock = clock
        self._signature = SdkSignatureVerifier(signature, clock) if signature else None

    def verify_request_and_dispatch(
        self, http_request_headers: Headers | dict[str, Any], http_request_body: bytes | str
    ) -> str:
        """The response envelope as JSON.

        Args:
            http_request_headers: all of them as they came.
            http_request_body: the very body that came.

        Raises:
            VerificationError: the request gets no answer; it carries HTTP status and reason.
        """
        body = raw(http_request_body)
        if self._signature is not None:
            self._signature.verify(http_request_headers, body)
        self._check(parse_envelope(body))
        return invoke(self._custom_skill, self._serializer, body).decode()

    def _check(self, asked: Envelope) -> None:
        if self._skill_id is not None:
            check_skill(self._skill_id, *asked.application_ids)
        check_timestamp(asked.timestamp, asked.type, self._clock)
