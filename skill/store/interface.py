"""What every store does."""

from collections.abc import Sequence
from typing import Protocol

from skill.coach.memory import Effect, Memory


class StoreFailed(Exception):
    """The store could not read or write; nothing was changed."""


class Store(Protocol):
    """Memories of people, by a key that the outside chooses. Safe to share between threads."""

    def recall(self, person: str, midnight: float) -> Memory:
        """What is known of a person; today begins at this Unix time.

        Raises:
            StoreFailed: it could not be read.
        """
        ...

    def keep(self, person: str, effects: Sequence[Effect]) -> None:
        """Carry out a turn's effects, all or none. Work with the same id is recorded once.

        Raises:
            StoreFailed: it could not be written.
        """
        ...

    def check(self) -> None:
        """Raise StoreFailed unless the store can be read and written now."""
        ...
