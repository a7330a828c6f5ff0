"""The embedded store's file: shared, refused when it is strange, silent about names."""

import json
import sqlite3
import stat
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from subprocess import PIPE, Popen, run

import pytest

from skill.coach.effects import Cleared, Forgotten, GuidanceOpen, Preferred, RoundsDone
from skill.coach.memory import Memory
from skill.coach.state import Guidance, Step
from skill.store import BrokenMemory, StoreFailed, open_store
from skill.store.sqlite import SqliteStore

ANNE = "amzn1.ask.person.ANNE"
DAY = 24 * 3600.0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "memory.sqlite3"


@pytest.fixture
def store(file: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(file)
    yield store
    store.close()


def did(number: object, exercise: str = "bridge", at: float = 100.0) -> RoundsDone:
    return RoundsDone(str(number), exercise, 1, whole=True, at=at, day="2025-01-06")


def rows(file: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(file)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def test_it_writes_ahead(store: SqliteStore, file: Path) -> None:
    assert rows(file, "PRAGMA journal_mode") == [("wal",)]


def test_its_new_folder_is_nobody_elses(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "back-coach"
    open_store(f"sqlite://{folder / 'memory.sqlite3'}")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_reader_does_not_wait_for_a_writer(store: SqliteStore, file: Path) -> None:
    store.keep(ANNE, [Preferred("slower")])
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("DELETE FROM person")
    assert store.recall(ANNE).pace == "slower"
    other.execute("COMMIT")
    other.close()
    assert store.recall(ANNE) == Memory()


def test_a_writer_that_waits_too_long_has_changed_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("skill.store.sqlite.BUSY_SECONDS", 0.01)
    store = SqliteStore(file)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreFailed, match="locked"):
        store.keep(ANNE, [Preferred("slower")])
    with pytest.raises(StoreFailed, match="locked"):
        store.check()
    assert store.recall(ANNE) == Memory()
    other.close()
    store.keep(ANNE, [Preferred("slower")])
    assert store.recall(ANNE).pace == "slower"


def test_threads_write_at_once(store: SqliteStore) -> None:
    def work(thread: int) -> None:
        for number in range(10):
            store.keep(ANNE, [did(f"{thread}-{number}"), did(f"shared-{number}", "cat-arch")])
        store.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert store.recall(ANNE).times == {"bridge": 40, "cat-arch": 10}


WRITER = """
import sys
from skill.coach.effects import RoundsDone
from skill.store import open_store
url, process = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
store = open_store(url)
for number in range(20):
    own = RoundsDone(f"{process}-{number}", "bridge", 1, whole=True, at=100.0, day="2025-01-06")
    shared = RoundsDone(f"shared-{number}", "cat-arch", 1, whole=True, at=100.0, day="2025-01-06")
    store.keep("amzn1.ask.person.ANNE", [own, shared])
"""


def test_processes_open_and_write_at_once(file: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", WRITER, f"sqlite://{file}"]
    with ExitStack() as stack:
        writers = [
            stack.enter_context(Popen([*command, str(n)], stdin=PIPE, stdout=PIPE, text=True))
            for n in range(3)
        ]
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            writer.communicate("go\n", timeout=60)
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert SqliteStore(file).recall(ANNE).times == {"bridge": 60, "cat-arch": 20}


def test_a_killed_writer_leaves_all_or_nothing(file: Path) -> None:
    program = f"""
import os, skill.store.sqlite as sqlite
from skill.coach.effects import RoundsDone, Preferred
from pathlib import Path
from subprocess import PIPE, Popen, run
store = sqlite.SqliteStore(Path({str(file)!r}))
store.keep("anne", [Preferred("slower")])
sqlite.encode = lambda *_: os._exit(9)
work = RoundsDone("1", "bridge", 1, whole=True, at=1.0, day="2025-01-06")
store.keep("anne", [Preferred("faster"), work])
"""
    assert run([sys.executable, "-c", program], check=False).returncode == 9
    store = SqliteStore(file)
    assert store.recall("anne") == Memory(pace="slower")
    store.keep("anne", [did(1)])
    assert store.recall("anne").times == {"bridge": 1}


def test_a_turn_that_breaks_in_the_middle_has_changed_nothing(store: SqliteStore) -> None:
    store.keep(ANNE, [Preferred("slower")])
    too_large = RoundsDone("1", "bridge", 2**70, whole=True, at=1.0, day="2025-01-06")
    with pytest.raises(OverflowError):
        store.keep(ANNE, [Preferred("faster"), did(2), too_large])
    assert store.recall(ANNE) == Memory(pace="slower")
    assert store.history(ANNE) == []


def test_a_later_versions_file_is_refused_and_left_alone(file: Path) -> None:
    SqliteStore(file).close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreFailed, match=r"memory\.sqlite3 was written by a later version"):
        SqliteStore(file)
    assert rows(file, "PRAGMA user_version") == [(99,)]


def test_what_is_no_database_is_refused_and_left_alone(file: Path) -> None:
    content = b"somebody's letters, not a database " * 100
    file.write_bytes(content)
    with pytest.raises(StoreFailed, match="not a database"):
        SqliteStore(file)
    assert file.read_bytes() == content


def test_a_folder_in_its_place_is_refused(file: Path) -> None:
    file.mkdir()
    with pytest.raises(StoreFailed):
        SqliteStore(file)


def test_a_file_in_its_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreFailed):
        SqliteStore(tmp_path / "data" / "memory.sqlite3")


def test_a_file_that_is_spoilt_later_fails_as_a_store(store: SqliteStore, file: Path) -> None:
    store.keep(ANNE, [Cleared(100.0, full=True)])
    for part in file.parent.iterdir():
        part.write_bytes(b"spoilt " * 2000)
    for use in (
        lambda: store.recall(ANNE),
        lambda: store.keep(ANNE, [Preferred("slower")]),
        store.check,
        lambda: SqliteStore(file),
    ):
        with pytest.raises(StoreFailed):
            use()


def test_missing_tables_fail_as_a_store(store: SqliteStore, file: Path) -> None:
    store.keep(ANNE, [did(1)])
    rows(file, "DROP TABLE person")
    with pytest.raises(StoreFailed, match="person"):
        store.recall(ANNE)


OTHER_GUIDANCE = [b"null", b"[1]", b'"x"', b'{"plan": []}', b'{"a": 1}']


@pytest.mark.parametrize("kept", OTHER_GUIDANCE)
def test_guidance_of_another_version_is_none(kept: bytes, store: SqliteStore, file: Path) -> None:
    store.keep(ANNE, [Preferred("slower"), GuidanceOpen(Guidance((Step("bridge", 5),)), 100.0)])
    ((memory,),) = rows(file, "SELECT memory FROM person")
    assert isinstance(memory, bytes)
    plain = json.loads(memory) | {"underway": json.loads(kept)}
    put(file, json.dumps(plain).encode())
    remembered = store.recall(ANNE)
    assert remembered.underway is None
    assert remembered.pace == "slower"


NO_MEMORY = pytest.mark.parametrize("kept", [b"", b"{", b"null", b"[1]", b"\xff"])


@NO_MEMORY
def test_what_is_no_memory_fails_as_one(kept: bytes, store: SqliteStore, file: Path) -> None:
    store.keep(ANNE, [Preferred("slower")])
    put(file, kept)
    with pytest.raises(BrokenMemory):
        store.recall(ANNE)


@NO_MEMORY
def test_what_is_no_memory_is_begun_anew_by_the_next_write(
    kept: bytes, store: SqliteStore, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store.keep(ANNE, [Preferred("slower"), did(1)])
    put(file, kept)
    store.keep(ANNE, [did(1), did(2)])
    assert store.recall(ANNE).pace == "normal"
    assert store.recall(ANNE).times == {"bridge": 1}
    assert [work.id for work in store.history(ANNE)] == ["1", "2"]
    (line,) = caplog.messages
    assert "begun anew" in line
    assert ANNE not in line


def put(file: Path, memory: bytes) -> None:
    connection = sqlite3.connect(file)
    connection.execute("UPDATE person SET memory = ?", (memory,))
    connection.commit()
    connection.close()


def test_whoever_is_not_heard_of_expires(file: Path) -> None:
    now = 1.5 * DAY
    store = SqliteStore(file, clock=lambda: now)
    store.keep(ANNE, [Preferred("slower")])
    now = 2.5 * DAY
    store.keep("ben", [Preferred("faster")])
    assert store.expire(1.9 * DAY) == 0, "the day itself is kept whole"
    assert store.expire(2.9 * DAY) == 1
    assert store.recall(ANNE) == Memory()
    assert store.recall("ben").pace == "faster"


def test_nothing_is_left_of_whoever_is_forgotten(store: SqliteStore, file: Path) -> None:
    store.keep(ANNE, [Cleared(100.0, full=True), did("work-of-anne"), Preferred("slower")])
    store.keep("ben", [did("work-of-ben")])
    store.keep(ANNE, [Forgotten()])
    kept = everything(file)
    assert b"work-of-ben" in kept
    assert b"work-of-anne" not in kept
    assert len(rows(file, "SELECT key FROM person")) == 1


@pytest.mark.parametrize("use", ["write", "expire"])
def test_what_somebody_was_reading_is_gone_from_the_log_with_the_next(
    use: str, store: SqliteStore, file: Path
) -> None:
    store.keep(ANNE, [did("work-of-anne")])
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM person").fetchone()
    store.keep(ANNE, [Forgotten()])
    assert b"work-of-anne" in everything(file)
    store.keep("ben", [did(1)])
    assert store.recall("ben").times == {"bridge": 1}
    reader.close()
    if use == "write":
        store.keep("ben", [did(2)])
    else:
        store.expire(0.0)
    assert b"work-of-anne" not in everything(file)
    # Nobody but the next one has more to do for it.
    log = file.with_name(f"{file.name}-wal")
    store.keep("ben", [did(3)])
    assert log.stat().st_size > 0


def everything(file: Path) -> bytes:
    """Every byte on the disk."""
    return b"".join(part.read_bytes() for part in file.parent.iterdir())


@pytest.mark.parametrize(
    "url",
    ["", "sqlite", "sqlite:", "sqlite://", "sqlite:///", "sqlite://a/b", "mysql:///a", "/a/b"],
)
def test_another_url_is_no_store(url: str) -> None:
    with pytest.raises(ValueError, match="use sqlite:///path/to/file"):
        open_store(url)
