"""What is remembered between sessions. Screening answers never are."""

from skill.store.interface import Store, StoreFailed
from skill.store.opening import open_store

__all__ = ["Store", "StoreFailed", "open_store"]
