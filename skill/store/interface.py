"""What every store does."""

from collections.abc import Sequence
from typing import Protocol

from skill.coach.memory import Did, Effect, Memory


class StoreFailed(Exception):
    """The store could not read or write; nothing was changed."""


class Store(Protocol):
    """Memories of people, by a key that the outside chooses. Safe to share between threads."""

    def recall(self, person: str) -> Memory:
        """What is known of a person; an empty memory if nothing is.

        Raises:
            StoreFailed: it could not be read.
        """
        ...

    def keep(self, person: str, effects: Sequence[Effect], household: str = "") -> None:
        """Carry out a turn's effects, all or none. Work with the same id is recorded once.

        Args:
            person: whose memory it is.
            effects: what happened, in order.
            household: the account that the person belongs to; empty if the person is the account.

        Raises:
            StoreFailed: it could not be written; nothing was.
        """
        ...

    def history(self, person: str) -> list[Did]:
        """The whole log of a person's work, oldest first.

        Raises:
            StoreFailed: it could not be read.
        """
        ...

    def forget_household(self, household: str) -> None:
        """Erase everybody who was kept with this household, and the household itself.

        Raises:
            StoreFailed: it could not be written; nothing was.
        """
        ...

    def expire(self, before: float) -> int:
        """Erase everybody not heard of since this Unix time; how many that were.

        Raises:
            StoreFailed: it could not be written; nothing was.
        """
        ...

    def check(self) -> None:
        """Raise StoreFailed unless the store can be read and written now."""
        ...
