"""Faults of a DynamoDB table as several functions see it, each with a client of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from skill.store import Store
from skill.store.dynamodb import DynamoDbStore
from skill.store.dynamodb_calls import OPERATOR_SECONDS, Patience, connect
from tests.store.fault_table import Place

Trouble = Callable[[str], str]
"""The code with which a call of that name is refused; empty if it is not."""

_WRITES = ("put_item", "transact_write_items", "batch_write_item")

TROUBLES: dict[str, Trouble] = {
    "throttled": lambda _: "ThrottlingException",
    "writes throttled": lambda name: "ThrottlingException" if name in _WRITES else "",
    "conditions always fail": lambda name: "Changed" if name in _WRITES else "",
    "no access": lambda _: "AccessDeniedException",
}


@dataclass
class Table:
    """A table in trouble; each function has its own way to it."""

    name: str
    trouble: Trouble | None = None

    def open(self) -> Store:
        """A function's store; it waits on a clock that only its own pauses move."""
        passed = [0.0]

        def pause(seconds: float) -> None:
            passed[0] += seconds

        patience = Patience(sleep=pause, clock=lambda: passed[0])
        client = _Hindered(connect(OPERATOR_SECONDS), self)
        return DynamoDbStore(client, self.name, patience=patience)

    @contextmanager
    def hurt(self, trouble: Trouble) -> Iterator[None]:
        """Refuse calls until the end of the `with` block."""
        self.trouble = trouble
        try:
            yield
        finally:
            self.trouble = None


class _Hindered:
    """The real client, which is refused by a table in trouble."""

    def __init__(self, client: Any, table: Table) -> None:
        self._client = client
        self._table = table

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._client, name)

        def hindered(**request: Any) -> Any:
            code = self._table.trouble(name) if self._table.trouble else ""
            if code == "Changed":
                raise _refused("TransactionCanceledException", "ConditionalCheckFailed")
            if code:
                raise _refused(code)
            return call(**request)

        return hindered


def _refused(code: str, *reasons: str) -> ClientError:
    answer: dict[str, Any] = {"Error": {"Code": code, "Message": "no"}}
    if reasons:
        answer["CancellationReasons"] = [{"Code": reason} for reason in reasons]
    return ClientError(answer, "TransactWriteItems")


def dynamodb_place(folder: Path, table: str, trouble: Trouble) -> Place:
    """A table, and a trouble of it."""
    hurt = Table(table)
    return Place(folder, hurt.open, lambda: hurt.hurt(trouble))
