"""The three doors of the skill: over HTTP, by the SDK's own method, and as a Lambda function."""

import json
from collections.abc import Callable
from pathlib import Path

from ask_sdk_core.exceptions import ApiClientException
from ask_sdk_model.services.api_client import ApiClient
from ask_sdk_model.services.api_client_request import ApiClientRequest
from ask_sdk_model.services.api_client_response import ApiClientResponse

from skill.alexa.verification.errors import RequestRejected
from skill.lambda_function import LambdaSkill
from skill.settings import Settings
from skill.store import Store, open_store
from skill.web import create_app, create_endpoint
from tests.alexa.conftest import Clock, Json, settings_in

REQUESTS = Path(__file__).parents[1] / "golden" / "requests"
"""Requests as devices of four generations send them, all at Clock's first moment."""

Door = Callable[[bytes], tuple[int, Json]]
"""Takes a body, and gives the status with the answer, or with the reason."""


def deployed(folder: Path) -> Settings:
    """Settings under which a device is asked for its time zone."""
    return settings_in(folder, zone=None)


class OutOfReach(ApiClient):
    """Alexa's services on a bad day."""

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        raise ApiClientException("out of reach")


def over_http(folder: Path, store: Store) -> Door:
    app = create_app(deployed(folder), clock=Clock(), store=store, services=OutOfReach())
    client = app.test_client()

    def ask(body: bytes) -> tuple[int, Json]:
        response = client.post("/alexa", data=body)
        return response.status_code, response.get_json()

    return ask


def by_the_sdk(folder: Path, store: Store) -> Door:
    endpoint = create_endpoint(deployed(folder), store, clock=Clock(), services=OutOfReach())

    def ask(body: bytes) -> tuple[int, Json]:
        try:
            answer = endpoint.verify_request_and_dispatch({}, body.decode())
        except RequestRejected as error:
            return error.status, {"error": error.reason}
        return 200, json.loads(answer)

    return ask


def as_a_lambda(folder: Path, store: Store) -> Door:
    skill = LambdaSkill(deployed(folder), store, OutOfReach())

    def ask(body: bytes) -> tuple[int, Json]:
        try:
            return 200, skill.answer(json.loads(body))
        except RequestRejected as error:
            return error.status, {"error": error.reason}

    return ask


DOORS = {"HTTP": over_http, "the SDK": by_the_sdk, "Lambda": as_a_lambda}


def all_doors(folder: Path) -> dict[str, Door]:
    """Each door, before a memory of its own."""
    doors = {}
    for name, make in DOORS.items():
        own = folder / name.replace(" ", "-")
        own.mkdir()
        doors[name] = make(own, open_store(settings_in(own).store_url))
    return doors
