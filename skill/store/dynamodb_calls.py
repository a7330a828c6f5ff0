"""Calling DynamoDB: a client with short timeouts, what is worth another try, and what is not."""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any

import boto3  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]
from botocore.exceptions import (  # type: ignore[import-untyped]
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
)

from skill.store.base import StoreFailed

CONNECT_SECONDS = 1.0
READ_SECONDS = 1.0
OPERATOR_SECONDS = 30.0
"""How long an operator can wait."""
CONNECTIONS = 64

_BUSY = frozenset(
    {
        "ConditionalCheckFailed",
        "InternalServerError",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingError",
        "ThrottlingException",
        "TransactionConflict",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""Answers, and reasons for cancelling a transaction, that may be others after a moment."""


class Patience:
    """How long a busy table is tried again, and how long the pauses are."""

    def __init__(
        self,
        seconds: float = 1.8,
        longest_pause: float = 0.3,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """No try begins later than so many seconds after the first; one lasts a second or two."""
        self.seconds = seconds
        self._longest = longest_pause
        self._sleep = sleep
        self._clock = clock

    def tries(self) -> Iterator[int]:
        """Numbers the tries, and pauses between them: randomly, so that rivals part ways."""
        end = self._clock() + self.seconds
        number = 0
        while True:
            yield number
            pause = random.uniform(0, min(self._longest, 0.01 * 2**number))  # noqa: S311 - no secret
            number += 1
            if self._clock() + pause > end:
                return
            self._sleep(pause)


@contextmanager
def busy() -> Iterator[None]:
    """Lets pass what is worth another try; whoever gets past it goes round again."""
    try:
        yield
    except ConnectionClosedError:
        return  # One that was kept open for the next request, and closed at the other end.
    except ClientError as error:
        if not _reasons(error) or not _reasons(error) <= _BUSY:
            raise


def _reasons(error: ClientError) -> frozenset[str]:
    """Why a request was refused, by code."""
    found = error.response.get("CancellationReasons") or []
    codes = [reason.get("Code", "None") for reason in found]
    refused = frozenset(code for code in codes if code != "None")
    return refused or frozenset({error.response.get("Error", {}).get("Code", "")})


@contextmanager
def failing_as_store(table: str) -> Iterator[None]:
    """Turns whatever boto3 raises into StoreFailed with one line that quotes no item."""
    try:
        yield
    except ClientError as error:
        reasons = ", ".join(sorted(_reasons(error)))
        if reasons == "ResourceNotFoundException":
            raise StoreFailed(
                f"there is no table {table}; make it with: back-coach create-table {table}"
            ) from error
        raise StoreFailed(f"table {table}: {reasons} at {error.operation_name}") from error
    except BotoCoreError as error:
        raise StoreFailed(f"table {table}: {type(error).__name__}: {error}") from error
    except ValueError as error:
        raise StoreFailed(f"table {table}: what is kept is no memory: {error}") from error


def connect(read_seconds: float | None = None) -> Any:
    """A client for the region and endpoint of the environment, with short timeouts.

    Args:
        read_seconds: how long to wait for an answer; by default as long as a talk can bear.

    Raises:
        StoreFailed: the environment names no region, or something that is none.
    """
    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=read_seconds or READ_SECONDS,
        max_pool_connections=CONNECTIONS,
        # How often to try again is decided here, within the time that Alexa leaves.
        retries={"mode": "standard", "total_max_attempts": 1},
    )
    # boto3 itself only knows the second name; Amazon's other tools and machines set the first.
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    try:
        return _session().client("dynamodb", region_name=region, config=config)
    except (BotoCoreError, ValueError) as error:
        raise StoreFailed(f"DynamoDB: {error} Set AWS_REGION.") from error


@lru_cache(maxsize=1)
def _session() -> Any:
    """What boto3 reads from its own files, which takes longer than all the rest."""
    return boto3.session.Session()


def create_table(client: Any, table: str) -> None:
    """Make the table, paid by request, and let it drop what has expired; again does no harm.

    Raises:
        StoreFailed: it could not be made.
    """
    with failing_as_store(table):
        with suppress(client.exceptions.ResourceInUseException):
            client.create_table(
                TableName=table,
                BillingMode="PAY_PER_REQUEST",
                AttributeDefinitions=[
                    {"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")
                ],
                KeySchema=[
                    {"AttributeName": "pk", "KeyType": "HASH"},
                    {"AttributeName": "sk", "KeyType": "RANGE"},
                ],
            )
        client.get_waiter("table_exists").wait(TableName=table, WaiterConfig={"Delay": 2})
        present = client.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
        if present["TimeToLiveStatus"] == "DISABLED":
            client.update_time_to_live(
                TableName=table,
                TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"},
            )
