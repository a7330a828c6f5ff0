"""Every kind of store, each new and empty, and the address under which it is opened again."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from skill.store import Store, open_store
from tests.store.dynamodb_server import IS_INSTALLED, NO_ACCOUNT, running


@pytest.fixture(scope="session")
def dynamodb() -> Iterator[str]:
    """The address of a DynamoDB-compatible server; the environment leads to it."""
    if not IS_INSTALLED:
        pytest.skip("boto3 or moto[server] is not installed")
    with running() as address, pytest.MonkeyPatch.context() as environment:
        for name, value in {**NO_ACCOUNT, "AWS_ENDPOINT_URL_DYNAMODB": address}.items():
            environment.setenv(name, value)
        environment.delenv("AWS_DEFAULT_REGION", raising=False)
        # A machine that is busy with tests is no outage.
        environment.setattr("skill.store.dynamodb_calls.READ_SECONDS", 30.0)
        environment.delenv("AWS_PROFILE", raising=False)
        yield address


@pytest.fixture
def table(dynamodb: str) -> str:
    """The name of a table of our own."""
    from skill.store.dynamodb_calls import (  # noqa: PLC0415 - boto3 may be missing
        connect,
        create_table,
    )

    assert os.environ["AWS_ENDPOINT_URL_DYNAMODB"] == dynamodb
    name = f"test-{uuid4().hex}"
    create_table(connect(), name)
    return name


@pytest.fixture(params=["sqlite", "dynamodb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite://{tmp_path / 'deep' / 'memory.sqlite3'}"
    return f"dynamodb://{request.getfixturevalue('table')}"


@pytest.fixture
def opened(url: str) -> Callable[[], Store]:
    """Opens the same store, each time as a program does that has just started."""
    return lambda: open_store(url)
