"""Answers that several processes share, and that outlive them."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from skill.alexa.shared_answers import LEASE_SECONDS, MOST_ANSWERS, SWEEP_EVERY, SharedAnswers
from skill.alexa.verification.replay import Claim, Replay
from tests.alexa.verification.answering import answer

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(seconds=300)
SECOND = timedelta(seconds=1)
KEY = bytes(range(16))
PROJECT = Path(__file__).parents[2]

CLAIMING = """
import sys
from datetime import datetime
from pathlib import Path
from skill.alexa.shared_answers import SharedAnswers

now, later = (datetime.fromisoformat(word) for word in sys.argv[2:4])
print(SharedAnswers(Path(sys.argv[1])).claim(bytes(range(16)), now, later).name, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers"


@pytest.fixture
def one(file: Path) -> Iterator[SharedAnswers]:
    with closing(SharedAnswers(file)) as answers:
        yield answers


@pytest.fixture
def other(file: Path) -> Iterator[SharedAnswers]:
    with closing(SharedAnswers(file)) as answers:
        yield answers


def claimed_by_a_process(file: Path) -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", CLAIMING, str(file), NOW.isoformat(), LATER.isoformat()]
    process = subprocess.Popen(
        words, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "GRANTED\n"
    return process


def end(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()


def test_an_answer_is_given_to_all(one: SharedAnswers, other: SharedAnswers) -> None:
    assert one.claim(KEY, NOW, LATER) is Claim.GRANTED
    assert other.claim(KEY, NOW, LATER) is Claim.TAKEN
    one.keep(KEY, b"answer")
    assert other.claim(KEY, NOW, LATER) == b"answer"
    assert other.claim(KEY, LATER - SECOND, LATER) == b"answer"


def test_an_answer_expires(one: SharedAnswers) -> None:
    one.claim(KEY, NOW, LATER)
    one.keep(KEY, b"answer")
    assert one.claim(KEY, LATER, LATER + SECOND) is Claim.GRANTED
    assert one.claim(KEY, LATER, LATER + SECOND) is Claim.TAKEN


def test_a_claim_that_is_released_is_free(one: SharedAnswers, other: SharedAnswers) -> None:
    one.claim(KEY, NOW, LATER)
    one.release(KEY)
    assert other.claim(KEY, NOW, LATER) is Claim.GRANTED


def test_only_its_owner_releases_a_claim(one: SharedAnswers, other: SharedAnswers) -> None:
    one.claim(KEY, NOW, LATER)
    other.release(KEY)
    assert other.claim(KEY, NOW, LATER) is Claim.TAKEN


def test_a_claim_is_not_believed_for_ever(one: SharedAnswers, other: SharedAnswers) -> None:
    one.claim(KEY, NOW, LATER)
    believed = NOW + timedelta(seconds=LEASE_SECONDS)
    assert other.claim(KEY, believed - SECOND, LATER) is Claim.TAKEN
    assert other.claim(KEY, believed, LATER) is Claim.GRANTED
    assert one.claim(KEY, believed, LATER) is Claim.TAKEN


def test_another_process_holds_a_claim_until_it_dies(file: Path, one: SharedAnswers) -> None:
    process = claimed_by_a_process(file)
    try:
        assert one.claim(KEY, NOW, LATER) is Claim.TAKEN
    finally:
        end(process)
    assert one.claim(KEY, NOW, LATER) is Claim.GRANTED


def test_of_many_only_one_answers(file: Path) -> None:
    stores = [SharedAnswers(file) for _ in range(4)]
    done: list[int] = []

    def ask(number: int) -> bytes:
        def compute() -> bytes:
            done.append(number)
            return b"answer"

        replay = Replay(stores[number % 4], lambda: NOW)
        return answer(replay, f"request {number // 8}", compute)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(80))) == {b"answer"}
    assert len(done) == 10


def test_the_file_tells_nothing_without_the_request(file: Path, one: SharedAnswers) -> None:
    one.claim(KEY, NOW, LATER)
    one.keep(KEY, b"please see a doctor")
    one.close()
    kept = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert b"doctor" not in kept
    assert KEY not in kept


def test_what_has_expired_is_removed(file: Path, one: SharedAnswers) -> None:
    for number in range(SWEEP_EVERY):
        moment = NOW if number < SWEEP_EVERY - 1 else LATER
        one.claim(number.to_bytes(16, "big"), moment, moment + timedelta(seconds=300))
    with closing(sqlite3.connect(file)) as kept:
        assert kept.execute("SELECT count(*) FROM claim").fetchone() == (1,)


def test_old_answers_are_let_go_but_not_their_requests(file: Path, one: SharedAnswers) -> None:
    one.claim(KEY, NOW, LATER)
    one.keep(KEY, b"answer")
    with closing(sqlite3.connect(file)) as kept, kept:
        kept.execute(
            "INSERT INTO claim VALUES (?, x'00', ?, NULL, 0, x'00')",
            (MOST_ANSWERS + 1, LATER.timestamp()),
        )
    for number in range(SWEEP_EVERY):
        one.claim(number.to_bytes(16, "big"), NOW, LATER)
    assert one.claim(KEY, NOW, LATER) is Claim.FORGOTTEN


def test_with_a_broken_file_requests_are_still_answered(
    file: Path, one: SharedAnswers, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as breaking:
        breaking.execute("DROP TABLE claim")
    assert answer(Replay(one, lambda: NOW), "request", lambda: b"answer") == b"answer"
    assert "answers cannot be remembered" in caplog.text
