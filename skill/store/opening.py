"""Which store a URL means."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

from skill.settings import BadSetting, Settings
from skill.store.base import Store
from skill.store.sqlite import SqliteStore

_TABLE = re.compile(
    r"dynamodb://(?P<table>[A-Za-z0-9_.-]{3,255})(\?days=(?P<days>[1-9][0-9]{0,4}))?", re.ASCII
)
_USE_TABLE = "use dynamodb://table or dynamodb://table?days=400"


def open_store(url: str, days: float | None = None) -> Store:
    """The store that a URL means: `sqlite:///srv/back-coach.sqlite3` is `/srv/back-coach.sqlite3`.

    `dynamodb://back-coach` is a table in the region, and at the endpoint, of the environment. What
    was not heard of for so many days, or for 400 with `?days=400`, it lets go by itself.

    Raises:
        ValueError: the URL is of no known kind, or what it needs is not installed.
        StoreFailed: it cannot be opened.
    """
    kind, _, place = url.partition("://")
    if kind == "dynamodb":
        table, own = _table_and_days(url)
        client = _dynamodb("dynamodb_calls", url).connect()
        store: Store = _dynamodb("dynamodb", url).DynamoDbStore(client, table, days=own or days)
        return store
    if kind != "sqlite" or not place.startswith("/") or len(place) < 2:
        raise ValueError(f"not a store: {url!r}; use sqlite:///path/to/file or dynamodb://table")
    return SqliteStore(Path(place))


def open_configured(settings: Settings) -> Store:
    """The store that the operator's settings name.

    Raises:
        BadSetting: BACK_COACH_STORE is of no known kind, or what it needs is not installed.
        StoreFailed: it cannot be opened.
    """
    try:
        return open_store(settings.store_url, settings.retention_days)
    except ValueError as error:
        raise BadSetting(f"BACK_COACH_STORE: {error}") from None


def create(url: str) -> str:
    """Make the table that a `dynamodb://` URL names, if it is not there yet; returns its name.

    Raises:
        ValueError: it is no such URL, or what it needs is not installed.
        StoreFailed: it could not be made.
    """
    table, _ = _table_and_days(url)
    calls = _dynamodb("dynamodb_calls", url)
    calls.create_table(calls.connect(calls.OPERATOR_SECONDS), table)
    return table


def _table_and_days(url: str) -> tuple[str, float | None]:
    found = _TABLE.fullmatch(url)
    if not found:
        raise ValueError(f"not a table: {url!r}; {_USE_TABLE}")
    return found["table"], float(found["days"]) if found["days"] else None


def _dynamodb(module: str, url: str) -> Any:
    # Only where it is used: it takes longer to load than all the rest.
    try:
        return import_module(f"skill.store.{module}")
    except ImportError as error:
        missing = f"{url!r} needs boto3; install it with: pip install 'back-coach[dynamodb]'"
        raise ValueError(missing) from error
