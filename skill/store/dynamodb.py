"""The shared store: one DynamoDB table, for any number of machines that serve one skill.

A person is one partition: a memory document with a version, and an item for each piece of work. A
household is another partition that names its people. Keys are hashed, so that any key fits.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from secrets import token_hex
from typing import Any, Protocol

import msgspec
from msgspec import Struct

from skill.coach.effects import Effect, RoundsDone, withdrawals_among
from skill.coach.memory import Memory
from skill.store.base import MemoryChanged, StoreFailed, refuse_most
from skill.store.codec import (
    check_unchanged,
    decode,
    decode_or_begin_anew,
    encode,
    ends_forgotten,
    folded,
)
from skill.store.dynamodb_calls import Patience, busy, failing_as_store
from skill.store.withdrawals import WithdrawalJournal, after_withdrawals

GRAVE_SECONDS = 3.5
"""How long a withdrawal is tried again: as long as Alexa waits for an answer, less a read."""

MOST_WORK = 24
"""Pieces of work in one turn: with the memory they are read and written in one transaction, which
holds 100 items at Amazon, and 25 on servers like it. A plan has 12 exercises at most."""

_MEMORY, _WORK = "memory", "did#"
_DELETES_AT_ONCE = 25
_SECONDS_PER_DAY = 86_400
_work_encoder, _work_decoder = msgspec.json.Encoder(), msgspec.json.Decoder(RoundsDone)

log = logging.getLogger(__name__)

Item = dict[str, Any]
"""An item as the client has it: a type's letter and a value for each attribute."""


class Client(Protocol):
    """As much of boto3's DynamoDB client as is used."""

    get_item: Callable[..., Item]
    put_item: Callable[..., Item]
    query: Callable[..., Item]
    scan: Callable[..., Item]
    transact_get_items: Callable[..., Item]
    transact_write_items: Callable[..., Item]
    batch_write_item: Callable[..., Item]


class _Stored(Struct, frozen=True):
    """A memory document as it was read."""

    memory: bytes | None = None
    """None if there is none, or none that still counts."""
    version: str = ""
    """Empty if there is none. Never the same twice, so that no other can be taken for it."""
    household: str = ""
    """The partition that names this person; empty if none does."""


