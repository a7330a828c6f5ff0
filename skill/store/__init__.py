"""What is remembered between sessions. Screening answers never are."""

from skill.store.base import BrokenMemory, Store, StoreFailed
from skill.store.opening import open_store

__all__ = ["BrokenMemory", "Store", "StoreFailed", "open_store"]
