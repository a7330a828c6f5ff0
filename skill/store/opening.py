"""Which store a URL means."""

from pathlib import Path

from skill.store.interface import Store
from skill.store.sqlite import SqliteStore


def open_store(url: str) -> Store:
    """The store that a URL means: `sqlite:///srv/back-coach.sqlite3` is `/srv/back-coach.sqlite3`.

    Raises:
        ValueError: the URL is of no known kind.
        StoreFailed: it cannot be opened.
    """
    kind, _, place = url.partition("://")
    if kind != "sqlite" or not place.startswith("/") or len(place) < 2:
        raise ValueError(f"not a store: {url!r}; use sqlite:///path/to/file")
    return SqliteStore(Path(place))
