"""Identity of who speaks: the person whose voice Alexa recognised, else the household."""

import re
from hashlib import sha256

from ask_sdk_model.request_envelope import RequestEnvelope
from msgspec import Struct

from skill.alexa.event_reader import read_event
from skill.coach.speaker_change import is_for_anybody
from skill.coach.state import ConversationPhase

_WHO = "who"
_KEY = re.compile(r"[0-9a-f]{64}", re.ASCII)
"""What `key_of` gives; a session could bring anything."""


class Identity(Struct, frozen=True):
    """Pseudonymous keys of a person and the household."""

    key: str
    """The person, or the household where no voice was recognised; empty if nobody is named."""
    household: str
    before: str = ""
    """The key of whom the session was with until now, if that was somebody else."""


def key_of(alexa_id: str) -> str:
    """The key under which an Alexa id is kept, so that a lost store names nobody."""
    return sha256(alexa_id.encode("utf-8", "surrogatepass")).hexdigest()


def identify(envelope: RequestEnvelope) -> Identity:
    """Identity of who speaks: a recognised voice, else the household.

    A voice that Alexa does not recognise may be anybody's. It counts as the one that the session is
    with only where anybody may speak.
    """
    system = envelope.context.system if envelope.context else None
    household = ""
    for holder in (system, envelope.session):
        if not household and holder and holder.user and holder.user.user_id:
            household = key_of(str(holder.user.user_id))
    before = _before(envelope)
    key = household
    if system and system.person and system.person.person_id:
        key = key_of(str(system.person.person_id))
    elif before and _may_be_anybody(envelope):
        key = before
    return Identity(key, household, before if before != key else "")


def with_speaker(attributes: dict[str, object], key: str) -> dict[str, object]:
    """Session attributes that say whom the session is with."""
    return {**attributes, _WHO: key}


def without_speaker(attributes: dict[str, object]) -> dict[str, object]:
    """The session attributes as the coach wrote them."""
    return {name: value for name, value in attributes.items() if name != _WHO}


def _may_be_anybody(envelope: RequestEnvelope) -> bool:
    if envelope.request is None or envelope.session is None:
        return False
    phase = (envelope.session.attributes or {}).get("phase", ConversationPhase.IDLE)
    return is_for_anybody(read_event(envelope.request), str(phase))


def _before(envelope: RequestEnvelope) -> str:
    session = envelope.session
    if session is None or session.new or not session.attributes:
        return ""
    who = session.attributes.get(_WHO)
    return who if isinstance(who, str) and _KEY.fullmatch(who) else ""
