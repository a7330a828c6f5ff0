"""Calls to Alexa's services: what is out of reach is left alone for a while."""

import pytest
from ask_sdk_core.exceptions import ApiClientException
from ask_sdk_model.services.api_client_request import ApiClientRequest

from skill.alexa.api_client import FAILURES, REST_SECONDS, AlexaApiClient, AlexaRefused
from tests.alexa.conftest import TOKEN
from tests.alexa.reminders_api import serving
from tests.alexa.verification.certificate_server import closed_port

REMINDERS = "/v1/alerts/reminders"


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def asking(address: str, token: str = TOKEN) -> ApiClientRequest:
    """A request for somebody's reminders."""
    return ApiClientRequest(
        headers=[("Authorization", f"Bearer {token}")], method="GET", url=f"{address}{REMINDERS}"
    )


def test_an_answer() -> None:
    client = AlexaApiClient(only_https=False)
    with serving(TOKEN) as services:
        assert client.invoke(asking(services.address)).status_code == 200


def test_a_refusal_has_its_status_and_rests_nothing() -> None:
    client = AlexaApiClient(only_https=False)
    with serving(TOKEN) as services:
        for _ in range(FAILURES + 1):
            with pytest.raises(AlexaRefused) as refused:
                client.invoke(asking(services.address, token="another"))
            assert refused.value.status in (401, 403)
        assert len(services.asked) == FAILURES + 1


def test_a_host_out_of_reach_is_left_alone_for_a_while() -> None:
    clock = Clock()
    client = AlexaApiClient(only_https=False, clock=clock)
    host, port = closed_port()
    away = asking(f"http://{host}:{port}")
    for _ in range(FAILURES):
        with pytest.raises(ApiClientException, match="ConnectionError"):
            client.invoke(away)
    with pytest.raises(ApiClientException, match="a moment ago"):
        client.invoke(away)
    with serving(TOKEN) as services:
        assert client.invoke(asking(services.address)).status_code == 200, "another host"
    clock.now += REST_SECONDS
    with pytest.raises(ApiClientException, match="ConnectionError"):
        client.invoke(away)


def test_only_https_where_it_counts() -> None:
    with serving(TOKEN) as services:
        with pytest.raises(ApiClientException, match="HTTPS"):
            AlexaApiClient().invoke(asking(services.address))
        assert services.asked == []
