"""What a store could not keep is held, and written once it can be; the talk goes on meanwhile."""

import atexit
import logging
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

from msgspec import Struct

from skill.coach.effects import ClearanceWithdrawn, Effect, Forgotten, PainReported, RoundsDone
from skill.coach.memory import Memory
from skill.store.base import BrokenMemory, Store, StoreFailed
from skill.store.codec import ends_forgotten, folded

SLOW = 1.0
"""Seconds after which a store counts as slow: writing is then left to the thread behind."""
REST = 5.0
"""Seconds in which a store that failed or was slow is not asked to write while somebody waits."""
LONGEST_REST = 60.0
MOST_TURNS = 50
"""Turns of one person that are held. Pain, and the wish to be forgotten, are held beyond it."""
MOST_PEOPLE = 10_000
FAILURES_IN_A_PASS = 3
"""People who cannot be written, after which the others are tried another time."""

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")

_NEVER_LEFT_OUT = (PainReported, ClearanceWithdrawn, Forgotten)

log = logging.getLogger(__name__)


class _Turn(Struct, frozen=True, eq=False):
    effects: tuple[Effect, ...]
    household: str


class Backlog:
    """A store around another. What it holds is lost only if the process ends before the fault."""

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], float] = time.monotonic,
        most_turns: int = MOST_TURNS,
        in_background: bool = True,
    ) -> None:
        """Around a store.

        Args:
            store: the one that keeps.
            clock: passing time in seconds.
            most_turns: of one person, that are held.
            in_background: whether a thread writes what is held; else only `write_held` does.
        """
        self._store = store
        self._clock = clock
        self._most_turns = most_turns
        self._in_background = in_background
        self._held: dict[str, list[_Turn]] = {}
        self._lock = threading.Lock()
        self._one_writer = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._rested_at = float("-inf")
        self._is_reported = False
        self._taken = 0
        """How often something held was taken away; whoever reads meanwhile reads again."""
        self._late = 0
        """Held turns written since trouble was reported."""

    def recall(self, person: str) -> Memory:
        """What is known of a person, with what is held; if nothing can be read, only that."""
        self._on_a_request()
        while True:
            with self._lock:
                taken, held = self._taken, tuple(self._held.get(person, ()))
            began = self._clock()
            memory = self._read(person)
            if not held or memory is None:
                return _after(memory or Memory(), held, frozenset())
            # A store that has just failed or been slow is not asked again while somebody waits.
            known = self._logged(person, held) if self._rested_at < began else frozenset[str]()
            with self._lock:
                is_current = taken == self._taken
            if is_current:
                return _after(memory, held, known)

    def keep(self, person: str, effects: Sequence[Effect], household: str = "") -> None:
        """Carry out a turn's effects, or hold them.

        Raises:
            StoreFailed: they could not be written, and no more can be held.
        """
        if not effects:
            return
        turn = _Turn(tuple(effects), household)
        with self._lock:
            must_wait = person in self._held or self._is_resting()
        failure = StoreFailed("it is slow") if must_wait else self._write(person, turn)
        if failure is not None:
            self._hold(person, turn, failure)

    def history(self, person: str) -> list[RoundsDone]:
        """The whole log of a person's work, oldest first, with what is held."""
        with self._lock:
            held = [e for turn in self._held.get(person, ()) for e in turn.effects]
        log_of_work = {} if ends_forgotten(held) else {d.id: d for d in self._store.history(person)}
        for effect in held:
            if isinstance(effect, RoundsDone):
                log_of_work.setdefault(effect.id, effect)
        return sorted(log_of_work.values(), key=lambda work: (work.at, work.id))

    def forget_household(self, household: str) -> None:
        """Erase everybody of a household, and what is held of them."""
        # Nothing of theirs may be under way to the store; and where that fails, nothing is lost.
        with self._one_writer:
            self._store.forget_household(household)
            with self._lock:
                for person, turns in list(self._held.items()):
                    if person == household or any(turn.household == household for turn in turns):
                        del self._held[person]
                        self._taken += 1

    def expire(self, before: float) -> int:
        """Erase everybody not heard of since then."""
        return self._store.expire(before)

    def check(self) -> None:
        """Raise StoreFailed unless the store can be read and written now."""
        self._store.check()

    def write_held(self, most_failures: int = FAILURES_IN_A_PASS) -> int:
        """Try to write all that is held, whosever it is; how many turns are still left.

        Args:
            most_failures: so many people that cannot be written end the attempt.
        """
        failures = 0
        with self._lock:
            people = list(self._held)
        for person in people:
            with self._one_writer:
                failures += not self._write_held_of(person)
            if failures == most_failures:
                break
        self._tell_when_well()
        with self._lock:
            return sum(map(len, self._held.values()))

    def _tell_when_well(self) -> None:
        """One line when trouble is over, and the store itself says so."""
        if self._held or not self._is_reported:
            return
        try:
            self._store.check()
        except StoreFailed:
            return
        with self._lock:
            if self._held or not self._is_reported:
                return
            late, self._late, self._is_reported = self._late, 0, False
        log.warning("the store can be written again; turns kept late: %d", late)

    def _read(self, person: str) -> Memory | None:
        try:
            return self._minded(self._store.recall, person)
        except BrokenMemory:
            return Memory()
        except StoreFailed as error:
            self._report("read", error)
            return None

    def _logged(self, person: str, held: Sequence[_Turn]) -> frozenset[str]:
        """Ids of the person's work in the log: of what is held, some may have got there after all.

        Where no work is held nobody needs to know; where the log cannot be read nobody can.
        """
        if not any(isinstance(effect, RoundsDone) for turn in held for effect in turn.effects):
            return frozenset()
        try:
            return frozenset(work.id for work in self._minded(self._store.history, person))
        except StoreFailed:
            return frozenset()

    def _write(self, person: str, turn: _Turn) -> StoreFailed | None:
        """Why a turn could not be written; None if it was."""
        try:
            self._minded(self._store.keep, person, turn.effects, turn.household)
        except StoreFailed as error:
            return error
        return None

    def _minded(
        self, use: Callable[_Asked, _Answer], *args: _Asked.args, **more: _Asked.kwargs
    ) -> _Answer:
        """Use the store; let it rest if that failed or was slow. One broken memory is not it."""
        began = self._clock()
        try:
            return use(*args, **more)
        except BrokenMemory:
            raise
        except StoreFailed:
            self._rest()
            raise
        finally:
            if self._clock() - began > SLOW:
                self._rest()

    def _hold(self, person: str, turn: _Turn, failure: StoreFailed) -> None:
        with self._lock:
            turns = self._held.get(person, [])
            is_full = len(turns) >= self._most_turns or len(self._held) >= MOST_PEOPLE
            if is_full and not any(isinstance(e, _NEVER_LEFT_OUT) for e in turn.effects):
                raise StoreFailed(f"{failure}; and no more can be held for later") from failure
            if not self._held:
                _write_at_exit(self)
            # Whoever wishes to be forgotten is so at once, and what was held before is moot.
            before = [] if ends_forgotten(turn.effects) else turns
            self._held[person] = [*before, turn]
        self._report("written", failure)
        if self._in_background:
            self._start_thread()

    def _write_held_of(self, person: str) -> bool:
        """Write one person's turns in order; whether all were."""
        while True:
            with self._lock:
                turns = self._held.get(person)
                if not turns:
                    return True
                turn = turns[0]
            failure, is_late = self._write_safely(person, turn)
            if failure is not None:
                with self._lock:
                    # The others' turn comes first next time.
                    self._held[person] = self._held.pop(person, [])
                    if not self._held[person]:
                        del self._held[person]
                return False
            self._let_go(person, turn, is_late=is_late)

    def _write_safely(self, person: str, turn: _Turn) -> tuple[StoreFailed | None, bool]:
        """Why a turn must be tried again, if it must; and whether it was written."""
        try:
            failure = self._write(person, turn)
        except Exception as error:
            # One turn that can never be written stops no others.
            log.error("a turn that was held could not be written: %s", type(error).__name__)  # noqa: TRY400
            return None, False
        return failure, failure is None

    def _let_go(self, person: str, turn: _Turn, *, is_late: bool) -> None:
        with self._lock:
            self._taken += 1
            self._late += is_late
            turns = self._held.get(person, [])
            left = turns[1:] if turns and turns[0] is turn else turns
            self._held[person] = left
            if not left:
                del self._held[person]

    def _rest(self) -> None:
        self._rested_at = self._clock()

    def _is_resting(self) -> bool:
        return self._clock() - self._rested_at < REST

    def _report(self, what: str, error: StoreFailed) -> None:
        """One line when trouble begins; the next when it is over."""
        with self._lock:
            if self._is_reported:
                return
            self._is_reported = True
        log.error(
            "the store could not be %s: %s; people are coached on, what they did is held",
            what,
            error,
        )
        if self._in_background:
            self._start_thread()

    def _on_a_request(self) -> None:
        if (self._held or self._is_reported) and not self._is_resting():
            self._wake.set()

    def _start_thread(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._write_on, name="backlog", daemon=True)
                self._thread.start()

    def _write_on(self) -> None:
        """Try again and again, ever less often, until nothing is held and the store is well."""
        pause = REST
        while True:
            self._wake.wait(pause)
            self._wake.clear()
            self.write_held()
            pause = min(2 * pause, LONGEST_REST)
            with self._lock:
                if not self._held and not self._is_reported:
                    self._thread = None
                    return


def _after(memory: Memory, held: Sequence[_Turn], known: frozenset[str]) -> Memory:
    """A memory after the turns that are held; the work that is known is in it already."""
    for turn in held:
        if ends_forgotten(turn.effects):
            memory, known = Memory(), frozenset()
            continue
        memory = folded(memory, turn.effects, known)
        known |= {effect.id for effect in turn.effects if isinstance(effect, RoundsDone)}
    return memory


def _write_at_exit(backlog: Backlog) -> None:
    there = weakref.ref(backlog)

    def write() -> None:
        backlog = there()
        left = backlog.write_held() if backlog is not None else 0
        if left:
            log.error("the process ends, and the store never took what was held; turns: %d", left)

    atexit.register(write)
