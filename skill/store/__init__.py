"""What is remembered between sessions. Screening answers never are."""

from skill.store.base import BrokenMemory, MemoryChanged, Store, StoreFailed, WrittenLater
from skill.store.opening import open_configured, open_store

__all__ = [
    "BrokenMemory",
    "MemoryChanged",
    "Store",
    "StoreFailed",
    "WrittenLater",
    "open_configured",
    "open_store",
]
