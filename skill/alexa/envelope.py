"""Request envelope: the shape that is checked before anything else looks at a request."""

from typing import Annotated, Any

import msgspec
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_model.request_envelope import RequestEnvelope
from ask_sdk_model.services.serializer import Serializer
from msgspec import Meta, Struct, field

from skill.alexa.verification.errors import RequestRejected

_IN_SESSION = frozenset({"LaunchRequest", "IntentRequest", "SessionEndedRequest"})


class _Application(Struct):
    application_id: str = field(name="applicationId", default="")


class _Someone(Struct, rename="camel"):
    user_id: str = ""
    person_id: str = ""


class _System(Struct):
    application: _Application
    user: _Someone | None = None
    person: _Someone | None = None


class _Context(Struct):
    system: _System = field(name="System")


class _Session(Struct, rename="camel"):
    new: bool = False
    application: _Application | None = None
    attributes: dict[str, Any] | None = None
    user: _Someone | None = None


class _Slot(Struct):
    value: str | None = None


class _Intent(Struct):
    name: Annotated[str, Meta(min_length=1)]
    slots: dict[str, _Slot] | None = None


class _Request(Struct, rename="camel"):
    type: str
    request_id: str
    timestamp: str
    locale: str | None = None
    intent: _Intent | None = None


class Envelope(Struct):
    """Envelope: what the endpoint itself needs of a request."""

    request: _Request
    context: _Context
    session: _Session | None = None

    @property
    def application_ids(self) -> tuple[str, ...]:
        """The skill that the request says it is for, wherever it says so."""
        ids = [self.context.system.application.application_id]
        if self.session is not None and self.session.application is not None:
            ids.append(self.session.application.application_id)
        return tuple(ids)


_DECODER = msgspec.json.Decoder(Envelope)


def parse_envelope(body: bytes) -> Envelope:
    """The outline of a request.

    Raises:
        Refused: the body is no JSON, or not of a request's shape.
    """
    try:
        found = _DECODER.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RequestRejected(_reason(error)) from None
    if found.request.type in _IN_SESSION and found.session is None:
        raise RequestRejected("request has no session")
    if found.request.type == "IntentRequest" and found.request.intent is None:
        raise RequestRejected("intent request has no intent")
    return found


def _reason(error: Exception) -> str:
    """The fault and its path; msgspec's messages name types and fields, never contents."""
    if isinstance(error, msgspec.ValidationError):
        return f"not an Alexa request: {error}"
    return "body is not JSON"


def deserialize(serializer: Serializer, body: bytes) -> RequestEnvelope:
    """The request in the SDK's own types.

    Raises:
        Refused: the SDK cannot read it.
    """
    try:
        envelope: object = serializer.deserialize(body.decode("utf-8"), RequestEnvelope)
    except (SerializationException, ValueError, TypeError, AttributeError, KeyError):
        raise RequestRejected("not an Alexa request: a part has the wrong type") from None
    except RecursionError:
        raise RequestRejected("body is nested too deeply") from None
    if not isinstance(envelope, RequestEnvelope) or envelope.request is None:
        raise RequestRejected("not an Alexa request")
    return envelope
