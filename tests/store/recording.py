"""Two devices in each of many processes record the same person's exercises, again and again.

Some of them report pain with it, and people who have nothing to do with the others are erased.
"""

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from skill.coach.effects import Cleared, Effect, Forgotten, PainReported, RoundsDone
from skill.coach.memory import Memory
from skill.store import Store, StoreFailed, open_store

PROJECT = Path(__file__).resolve().parents[2]
EXERCISES = ("bridge", "cat-arch", "pelvic-tilt")
DEVICES = 2
HURTS_EVERY = 10
"""One in so many pieces of work is reported with pain."""
LEAVERS = 8
"""People who are cleared, and then ask to be forgotten, by every device."""
GIVE_UP = 120.0
"""Seconds after which a store that is always busy has failed."""


@dataclass(frozen=True)
class Load:
    """How much is recorded."""

    processes: int
    works: int
    """Different pieces of work."""
    repeats: int
    """How often each is recorded, by whichever devices."""
    people: int = 1

    @property
    def recordings(self) -> int:
        return self.works * self.repeats

    def work(self, number: int) -> tuple[str, RoundsDone]:
        """Whose it is, and what."""
        exercise = EXERCISES[number % len(EXERCISES)]
        did = RoundsDone(
            str(number), exercise, 1 + number % 5, number % 4 > 0, float(number), "2025-01-06"
        )
        return f"person {number % self.people}", did

    def share(self, process: int, device: int) -> list[int]:
        """What one device records; every other has as much, in another order."""
        every = [number for number in range(self.works) for _ in range(self.repeats)]
        random.Random(1).shuffle(every)
        return every[process * DEVICES + device :: self.processes * DEVICES]


def record(url: str, load: Load, process: int) -> int:
    """Record this process's share; how often a busy store had to be asked again from here."""
    store = open_store(url)

    def device(number: int) -> int:
        again = 0
        for count, work in enumerate(load.share(process, number)):
            person, did = load.work(work)
            hurts = int(did.id) % HURTS_EVERY == 0
            again += keep(store, person, [did, PainReported()] if hurts else [did])
            again += keep(store, leaver(count), [Forgotten()]) if count < LEAVERS else 0
        return again

    with ThreadPoolExecutor(DEVICES) as devices:
        return sum(devices.map(device, range(DEVICES)))


def leaver(number: int) -> str:
    """Somebody who asks to be forgotten."""
    return f"leaver {number}"


def prepare(store: Store, load: Load) -> None:
    """People as they come: all are cleared."""
    people = {load.work(number)[0] for number in range(load.works)}
    for person in sorted({*people, *map(leaver, range(LEAVERS))}):
        store.keep(person, [Cleared(1.0, full=True)], "home")


def keep(store: Store, person: str, effects: Sequence[Effect]) -> int:
    end = time.monotonic() + GIVE_UP
    again = 0
    while True:
        try:
            store.keep(person, effects, "home")
        except StoreFailed:
            again += 1
            if time.monotonic() > end:
                raise
        else:
            return again


def run(url: str, load: Load) -> tuple[float, int]:
    """All processes at once: seconds that recording took, and how often keeping failed."""
    shape = (load.processes, load.works, load.repeats, load.people)
    command = [sys.executable, "-W", "error", "-m", "tests.store.recording", url, *map(str, shape)]
    writers = [
        subprocess.Popen(
            [*command, str(process)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for process in range(load.processes)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    began = time.monotonic()
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    answers = [writer.communicate()[0] for writer in writers]
    took = time.monotonic() - began
    assert [writer.returncode for writer in writers] == [0] * load.processes
    return took, sum(int(answer) for answer in answers)


def mistakes(store: Store, load: Load) -> list[str]:
    """Where the store has not exactly what was recorded."""
    found = []
    for person in {load.work(number)[0] for number in range(load.works)}:
        works = [load.work(n)[1] for n in range(load.works) if load.work(n)[0] == person]
        memory = store.recall(person)
        if store.history(person) != sorted(works, key=lambda work: (work.at, work.id)):
            found.append(f"{person}: the log differs")
        if memory.times != totals(works, sessions=True):
            found.append(f"{person}: sessions are {memory.times}")
        if any(int(work.id) % HURTS_EVERY == 0 for work in works) != memory.voided:
            found.append(f"{person}: pain is not what was reported")
        (day,) = memory.days
        if day.rounds != totals(works, sessions=False):
            found.append(f"{person}: rounds are {day.rounds}")
    asked = min(LEAVERS, load.recordings // (load.processes * DEVICES))
    kept = [who for who in map(leaver, range(asked)) if store.recall(who) != Memory()]
    return [*found, *(f"{who} is not forgotten" for who in kept)]


def totals(works: Sequence[RoundsDone], *, sessions: bool) -> dict[str, int]:
    counts: dict[str, int] = {}
    for work in works:
        more = int(work.whole) if sessions else work.rounds
        if more:
            counts[work.exercise] = counts.get(work.exercise, 0) + more
    return counts


if __name__ == "__main__":
    url, *shape, process = sys.argv[1:]
    print("ready", flush=True)
    sys.stdin.readline()
    print(record(url, Load(*map(int, shape)), int(process)))
