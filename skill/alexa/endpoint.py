"""One HTTP request to one HTTP answer: trust first, then the skill."""

from collections.abc import Sequence

from ask_sdk_core.skill import CustomSkill

from skill.alexa.envelope import deserialize, parse_envelope
from skill.alexa.serializer import CompiledSerializer
from skill.alexa.steps import STEP, Steps
from skill.alexa.verification.adapters import SdkFreshnessVerifier, SdkSignatureVerifier
from skill.alexa.verification.errors import RequestRejected
from skill.alexa.verification.replay import Replay
from skill.alexa.verification.sdk_import import AbstractVerifier, WebserviceSkillHandler
from skill.alexa.verification.signature import SignatureVerifier
from skill.alexa.verification.timestamp import (
    Clock,
    check_skill,
    check_timestamp,
    parse_timestamp,
    replay_window,
)

Headers = Sequence[tuple[str, str]]


class Endpoint(WebserviceSkillHandler):
    """The SDK's web service handler, with every check in front of the first parse."""

    def __init__(
        self,
        skill: CustomSkill,
        *,
        skill_id: str | None,
        signature: SignatureVerifier | None,
        replay: Replay,
        clock: Clock,
    ) -> None:
        """Puts the checks before a skill.

        Args:
            skill: what answers.
            skill_id: the only skill that requests may be for; None takes any.
            signature: who proves that Amazon sent it; None takes anybody's word.
            replay: what answers a repeated request.
            clock: gives the present moment.
        """
        super().__init__(
            skill,
            verify_signature=False,
            verify_timestamp=False,
            # For whoever comes in by the SDK's own door, which parses first.
            verifiers=_verifiers(skill_id, signature, clock),
        )
        self._custom_skill = skill
        self._serializer = CompiledSerializer()
        self._skill_id = skill_id
        self._signature = signature
        self._replay = replay
        self._clock = clock

    def answer(self, headers: Headers, body: bytes) -> Steps:
        """The response envelope as JSON: trust, reading, the skill and writing are a step each.

        Raises:
            TrustError: the request gets no answer; it carries the HTTP status and the reason.
        """
        if self._signature is not None:
            self._signature.verify_signature(headers, body, self._clock())
        asked = parse_envelope(body)
        if self._skill_id is not None:
            check_skill(self._skill_id, *asked.application_ids)
        request = asked.request
        check_timestamp(parse_timestamp(request.timestamp), request.type, self._clock)
        window = replay_window(request.type)
        yield STEP
        return (yield from self._replay.answer(request.request_id, self._invoke(body), window))

    def _invoke(self, body: bytes) -> Steps:
        envelope = deserialize(self._serializer, body)
        yield STEP
        try:
            response = self._custom_skill.invoke(request_envelope=envelope, context=None)
            yield STEP
            return self._serializer.encode(response)
        except RecursionError:
            raise RequestRejected("body is nested too deeply") from None


def _verifiers(
    skill_id: str | None, signature: SignatureVerifier | None, clock: Clock
) -> list[AbstractVerifier]:
    verifiers: list[AbstractVerifier] = []
    if signature is not None:
        verifiers.append(SdkSignatureVerifier(signature, clock))
    if skill_id is not None:
        verifiers.append(SdkFreshnessVerifier(skill_id, clock))
    return verifiers
