"""The SDK's interfaces are kept; its chain check is not."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model.response import Response

from skill.alexa.endpoint import Endpoint
from skill.alexa.verification.sdk_import import (
    ChainCheckRemovedError,
    VerificationException,
    WebserviceSkillHandler,
)
from tests.alexa.verification.authority import NOW, World, rsa_key, signed_headers
from tests.alexa.verification.conftest import Verifying

OURS = "amzn1.ask.skill.ours"


def test_it_loads_with_warnings_as_errors() -> None:
    program = (
        "import sys, skill.alexa.verification.sdk_import\n"
        "left = [m for m in sys.modules if m.startswith(('certvalidator', 'oscrypto'))]\n"
        "sys.exit(bool(left))"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)


def test_a_certvalidator_that_was_there_stays() -> None:
    program = (
        "import sys, types\n"
        "there = sys.modules['certvalidator'] = types.ModuleType('certvalidator')\n"
        "import skill.alexa.verification.sdk_import\n"
        "sys.exit(sys.modules['certvalidator'] is not there)"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)


def test_the_sdks_own_chain_check_cannot_be_used(world: World) -> None:
    from ask_sdk_webservice_support import verifier  # noqa: PLC0415 - loads only after our door

    with pytest.raises(ChainCheckRemovedError):
        verifier.RequestVerifier()._validate_cert_chain(world.chain)


def body_for(skill_id: str = OURS, seconds_old: float = 0) -> str:
    stamp = (NOW - timedelta(seconds=seconds_old)).strftime("%Y-%m-%dT%H:%M:%SZ")
    system = {"application": {"applicationId": skill_id}}
    request = {"type": "LaunchRequest", "requestId": "1", "timestamp": stamp, "locale": "en-US"}
    return json.dumps({"session": {"new": True}, "context": {"System": system}, "request": request})


@pytest.fixture
def handler(world: World, verifying: Verifying) -> WebserviceSkillHandler:
    """An endpoint whose skill only says hello."""
    builder = SkillBuilder()

    @builder.request_handler(lambda _: True)
    def hello(handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.speak("Hello").response

    return Endpoint(
        builder.create(),
        skill_id=OURS,
        signature=verifying(world.chain),
        clock=lambda: NOW,
    )


def ask(handler: WebserviceSkillHandler, world: World, body: str, sent: str | None = None) -> str:
    """What the SDK's own callers get: headers as a dictionary, and texts."""
    headers = dict(signed_headers(body.encode(), world.amazon))
    return str(handler.verify_request_and_dispatch(headers, sent or body))


def test_a_signed_request_is_answered(handler: WebserviceSkillHandler, world: World) -> None:
    assert "Hello" in ask(handler, world, body_for())


@pytest.mark.parametrize(
    ("body", "sent", "reason"),
    [
        (body_for(), body_for() + " ", "does not match"),
        (body_for(), "no JSON at all", "does not match"),
        ("no JSON at all", None, "not JSON"),
        (body_for(seconds_old=151), None, "too old"),
        (body_for(seconds_old=-151), None, "future"),
        (body_for("amzn1.ask.skill.another"), None, "another skill"),
        (body_for().replace('"requestId": "1"', '"requestId": ""'), None, "no id"),
        ('{"version": "1.0", "request": {"type": "LaunchRequest"}}', None, "not an Alexa request"),
    ],
)
def test_others_are_refused_as_the_sdk_refuses(
    body: str, sent: str | None, reason: str, handler: WebserviceSkillHandler, world: World
) -> None:
    with pytest.raises(VerificationException, match=reason):
        ask(handler, world, body, sent)


def test_headers_that_differ_in_case_are_two(handler: WebserviceSkillHandler, world: World) -> None:
    honest = signed_headers(body_for().encode(), world.amazon)
    forged = dict(signed_headers(body_for().encode(), rsa_key("attacker")))
    headers = {**dict(honest), "signature-256": forged["Signature-256"]}
    with pytest.raises(VerificationException, match="repeated"):
        handler.verify_request_and_dispatch(headers, body_for())
