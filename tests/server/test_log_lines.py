"""Log lines, and a pipe that is read late, or never, or is broken."""

import json
import os
from collections.abc import Iterator

import pytest

from skill.server.log_lines import LineWriter

LONG = "x" * 999 + "\n"


class Pipe:
    """A pipe of the usual size: much less than all that is written."""

    def __init__(self) -> None:
        self.out, self.end = os.pipe()

    def read_until(self, wanted: str) -> str:
        found = ""
        while wanted not in found:
            found += os.read(self.out, 65536).decode()
        return found


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe()
    yield made
    os.close(made.out)


def told(count: int) -> str:
    return json.dumps({"dropped": count}) + "\n"


def test_lines_come_in_order(pipe: Pipe) -> None:
    writer = LineWriter(pipe.end, told)
    for number in range(100):
        writer.put(f"{number}\n")
    writer.flush()
    assert pipe.read_until("99\n").split() == [str(number) for number in range(100)]


def test_what_nobody_reads_is_dropped_and_counted(pipe: Pipe) -> None:
    writer = LineWriter(pipe.end, told, most=200)
    for _ in range(5000):
        writer.put(LONG)
    writer.flush(0.01)
    found = pipe.read_until("}\n")
    *lines, notice = found.splitlines(keepends=True)
    assert set(lines) == {LONG}
    while len(lines) + json.loads(notice)["dropped"] < 5000:
        *more, notice = pipe.read_until("}\n").splitlines(keepends=True)
        lines += more


def test_a_broken_pipe_costs_its_lines_and_nothing_else(pipe: Pipe) -> None:
    broken, whole = os.pipe()
    os.close(broken)
    writer = LineWriter(whole, told)
    writer.put("lost\n")
    writer.flush()
    os.dup2(pipe.end, whole)
    writer.put("kept\n")
    writer.flush()
    assert pipe.read_until("}\n") == 'kept\n{"dropped": 1}\n'
