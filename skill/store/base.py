"""What every store does."""

from collections.abc import Sequence
from typing import Protocol

from skill.coach.effects import Effect, RoundsDone
from skill.coach.memory import Memory


class StoreFailed(Exception):
    """The store could not read, or could not tell that it had written.

    A write whose answer was lost may have happened all the same, as a whole. To keep it again
    counts no work twice.
    """


class BrokenMemory(StoreFailed):
    """What is kept of one person is no memory. The next turn of theirs begins it anew."""


class Store(Protocol):
    """Memories of people, by a key that the outside chooses. Safe to share between threads."""

    def recall(self, person: str) -> Memory:
        """What is known of a person; an empty memory if nothing is.

        Raises:
            BrokenMemory: what is kept of this person can never be read.
            StoreFailed: it could not be read.
        """
        ...

    def keep(self, person: str, effects: Sequence[Effect], household: str = "") -> None:
        """Carry out a turn's effects, all or none. Work with the same id is recorded once.

        A broken memory is set aside, and begun anew with these effects.

        Args:
            person: whose memory it is.
            effects: what happened, in order.
            household: the account that the person belongs to; empty if the person is the account.

        Raises:
            StoreFailed: nothing was written, or all was and nobody can tell.
        """
        ...

    def history(self, person: str) -> list[RoundsDone]:
        """The whole log of a person's work, oldest first.

        Raises:
            StoreFailed: it could not be read.
        """
        ...

    def forget_household(self, household: str) -> None:
        """Erase everybody who was kept with this household, and the household itself.

        Raises:
            StoreFailed: it may have been done for some: it is to be called again.
        """
        ...

    def expire(self, before: float) -> int:
        """Erase everybody not heard of since this Unix time; how many that were.

        Raises:
            StoreFailed: it may have been done for some: it is to be called again.
        """
        ...

    def check(self) -> None:
        """Raise StoreFailed unless the store can be read and written now."""
        ...
