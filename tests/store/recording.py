"""Two devices in each of many processes record the same person's exercises, again and again."""

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from skill.coach.effects import RoundsDone
from skill.store import Store, StoreFailed, open_store

PROJECT = Path(__file__).resolve().parents[2]
EXERCISES = ("bridge", "cat-arch", "pelvic-tilt")
DEVICES = 2
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
        return sum(keep(store, *load.work(work)) for work in load.share(process, number))

    with ThreadPoolExecutor(DEVICES) as devices:
        return sum(devices.map(device, range(DEVICES)))


def keep(store: Store, person: str, work: RoundsDone) -> int:
    end = time.monotonic() + GIVE_UP
    again = 0
    while True:
        try:
            store.keep(person, [work], "home")
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
        (day,) = memory.days
        if day.rounds != totals(works, sessions=False):
            found.append(f"{person}: rounds are {day.rounds}")
    return found


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
