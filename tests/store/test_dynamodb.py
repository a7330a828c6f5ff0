"""The table: found by the environment, shared, patient when it is busy, plain when it fails."""

import sys
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from click.testing import CliRunner

from skill.__main__ import main
from skill.coach.effects import Cleared, Effect, Forgotten, Preferred, RoundsDone
from skill.coach.memory import Memory
from skill.store import BrokenMemory, StoreFailed, open_store

pytest.importorskip("boto3")

from botocore.exceptions import (  # type: ignore[import-untyped]
    ClientError,
    ConnectionClosedError,
    ReadTimeoutError,
)

from skill.store.dynamodb import DynamoDbStore
from skill.store.dynamodb_calls import Patience, connect

ANNE, BEN = "anne", "ben"
NOON, DAY = 1736164800.0, 86_400.0


def did(number: object = 1, exercise: str = "bridge", at: float = NOON) -> RoundsDone:
    return RoundsDone(str(number), exercise, 5, whole=True, at=at, day="2025-01-06")


class Passing:
    """Time that only pauses make."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Hindered:
    """The real client, with trouble before or after some of its calls."""

    def __init__(self, client: Any, trouble: Callable[[str], None], *, after: bool = False) -> None:
        self.client = client
        self.trouble = trouble
        self.after = after

    def __getattr__(self, name: str) -> Any:
        call = getattr(self.client, name)

        def hindered(**request: Any) -> Any:
            if not self.after:
                self.trouble(name)
            answer = call(**request)
            if self.after:
                self.trouble(name)
            return answer

        return hindered


def refused(code: str, *reasons: str) -> ClientError:
    answer: Any = {"Error": {"Code": code, "Message": "person#secret"}}
    if reasons:
        answer["CancellationReasons"] = [{"Code": reason} for reason in reasons]
    return ClientError(answer, "TransactWriteItems")


def first(errors: Sequence[Exception]) -> Callable[[str], None]:
    """Trouble that comes so many times, whatever is called."""
    left = list(errors)

    def trouble(name: str) -> None:
        if left:
            raise left.pop(0)

    return trouble


def hindered(table: str, trouble: Callable[[str], None], *, after: bool = False) -> DynamoDbStore:
    passing = Passing()
    patience = Patience(sleep=passing.sleep, clock=passing)
    return DynamoDbStore(Hindered(connect(), trouble, after=after), table, patience=patience)


WORTH_ANOTHER_TRY = [
    refused("ThrottlingException"),
    refused("ProvisionedThroughputExceededException"),
    refused("InternalServerError"),
    refused("TransactionCanceledException", "None", "TransactionConflict"),
    refused("TransactionCanceledException", "ConditionalCheckFailed", "None"),
    ConnectionClosedError(endpoint_url="http://table"),
]


@pytest.mark.parametrize("error", WORTH_ANOTHER_TRY, ids=str)
def test_a_busy_table_is_tried_again(error: Exception, table: str) -> None:
    store = hindered(table, first([error] * 4))
    store.keep(ANNE, [did(), Preferred("slower")])
    assert store.recall(ANNE).times == {"bridge": 1}
    hindered(table, first([error] * 4)).keep(ANNE, [Forgotten()])
    assert store.recall(ANNE) == Memory()


@pytest.mark.parametrize("use", ["recall", "keep", "forget", "history"])
def test_a_table_that_stays_busy_fails_as_a_store(use: str, table: str) -> None:
    def always(name: str) -> None:
        raise refused("ThrottlingException")

    store = hindered(table, always)
    uses: dict[str, Callable[[], object]] = {
        "recall": lambda: store.recall(ANNE),
        "keep": lambda: store.keep(ANNE, [did()]),
        "forget": lambda: store.keep(ANNE, [Forgotten()]),
        "history": lambda: store.history(ANNE),
    }
    with pytest.raises(StoreFailed, match="too busy"):
        uses[use]()


NOT_WORTH_IT = [
    refused("AccessDeniedException"),
    refused("TransactionCanceledException", "None", "ValidationError"),
    ReadTimeoutError(endpoint_url="http://table"),
]


@pytest.mark.parametrize("error", NOT_WORTH_IT, ids=str)
def test_other_trouble_is_told_at_once_in_one_line_that_names_nobody(
    error: Exception, table: str
) -> None:
    store = hindered(table, first([error]))
    with pytest.raises(StoreFailed) as failed:
        store.keep(ANNE, [did()])
    assert "secret" not in str(failed.value)
    assert "\n" not in str(failed.value)
    assert store.recall(ANNE) == Memory()


def test_a_write_whose_answer_was_lost_counts_once(table: str) -> None:
    lost = first([ConnectionClosedError(endpoint_url="http://table")])

    def after_writing(name: str) -> None:
        if name == "transact_write_items":
            lost(name)

    store = hindered(table, after_writing, after=True)
    store.keep(ANNE, [did(), Preferred("slower")])
    assert store.recall(ANNE).times == {"bridge": 1}
    assert store.history(ANNE) == [did()]


def test_what_somebody_else_wrote_meanwhile_is_not_lost(table: str) -> None:
    other = open_store(f"dynamodb://{table}")
    meanwhile: list[Sequence[Effect]] = [[did(n)] for n in range(3)] + [[Preferred("slower")]]

    def between(name: str) -> None:
        if name == "transact_write_items" and meanwhile:
            other.keep(ANNE, meanwhile.pop())

    hindered(table, between).keep(ANNE, [did("mine"), Cleared(NOON, full=True)])
    memory = other.recall(ANNE)
    assert (memory.times, memory.pace, memory.cleared) == ({"bridge": 4}, "slower", NOON)


def test_whoever_does_something_while_being_forgotten_leaves_nothing_old(table: str) -> None:
    other = open_store(f"dynamodb://{table}")
    other.keep(ANNE, [did(1)], "home")
    meanwhile = [did(2)]

    def between(name: str) -> None:
        if name == "transact_write_items" and meanwhile:
            other.keep(ANNE, [meanwhile.pop()], "home")

    hindered(table, between).keep(ANNE, [Forgotten()])
    assert connect().scan(TableName=table)["Items"] == []


def test_a_log_of_many_pages_is_read_and_erased_whole(table: str) -> None:
    store = open_store(f"dynamodb://{table}")
    works = [did(f"{number:04}", "x" * 20_000) for number in range(120)]
    for start in range(0, len(works), 20):
        store.keep(ANNE, works[start : start + 20], "home")
    assert store.history(ANNE) == works
    store.forget_household("home")
    assert connect().scan(TableName=table)["Items"] == []


def test_too_much_for_one_transaction_is_refused_whole(table: str) -> None:
    store = open_store(f"dynamodb://{table}")
    with pytest.raises(StoreFailed, match="24 at most"):
        store.keep(ANNE, [did(number) for number in range(25)])
    assert store.recall(ANNE) == Memory()
    store.keep(ANNE, [did(number) for number in range(24)])
    assert store.recall(ANNE).times == {"bridge": 24}


def test_a_person_who_moves_is_forgotten_with_the_new_household(table: str) -> None:
    store = open_store(f"dynamodb://{table}")
    store.keep(ANNE, [did()], "old home")
    store.keep(ANNE, [Preferred("slower")], "new home")
    store.forget_household("old home")
    assert store.recall(ANNE).times == {"bridge": 1}
    store.forget_household("new home")
    assert store.recall(ANNE) == Memory()
    assert connect().scan(TableName=table)["Items"] == []


def test_no_key_is_in_the_table(table: str) -> None:
    open_store(f"dynamodb://{table}").keep("anne-of-somewhere", [did()], "her-household")
    kept = str(connect().scan(TableName=table)["Items"])
    assert "anne-of" not in kept
    assert "her-household" not in kept


def test_what_is_not_heard_of_expires(table: str) -> None:
    now = NOON
    store = DynamoDbStore(connect(), table, clock=lambda: now)
    store.keep(ANNE, [did(1)])
    now += 300 * DAY
    store.keep(BEN, [did(1)])
    assert store.expire(NOON + DAY) == 1
    assert store.history(ANNE) == []
    assert store.recall(BEN).times == {"bridge": 1}


def test_a_table_lets_go_by_itself(table: str) -> None:
    now = NOON
    store = DynamoDbStore(connect(), table, days=400, clock=lambda: now)
    store.keep(ANNE, [did(1)])
    now += 300 * DAY
    store.keep(BEN, [did(1)])
    now += 401 * DAY
    assert store.expire(now) == 0, "it is not looked through"
    # The table lets go of it some time later.
    assert store.recall(BEN) == Memory()
    items = connect().scan(TableName=table)["Items"]
    assert {int(item["expires"]["N"]) for item in items} == {
        int(NOON + 400 * DAY),
        int(NOON + 700 * DAY),
    }


def links(table: str) -> list[int]:
    """When each household lets go of each of its people."""
    items = connect().scan(TableName=table)["Items"]
    return [int(i["expires"]["N"]) for i in items if i["pk"]["S"].startswith("household#")]


def test_a_household_knows_its_people_as_long_as_they_are_known(table: str) -> None:
    now = NOON
    store = DynamoDbStore(connect(), table, days=400, clock=lambda: now)
    store.keep(ANNE, [did(1)], "home")
    assert links(table) == [int(NOON + 400 * DAY)]
    now += 300 * DAY
    store.keep(ANNE, [Preferred("slower")], "home")
    assert links(table) == [int(NOON + 700 * DAY)]


def test_a_household_is_forgotten_though_the_table_has_let_go_of_somebody(table: str) -> None:
    store = open_store(f"dynamodb://{table}")
    store.keep(ANNE, [Preferred("slower")], "home")
    memory_of_anne = document(table)
    connect().delete_item(TableName=table, Key=memory_of_anne)
    store.forget_household("home")
    assert connect().scan(TableName=table)["Items"] == []


def document(table: str) -> dict[str, Any]:
    """The key of the only memory in a table."""
    (item,) = (i for i in connect().scan(TableName=table)["Items"] if "memory" in i)
    return {"pk": item["pk"], "sk": item["sk"]}


def spoil(table: str) -> None:
    """Make the only memory unreadable."""
    connect().update_item(
        TableName=table,
        Key=document(table),
        UpdateExpression="SET memory = :spoilt",
        ExpressionAttributeValues={":spoilt": {"B": b"spoilt"}},
    )


def test_what_is_no_memory_is_begun_anew_by_the_next_write(
    table: str, caplog: pytest.LogCaptureFixture
) -> None:
    store = open_store(f"dynamodb://{table}")
    store.keep(ANNE, [Cleared(NOON, full=True), did(1)], "home")
    spoil(table)
    with pytest.raises(BrokenMemory):
        store.recall(ANNE)
    store.keep(ANNE, [did(1), did(2)], "home")
    assert store.recall(ANNE).times == {"bridge": 1}
    assert store.recall(ANNE).cleared is None
    assert [work.id for work in store.history(ANNE)] == ["1", "2"]
    (line,) = (record.getMessage() for record in caplog.records if record.levelname == "ERROR")
    assert "begun anew" in line
    assert ANNE not in line


@pytest.mark.parametrize("way", ["person", "household"])
def test_whoever_has_no_readable_memory_can_be_forgotten(way: str, table: str) -> None:
    store = open_store(f"dynamodb://{table}")
    store.keep(ANNE, [did(1)], "home")
    spoil(table)
    if way == "person":
        store.keep(ANNE, [Forgotten()], "home")
    else:
        store.forget_household("home")
    assert connect().scan(TableName=table)["Items"] == []


def test_a_table_that_is_not_there_is_named(dynamodb: str) -> None:
    with pytest.raises(StoreFailed, match="back-coach create-table nowhere"):
        open_store("dynamodb://nowhere").recall(ANNE)


def test_a_table_is_made_and_made_again(dynamodb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACK_COACH_STORE", "dynamodb://made-here?days=400")
    for _ in range(2):
        made = CliRunner().invoke(main, ["create-table"])
        assert (made.exit_code, made.output) == (0, "Table made-here is ready.\n")
    lives = connect().describe_time_to_live(TableName="made-here")["TimeToLiveDescription"]
    assert lives == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}
    store = open_store("dynamodb://made-here?days=400")
    store.check()
    store.keep(ANNE, [did()])
    assert store.recall(ANNE).times == {"bridge": 1}


@pytest.mark.parametrize("store", ["", "sqlite:///somewhere", "dynamodb://x", "dynamodb://a/b"])
def test_no_table_is_made_of_something_else(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACK_COACH_STORE", store)
    made = CliRunner().invoke(main, ["create-table"])
    assert made.exit_code == 2
    assert "use dynamodb://table" in made.output


@pytest.mark.parametrize(
    "place",
    [
        "//",
        "//ab",
        "//a b c",
        "//abc/d",
        "//abc?x=1",
        "//abc?days=0",
        "//abc?days=-1",
        "//abc?days=",
    ],
)
def test_another_url_is_no_table(place: str) -> None:
    with pytest.raises(ValueError, match="dynamodb://table"):
        open_store(f"dynamodb:{place}")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith("skill.store.dynamodb")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(ValueError, match=r"pip install 'back-coach\[dynamodb\]'"):
        open_store("dynamodb://memories")


def test_without_a_region_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION", raising=False)
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    with pytest.raises(StoreFailed, match="Set AWS_REGION"):
        connect()
