"""Request envelope: the parts that trust and the coach cannot do without, and no others.

What Alexa sends grows all the time. Only the parts that are named here can have a request refused;
every other may hold what nobody has heard of yet, and is read as far as it can be.
"""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.skill import CustomSkill
from ask_sdk_model.request_envelope import RequestEnvelope
from msgspec import Meta, Struct

from skill.alexa.serializer import CompiledSerializer
from skill.alexa.verification.errors import RequestRejected
from skill.alexa.verification.timestamp import parse_timestamp

_IN_SESSION = frozenset({"LaunchRequest", "IntentRequest", "SessionEndedRequest"})


class _Application(Struct, rename="camel"):
    application_id: str = ""


class _Someone(Struct, rename="camel"):
    """Account or voice. Memories are kept under its id: no other value may become one."""

    user_id: str | None = None
    person_id: str | None = None


class _System(Struct):
    application: _Application
    user: Any = None
    person: Any = None


class _Context(Struct, rename="pascal"):
    system: _System


class _Session(Struct):
    application: _Application | None = None
    user: Any = None


class _Intent(Struct):
    name: Annotated[str, Meta(min_length=1)]


class _Request(Struct, rename="camel"):
    type: str
    request_id: str
    timestamp: str
    intent: Any = None


class _Outline(Struct):
    request: _Request
    context: _Context
    session: Any = None


class Envelope(Struct, frozen=True):
    """Envelope: what is needed of a request before the skill is asked."""

    type: str
    timestamp: datetime
    application_ids: tuple[str, ...]
    """The skill that the request says it is for, wherever it says so."""


_DECODER = msgspec.json.Decoder(_Outline)


def parse_envelope(body: bytes) -> Envelope:
    """The outline of a request.

    Raises:
        RequestRejected: the body is no JSON, or lacks what trust or the coach needs.
    """
    try:
        found = _DECODER.decode(body)
        session = _session(found)
        _check_ids(found.context.system, session)
        _check_intent(found.request)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RequestRejected(_reason(error)) from None
    if not found.request.request_id:
        raise RequestRejected("request has no id")
    ids = [found.context.system.application.application_id]
    if session is not None and session.application is not None:
        ids.append(session.application.application_id)
    return Envelope(found.request.type, parse_timestamp(found.request.timestamp), tuple(ids))


def _session(found: _Outline) -> _Session | None:
    """The session; what is none matters only to a request that is of one."""
    if found.request.type in _IN_SESSION:
        if found.session is None:
            raise RequestRejected("request has no session")
    elif not isinstance(found.session, dict):
        return None
    return msgspec.convert(found.session, _Session)


def _check_ids(system: _System, session: _Session | None) -> None:
    for someone in (system.user, system.person, session and session.user):
        if isinstance(someone, dict):
            msgspec.convert(someone, _Someone)


def _check_intent(request: _Request) -> None:
    if request.type != "IntentRequest":
        return
    if request.intent is None:
        raise RequestRejected("intent request has no intent")
    msgspec.convert(request.intent, _Intent)


def _reason(error: Exception) -> str:
    """The fault and its path; msgspec's messages name types and fields, never contents."""
    if isinstance(error, msgspec.ValidationError):
        return f"not an Alexa request: {error}"
    return "body is not JSON"


def invoke(skill: CustomSkill, serializer: CompiledSerializer, body: bytes) -> bytes:
    """The skill's answer as JSON; what its types do not know of the request is passed over.

    Raises:
        RequestRejected: the body cannot be read, or its attributes cannot be written again.
    """
    try:
        envelope: RequestEnvelope = serializer.deserialize(body.decode("utf-8"), RequestEnvelope)
        return serializer.encode(skill.invoke(request_envelope=envelope, context=None))
    except (SerializationException, UnicodeDecodeError):
        raise RequestRejected("body is not JSON") from None
    except RecursionError:
        raise RequestRejected("body is nested too deeply") from None
