"""Requests that Amazon could have signed, by a certificate authority of our own."""

import json
import random
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.x509.verification import Store as Roots

from skill.alexa.identity import key_of
from skill.alexa.verification.certificate_cache import CertificateCache
from skill.alexa.verification.certificate_chain import ChainJudge
from skill.alexa.verification.signature import SignatureVerifier
from skill.coach.effects import Cleared, Effect, TimeZoneReported
from skill.exercises import load_facts
from skill.settings import Settings
from skill.speaker.device_requests import LOCAL_SKILL, DeviceSession, Household
from skill.store import open_store
from tests.alexa.verification.authority import (
    DAY,
    LEAF,
    SIGNER,
    ca_form,
    issue,
    pem,
    rsa_key,
    signed_headers,
)
from tests.servers import http_request

PEOPLE = 7999
"""Not a multiple of the exercises: a person who comes again asks for the next of them.

So nobody has done enough of one for the day before they have come as often as there are exercises.
"""
EXERCISES = load_facts()[0].ids
SPREAD_SECONDS = 60
"""Requests are as old as that at most, so that they differ in all that depends on their time."""


def make_world(folder: Path, people: int = PEOPLE) -> None:
    """A chain that is valid today, its root, and a store of people who are cleared to exercise.

    Their time zones are known: each is asked for once a day, of a service that is not here.
    """
    now = datetime.now(UTC)
    today = {"not_before": now - DAY, "not_after": now + DAY}
    root = issue(ca_form("Trusted Root", **today), None)
    middle = issue(ca_form("Trusted Intermediate", **today), root)
    leaf = issue(replace(LEAF, not_before=now - DAY, not_after=now + DAY), middle)
    (folder / "root.pem").write_bytes(pem(root))
    (folder / "chain.pem").write_bytes(pem(leaf, middle))
    store = open_store(settings(folder).store_url)
    for number in range(people):
        known: list[Effect] = [
            Cleared(now.timestamp(), full=True),
            TimeZoneReported("Europe/Berlin", now.timestamp()),
        ]
        store.keep(key_of(person(number)), known)


def settings(folder: Path) -> Settings:
    """A deployment in the world of a folder."""
    return Settings(skill_id=LOCAL_SKILL, store=f"sqlite://{folder / 'memory.sqlite3'}")


def verifier(folder: Path) -> SignatureVerifier:
    """Trusts the root of a folder, and downloads its chain."""
    roots = Roots([x509.load_pem_x509_certificate((folder / "root.pem").read_bytes())])
    chain = (folder / "chain.pem").read_bytes()
    return SignatureVerifier(CertificateCache(lambda _: chain, ChainJudge(lambda: roots)))


def person(number: int) -> str:
    """Alexa's id of one of the people."""
    return f"amzn1.ask.account.{number % PEOPLE}"


def starting(number: int, at: datetime) -> bytes:
    """The body of "start …" by one of the people, in a session of its own."""
    exercise = EXERCISES[number % len(EXERCISES)]
    value = {"name": exercise.replace("-", " "), "id": exercise}
    authority = f"amzn1.er-authority.echo-sdk.{LOCAL_SKILL}.EXERCISE"
    slot = {
        "name": "exercise",
        "value": value["name"],
        "confirmationStatus": "NONE",
        "source": "USER",
        "resolutions": {
            "resolutionsPerAuthority": [
                {
                    "authority": authority,
                    "status": {"code": "ER_SUCCESS_MATCH"},
                    "values": [{"value": value}],
                }
            ]
        },
    }
    intent = {
        "name": "StartExerciseIntent",
        "confirmationStatus": "NONE",
        "slots": {"exercise": slot},
    }
    request = {
        "type": "IntentRequest",
        "requestId": f"amzn1.echo-api.request.{uuid.uuid4()}",
        "dialogState": "COMPLETED",
        "intent": intent,
    }
    session = DeviceSession(f"amzn1.echo-api.session.{uuid.uuid4()}", {})
    household = Household(user=person(number))
    return json.dumps(household.envelope(session, request, number=number, at=at)).encode()


def signed(body: bytes) -> bytes:
    """The body as a whole HTTP request, signed."""
    return http_request(body, signed_headers(body, rsa_key(SIGNER)))


def fresh_requests(count: int, first: int = 0) -> list[bytes]:
    """So many different requests, signed just now; the people take turns from the first on."""
    now = datetime.now(UTC)
    ages = random.Random(count)
    return [
        signed(starting(number, now - timedelta(seconds=ages.uniform(0, SPREAD_SECONDS))))
        for number in range(first, first + count)
    ]
