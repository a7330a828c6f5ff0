"""Which store a URL means."""

import re
from pathlib import Path
from urllib.parse import parse_qsl

from skill.store.interface import Store
from skill.store.sqlite import SqliteStore

_TABLE = re.compile(r"[A-Za-z0-9_.-]{3,255}")
_USE = "use sqlite:///path/to/file or dynamodb://table"


def open_store(url: str) -> Store:
    """The store that a URL means: `sqlite:///srv/back-coach.sqlite3` is `/srv/back-coach.sqlite3`.

    `dynamodb://back-coach` is a table in the region, and at the endpoint, of the environment;
    with `?days=400` it lets go what was not heard of for so long.

    Raises:
        ValueError: the URL is of no known kind, or what it needs is not installed.
        StoreFailed: it cannot be opened.
    """
    kind, _, place = url.partition("://")
    if kind == "dynamodb":
        return _table(url, place)
    if kind != "sqlite" or not place.startswith("/") or len(place) < 2:
        raise ValueError(f"not a store: {url!r}; {_USE}")
    return SqliteStore(Path(place))


def table_named(url: str) -> str:
    """The table in a `dynamodb://` URL.

    Raises:
        ValueError: it is no such URL.
    """
    kind, _, place = url.partition("://")
    name = place.partition("?")[0]
    if kind != "dynamodb" or not _TABLE.fullmatch(name):
        raise ValueError(f"not a table: {url!r}; use dynamodb://table")
    return name


def _table(url: str, place: str) -> Store:
    table = table_named(url)
    options = dict(parse_qsl(place.partition("?")[2], keep_blank_values=True))
    days = options.pop("days", None)
    if options or (days is not None and not re.fullmatch(r"[1-9]\d{0,4}", days)):
        raise ValueError(f"not a store: {url!r}; use dynamodb://table?days=400")
    try:
        # Only where it is used: it takes longer to load than all the rest.
        from skill.store.dynamodb import DynamoDbStore  # noqa: PLC0415
        from skill.store.dynamodb_calls import connect  # noqa: PLC0415
    except ImportError as error:
        missing = f"{url!r} needs boto3; install it with: pip install 'back-coach[dynamodb]'"
        raise ValueError(missing) from error
    return DynamoDbStore(connect(), table, days=float(days) if days else None)