class DynamoDbStore:
    """People in one table, read consistently and written in transactions."""

    def __init__(
        self,
        client: Client,
        table: str,
        *,
        days: float | None = None,
        clock: Callable[[], float] = time.time,
        patience: Patience | None = None,
    ) -> None:
        """Makes no request yet.

        Args:
            client: boto3's, with short timeouts.
            table: its name.
            days: after how many the table may let go what was written; None for never. Work goes
                so long after it was done, a person's memory so long after the last change.
            clock: Unix time in seconds.
            patience: how long a busy table is tried again.
        """
        self._client = client
        self._table = table
        self._keep_for = None if days is None else days * _SECONDS_PER_DAY
        self._clock = clock
        self._patience = patience or Patience()
        self._grave = patience or Patience(GRAVE_SECONDS)
        self._journal = WithdrawalJournal()

    def recall(self, person: str) -> Memory:
        """What is known of a person."""
        with failing_as_store(self._table):
            for _ in self._patience.tries():
                with busy():
                    memory = decode(self._stored(_person(person)).memory)
                    return after_withdrawals(memory, person, self._journal.pending())
        raise self._too_busy()

    def keep(
        self,
        person: str,
        effects: Sequence[Effect],
        household: str = "",
        expected: Memory | None = None,
    ) -> None:
        """Carry out a turn's effects in one transaction, on the version that was read."""
        if not effects:
            return
        try:
            self._carry_over()
            self._keep(person, effects, household, expected)
        except MemoryChanged:
            raise
        except StoreFailed:
            withdrawn = withdrawals_among(effects)
            if withdrawn:
                self._journal.add(person, withdrawn, household)
            raise

    def _carry_over(self) -> None:
        """Write the withdrawals that waited in this process."""
        pending = self._journal.pending()
        for withdrawal in pending:
            for effect in withdrawal.effects:
                self._keep(withdrawal.person, (effect,), withdrawal.household, None)
            self._journal.remove((withdrawal,))
        if pending:
            log.warning("withdrawals of %d people were written late", len(pending))

    def _keep(
        self, person: str, effects: Sequence[Effect], household: str, expected: Memory | None
    ) -> None:
        work = {effect.id: effect for effect in effects if isinstance(effect, RoundsDone)}
        if len(work) > MOST_WORK:
            raise StoreFailed(f"{len(work)} pieces of work in a turn; {MOST_WORK} at most")
        home = _household(household) if household and household != person else ""
        patience = self._grave if withdrawals_among(effects) else self._patience
        with failing_as_store(self._table):
            for _ in patience.tries():
                with busy():
                    if ends_forgotten(effects):
                        self._erase(_person(person))
                    else:
                        self._write(_person(person), effects, work, home, expected)
                    return
        raise self._too_busy()

    def history(self, person: str) -> list[RoundsDone]:
        """The whole log of a person's work, oldest first."""
        found: list[RoundsDone] = []
        with failing_as_store(self._table):
            for _ in self._patience.tries():
                with busy():
                    items = self._items(_person(person), _WORK)
                    found = [_work_decoder.decode(item["work"]["B"]) for item in items]
                    return sorted(found, key=lambda work: (work.at, work.id))
        raise self._too_busy()

    def forget_household(self, household: str) -> None:
        """Erase everybody of a household, and the household itself.

        Where this fails, it may have been done for some: it is to be called again.
        """
        self._carry_over()
        with failing_as_store(self._table):
            home = _household(household)
            for item in list(self._items(home)):
                self._erase_patiently(item["sk"]["S"], home)
            self._erase_patiently(_person(household))

    def expire(self, before: float, *, even_most: bool = False) -> int:
        """Erase everybody not heard of since then; as for a household where it fails.

        A table that lets go by itself is not looked through: nobody, then.
        """
        if self._keep_for is not None:
            return 0
        with failing_as_store(self._table):
            items = self._pages(
                self._client.scan,
                FilterExpression="sk = :memory",
                ExpressionAttributeValues={":memory": {"S": _MEMORY}},
                ProjectionExpression="pk, heard_of",
            )
            heard_of = {item["pk"]["S"]: float(item["heard_of"]["N"]) for item in items}
            people = [person for person, when in heard_of.items() if when < before]
            if not even_most:
                refuse_most(len(people), len(heard_of))
            for person in people:
                self._erase_patiently(person)
        return len(people)

    def check(self) -> None:
        """Raise StoreFailed unless the table can be read and written now, at the first try."""
        key = _key("check", "check")
        with failing_as_store(self._table):
            self._client.put_item(TableName=self._table, Item=key)
            self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        self._carry_over()

    def close(self) -> None:
        """Write what waits; a line if it cannot be."""
        with suppress(StoreFailed):
            self._carry_over()
        self._journal.close()

    def _too_busy(self) -> StoreFailed:
        return StoreFailed(
            f"table {self._table}: too busy; tried again for {self._patience.seconds} s"
        )

    def _stored(self, person: str) -> _Stored:
        answer = self._client.get_item(
            TableName=self._table, Key=_key(person, _MEMORY), ConsistentRead=True
        )
        return self._as_stored(answer.get("Item"))

    def _as_stored(self, item: Item | None) -> _Stored:
        if item is None:
            return _Stored()
        # The table lets go of what has expired when it comes to it, days later perhaps.
        is_over = "expires" in item and float(item["expires"]["N"]) <= self._clock()
        memory = None if is_over else item["memory"]["B"]
        return _Stored(memory, item["version"]["S"], item["household"]["S"])

    def _stored_with(self, person: str, work: Sequence[str]) -> tuple[_Stored, frozenset[str]]:
        """The memory and which of the work is in the log, as they were at one moment."""
        if not work:
            return self._stored(person), frozenset()
        keys = [_key(person, _MEMORY), *(_key(person, _WORK + id_) for id_ in work)]
        gets = [{"Get": {"TableName": self._table, "Key": key}} for key in keys]
        found = self._client.transact_get_items(TransactItems=gets)["Responses"]
        items = [answer.get("Item") for answer in found]
        known = (id_ for id_, item in zip(work, items[1:], strict=True) if item)
        return self._as_stored(items[0]), frozenset(known)

    def _write(
        self,
        person: str,
        effects: Sequence[Effect],
        work: dict[str, RoundsDone],
        home: str,
        expected: Memory | None = None,
    ) -> None:
        stored, known = self._stored_with(person, tuple(work))
        check_unchanged(stored.memory, expected)
        if all(isinstance(effect, RoundsDone) and effect.id in known for effect in effects):
            return
        before = decode_or_begin_anew(stored.memory)
        memory = {
            **_key(person, _MEMORY),
            "memory": {"B": encode(folded(before, effects, known))},
            "version": {"S": token_hex(8)},
            "household": {"S": home},
            "heard_of": _number(self._clock()),
            **self._expiry(self._clock()),
        }
        writes = [self._put(memory, **_same_version(stored))]
        new = (work[id_] for id_ in work.keys() - known)
        writes += [self._put(self._logged(person, did), **_ABSENT) for did in new]
        if home:
            # Written anew each time: it must not expire before the person does.
            writes.append(self._put({**_key(home, person), **self._expiry(self._clock())}))
        if stored.household not in ("", home):
            writes.append(self._delete(_key(stored.household, person)))
        self._client.transact_write_items(TransactItems=writes)

    def _logged(self, person: str, work: RoundsDone) -> Item:
        key = _key(person, _WORK + work.id)
        return {**key, "work": {"B": _work_encoder.encode(work)}, **self._expiry(work.at)}

    def _erase_patiently(self, person: str, home: str = "") -> None:
        for _ in self._patience.tries():
            with busy():
                self._erase(person, home)
                return
        raise self._too_busy()

    def _erase(self, person: str, home: str = "") -> None:
        """Erase a person's log, and then the rest, unless something was written meanwhile.

        The household may still name somebody whose memory the table has let go of.
        """
        stored = self._stored(person)
        keys = [_only_key(item) for item in self._items(person, _WORK)]
        for first in range(0, len(keys), _DELETES_AT_ONCE):
            self._delete_all(keys[first : first + _DELETES_AT_ONCE])
        homes = {home, stored.household} - {""}
        if stored.version or homes:
            writes = [self._delete(_key(person, _MEMORY), **_same_version(stored))]
            writes += [self._delete(_key(named, person)) for named in homes]
            self._client.transact_write_items(TransactItems=writes)

    def _delete_all(self, keys: Sequence[Item]) -> None:
        left: Item = {self._table: [{"DeleteRequest": {"Key": key}} for key in keys]}
        for _ in self._patience.tries():
            with busy():
                left = self._client.batch_write_item(RequestItems=left).get("UnprocessedItems", {})
                if not left:
                    return
        raise self._too_busy()

    def _items(self, partition: str, start: str = "") -> Iterator[Item]:
        """The items of a partition whose second key begins so."""
        condition, values = "pk = :pk", {":pk": {"S": partition}}
        if start:
            condition += " AND begins_with(sk, :sk)"
            values[":sk"] = {"S": start}
        return self._pages(
            self._client.query,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ConsistentRead=True,
        )

    def _pages(self, read: Callable[..., Item], **request: Any) -> Iterator[Item]:
        while True:
            page = read(TableName=self._table, **request)
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def _put(self, item: Item, **condition: Any) -> Item:
        return {"Put": {"TableName": self._table, "Item": item, **condition}}

    def _delete(self, key: Item, **condition: Any) -> Item:
        return {"Delete": {"TableName": self._table, "Key": key, **condition}}

    def _expiry(self, since: float) -> Item:
        if self._keep_for is None:
            return {}
        return {"expires": {"N": str(int(since + self._keep_for))}}


_ABSENT = {"ConditionExpression": "attribute_not_exists(pk)"}


def _same_version(stored: _Stored) -> Item:
    """The condition that nobody has written since."""
    if not stored.version:
        return _ABSENT
    return {
        "ConditionExpression": "version = :read",
        "ExpressionAttributeValues": {":read": {"S": stored.version}},
    }


def _person(key: str) -> str:
    return f"person#{_hashed(key)}"


def _household(key: str) -> str:
    return f"household#{_hashed(key)}"


def _hashed(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _key(partition: str, sort: str) -> Item:
    return {"pk": {"S": partition}, "sk": {"S": sort}}


def _only_key(item: Item) -> Item:
    return {"pk": item["pk"], "sk": item["sk"]}


def _number(value: float) -> Item:
    return {"N": f"{value:.3f}"}
