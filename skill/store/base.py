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
    """What is kept of one person is no memory. The next turn of theirs begins it again."""


class WrittenLater(StoreFailed):
    """The store could not be written; a withdrawal is in the journal, synced, and comes first."""


class MemoryChanged(StoreFailed):
    """Nothing was written: what the turn was decided on is not what is kept any more."""

    def __init__(self, *, is_erased: bool) -> None:
        """Args: is_erased: whether nothing at all is kept of the person any more."""
        super().__init__("somebody's memory changed during a request")
        self.is_erased = is_erased


class Store(Protocol):
    """Memories of people, by a key that the outside chooses. Safe to share between threads."""

    def recall(self, person: str) -> Memory:
        """What is known of a person; an empty memory if nothing is.

        Raises:
            BrokenMemory: what is kept of this person can never be read.
            StoreFailed: it could not be read.
        """
        ...

    def keep(
        self,
        person: str,
        effects: Sequence[Effect],
        household: str = "",
        expected: Memory | None = None,
    ) -> None:
        """Carry out a turn's effects, all or none. Work with the same id is recorded once.

        Withdrawals that could not be written before, whosever they are, are written first. A
        broken memory is set aside, and begun again with these effects.

        Args:
            person: whose memory it is.
            effects: what happened, in order.
            household: the account that the person belongs to; empty if the person is the account.
            expected: the memory that the turn was decided on.

        Raises:
            MemoryChanged: the clearance is not the expected one any more, or all was erased.
            WrittenLater: nothing was written, but a withdrawal among the effects is safe.
            StoreFailed: nothing was written, or all was and nobody can tell. A withdrawal among
                the effects is tried again by this process alone, before anything else.
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

    def expire(self, before: float, *, even_most: bool = False) -> int:
        """Erase everybody not heard of since this Unix time; how many that were.

        Raises:
            StoreFailed: it may have been done for some: it is to be called again. Or it would be
                most people: then nobody is erased, unless `even_most` says that this is meant.
        """
        ...

    def check(self) -> None:
        """Raise StoreFailed unless the store can be read and written now; within a second."""
        ...

    def close(self) -> None:
        """End the use: what waits is written, or a line says that it could not be."""
        ...


def refuse_most(old: int, everybody: int) -> None:
    """Raise StoreFailed if so many of everybody are to be erased that a clock may be wrong."""
    if 2 * old > everybody:
        raise StoreFailed(
            f"{old} of {everybody} people would be erased: is the clock right? If it is, run:"
            " back-coach expire"
        )
