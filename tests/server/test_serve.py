"""The production server as a process of its own, on a free port of this machine."""

import json
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.identity import key_of
from skill.speaker.device_requests import LOCAL_SKILL, DeviceSession, Household
from skill.store import open_store
from tests.servers import free_port, http_request, kill, wait_for_answer
from tests.signed_requests import fresh_requests, make_world

HEALTH = b"GET /healthz?secret=word HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = b"POST /alexa HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
LIMIT = 120 * 1024
PERSON = "amzn1.ask.account.SOMEBODY"


class Server:
    """`back-coach serve` with its logs in files."""

    def __init__(
        self, folder: Path, *options: str, command: Sequence[str] | None = None, **settings: str
    ) -> None:
        self.port = free_port()
        self.folder = folder
        self.store = folder / "memory.sqlite3"
        arguments = command or [*COMMAND, "--port", "PORT", *options]
        with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
            self.process = subprocess.Popen(
                [str(self.port) if word == "PORT" else word for word in arguments],
                env=environment(folder, settings),
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
        wait_for_answer(self.port, HEALTH, self.process)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def ask(self, request: bytes) -> tuple[int, Any]:
        """Status and JSON of the answer to a whole HTTP request."""
        with self.connect() as connection:
            connection.sendall(request)
            return answer_on(connection)

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(30)

    def lines(self, name: str) -> list[str]:
        return (self.folder / name).read_text().splitlines()


COMMAND = (sys.executable, "-m", "skill", "serve")
UNVERIFIED = {"BACK_COACH_VERIFY_REQUESTS": "off", "BACK_COACH_SKILL_ID": LOCAL_SKILL}


def environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("BACK_COACH_")}
    return {**kept, "BACK_COACH_STORE": f"sqlite://{folder / 'memory.sqlite3'}", **settings}


def answer_on(connection: socket.socket) -> tuple[int, Any]:
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = connection.recv(65536)
        assert chunk, "the connection was closed with no answer"
        received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(re.search(rb"content-length: (\d+)", head.lower())[1])  # type: ignore[index]
    while len(body) < length:
        body += connection.recv(65536)
    return int(head[9:12]), json.loads(body)


def said(intent: str, **changes: Any) -> bytes:
    """A body in which somebody says something in a new session."""
    request = {
        "type": "IntentRequest",
        "requestId": f"amzn1.echo-api.request.{uuid.uuid4()}",
        "intent": {"name": intent},
    }
    session = DeviceSession("amzn1.echo-api.session.SECRET", {})
    household = Household(user=PERSON, **changes)
    return json.dumps(household.envelope(session, request, number=1, at=datetime.now(UTC))).encode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("serving"), "--json-logs", **UNVERIFIED)
    yield running
    kill(running.process)


def test_answers_the_skill(server: Server) -> None:
    status, answer = server.ask(http_request(said("AMAZON.HelpIntent")))
    assert status == 200
    assert answer["response"]["outputSpeech"]["ssml"].startswith("<speak>")


def test_answers_a_chunked_request(server: Server) -> None:
    body = said("AMAZON.HelpIntent")
    whole = CHUNKED + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    assert server.ask(whole)[0] == 200


def test_refuses_another_skill(server: Server) -> None:
    body = said("AMAZON.HelpIntent", skill="amzn1.ask.skill.other")
    assert server.ask(http_request(body))[0] == 400


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_unverified_it_does_not_answer_through_a_proxy(server: Server, name: str) -> None:
    body = said("AMAZON.HelpIntent")
    assert server.ask(http_request(body, [(name, "203.0.113.9")]))[0] == 403


@pytest.mark.parametrize(("size", "status"), [(LIMIT, 400), (LIMIT + 1, 413), (LIMIT * 3, 413)])
def test_a_body_has_a_limit(server: Server, size: int, status: int) -> None:
    assert server.ask(http_request(b"x" * size))[0] == status


@pytest.mark.parametrize(("size", "status"), [(LIMIT, 400), (LIMIT + 1, 413), (LIMIT * 3, 413)])
def test_so_has_a_body_of_unknown_length(server: Server, size: int, status: int) -> None:
    with server.connect() as connection:
        connection.sendall(CHUNKED + b"%x\r\n" % size + b"x" * size + b"\r\n0\r\n\r\n")
        assert answer_on(connection)[0] == status


RUBBISH = [b"", b"\0" * 50, b"[" * 50_000, b'{"request":' * 9_000, b"9" * LIMIT, b"\xff" * LIMIT]


def test_rubbish_hangs_no_worker(server: Server) -> None:
    assert {server.ask(http_request(body))[0] for body in RUBBISH * 3} == {400}
    assert server.ask(HEALTH)[0] == 200


EACH = 1000
"""Connections of a kind that hold nobody up."""


@pytest.fixture
def many_files() -> Iterator[None]:
    """This process may have that many connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 3 * EACH), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("many_files")
def test_who_never_finishes_holds_nobody_up(tmp_path: Path) -> None:
    make_world(tmp_path, people=10)
    started = [sys.executable, "-m", "tests.whole_skill", "PORT", str(tmp_path), "1", "2"]
    server = Server(tmp_path, command=["sh", "-c", 'ulimit -Sn 256; exec "$@"', "sh", *started])
    with ExitStack() as hanging:
        for _ in range(EACH):
            half = hanging.enter_context(server.connect())
            half.sendall(http_request(b"x" * 100)[:-50])
            hanging.enter_context(server.connect())
        assert server.ask(fresh_requests(1)[0])[0] == 200
        assert server.ask(HEALTH)[0] == 200
    assert server.ask(HEALTH)[0] == 200
    assert server.stop() == 0


def test_who_leaves_in_the_middle_is_not_answered(server: Server) -> None:
    for whole in (http_request(b"{}" + b" " * 1000), CHUNKED + b"5\r\nhello\r\n0\r\n\r\n"):
        with server.connect() as leaving:
            leaving.sendall(whole[:-5])
    assert server.ask(HEALTH)[0] == 200


def test_log_lines_are_json_without_personal_data(tmp_path: Path) -> None:
    server = Server(tmp_path, "--json-logs", **UNVERIFIED)
    server.ask(http_request(said("ReportPainIntent")).replace(b"/alexa", b"/alexa?secret=word"))
    server.ask(http_request(b"{}").replace(b"/alexa", b"/no%0Asuch%0Apath"))
    assert server.stop() == 0
    lines = server.lines("out") + server.lines("err")
    assert lines
    records = [json.loads(line) for line in lines]
    answered = [r for r in records if r["logger"] == "skill.access" and r["path"] == "/alexa"]
    fields = {"method", "path", "status", "bytes", "ms", "time", "level", "logger"}
    assert all(set(record) == fields for record in answered)
    for private in ("amzn1", "ReportPain", "HelpIntent", "secret", "SECRET", "SOMEBODY"):
        assert not any(private in line for line in lines)


def test_health_says_whether_the_store_answers(server: Server) -> None:
    assert server.ask(HEALTH) == (200, {"status": "ok", "store": "ok"})
    with closing(sqlite3.connect(server.store, isolation_level=None)) as blocking:
        blocking.execute("BEGIN EXCLUSIVE")
        assert server.ask(HEALTH)[0] == 503
        blocking.execute("ROLLBACK")
    assert server.ask(HEALTH)[0] == 200


def test_a_request_in_flight_is_finished_before_it_stops(tmp_path: Path) -> None:
    server = Server(tmp_path, **UNVERIFIED)
    whole = http_request(said("AMAZON.HelpIntent"))
    with server.connect() as connection:
        connection.sendall(whole[:-10])
        # Another request that is answered shows that the first one has reached the server.
        assert server.ask(HEALTH)[0] == 200
        server.process.send_signal(signal.SIGTERM)
        _wait_until_it_takes_no_more(server)
        connection.sendall(whole[-10:])
        status, answer = answer_on(connection)
    assert (status, answer["version"]) == (200, "1.0")
    assert server.process.wait(30) == 0


def _wait_until_it_takes_no_more(server: Server) -> None:
    for _ in range(10_000):
        if any("Stopping worker" in line for line in server.lines("err")):
            return
    raise AssertionError("the server does not stop")


def test_logs_are_for_people_unless_asked_otherwise(tmp_path: Path) -> None:
    server = Server(tmp_path, "--no-access-log", **UNVERIFIED)
    server.ask(http_request(b"{"))
    assert server.stop() == 0
    assert server.lines("out") == []
    refusal = next(line for line in server.lines("err") if "refused" in line)
    assert re.fullmatch(r"\S+Z WARNING skill\.web: refused with 400: body is not JSON", refusal)


def test_logs_that_nobody_reads_hold_nobody_up(tmp_path: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, "--port", str(port)],
        env=environment(tmp_path, UNVERIFIED),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    wait_for_answer(port, HEALTH, process)
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        for _ in range(3000):
            connection.sendall(http_request(b"{}"))
            assert answer_on(connection)[0] == 400
    process.terminate()
    assert process.wait(30) == 0
    for pipe in (process.stdout, process.stderr):
        assert pipe is not None
        assert pipe.read().count(b"400") > 100
        pipe.close()


def test_several_workers_share_nothing_but_the_store(tmp_path: Path) -> None:
    server = Server(tmp_path, "--workers", "2", **UNVERIFIED)
    body = said("StartExerciseIntent")
    answers = {json.dumps(server.ask(http_request(body))) for _ in range(20)}
    assert server.stop() == 0
    assert len(answers) == 1
    assert {path.name.partition(".")[0] for path in tmp_path.iterdir()} == {"memory", "out", "err"}


def test_a_thread_that_dies_ends_its_process_with_a_line_and_another_follows(
    tmp_path: Path,
) -> None:
    server = Server(tmp_path, command=[sys.executable, "-m", "tests.dying", "PORT"], **UNVERIFIED)
    with server.connect() as connection:
        connection.sendall(b"POST /die HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
        while connection.recv(1000):
            pass
    wait_for_answer(server.port, HEALTH, server.process)
    assert server.stop() == 0
    told = [line for line in server.lines("err") if "CRITICAL" in line]
    assert [line.partition(" ")[2] for line in told] == [
        "CRITICAL skill.server.serve: thread ours ended with LookupError: this process ends"
    ]


def test_a_worker_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    server = Server(tmp_path, **UNVERIFIED)
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(30)
    with server.connect() as connection:
        connection.settimeout(30)
        assert connection.recv(1) == b""


REFUSALS = [
    ({}, (), "BACK_COACH_SKILL_ID is not set"),
    ({"BACK_COACH_VERIFY_REQUESTS": "off"}, (), "BACK_COACH_SKILL_ID is not set"),
    (UNVERIFIED, ("--host", "0.0.0.0"), "--host may not be '0.0.0.0'"),
    (UNVERIFIED, ("--host", "::"), "--host may not be '::'"),
    (UNVERIFIED, ("--host", "192.0.2.1"), "--host may not be '192.0.2.1'"),
    ({"BACK_COACH_SKILL_ID": "a"}, ("--host", "192.0.2.1"), "cannot be used"),
    ({"BACK_COACH_SKILL_ID": "a", "BACK_COACH_STORE": "redis://x"}, (), "BACK_COACH_STORE"),
    (
        {"BACK_COACH_SKILL_ID": "a", "BACK_COACH_STORE": "sqlite:///dev/null/x"},
        (),
        "/dev/null",
    ),
]


@pytest.mark.parametrize(("settings", "options", "reason"), REFUSALS)
def test_it_refuses_to_start(
    tmp_path: Path, settings: dict[str, str], options: tuple[str, ...], reason: str
) -> None:
    done = subprocess.run(
        [*COMMAND, "--port", str(free_port()), *options],
        env=environment(tmp_path, settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("back-coach: ")
    assert reason in done.stderr
    assert done.stderr.count("\n") == 1


def test_it_refuses_a_port_that_is_taken(tmp_path: Path, server: Server) -> None:
    done = subprocess.run(
        [*COMMAND, "--port", str(server.port)],
        env=environment(tmp_path, UNVERIFIED),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        2,
        f"back-coach: address 127.0.0.1 port {server.port} is taken\n",
    )


@pytest.mark.parametrize("workers", ["1", "2"])
def test_after_a_stop_the_file_alone_holds_everything(tmp_path: Path, workers: str) -> None:
    server = Server(tmp_path, "--workers", workers, **UNVERIFIED)
    for _ in range(10):
        assert server.ask(http_request(said("ReportPainIntent")))[0] == 200
    assert server.stop() == 0
    alone = tmp_path / "elsewhere" / "copy.sqlite3"
    alone.parent.mkdir()
    shutil.copyfile(server.store, alone)
    assert open_store(f"sqlite://{alone}").recall(key_of(PERSON)).voided


def test_a_withdrawal_is_written_when_it_stops(tmp_path: Path) -> None:
    server = Server(tmp_path, **UNVERIFIED)
    with closing(sqlite3.connect(server.store, isolation_level=None)) as blocking:
        blocking.execute("BEGIN EXCLUSIVE")
        assert server.ask(http_request(said("ReportPainIntent")))[0] == 200
        assert server.ask(HEALTH)[0] == 503
    assert server.stop() == 0
    with closing(sqlite3.connect(server.store)) as looking:
        ((memory,),) = looking.execute("SELECT memory FROM person").fetchall()
    assert b"voided" in memory


def test_what_somebody_withdrew_survives_a_kill_while_the_store_is_locked(tmp_path: Path) -> None:
    server = Server(tmp_path, **UNVERIFIED)
    with closing(sqlite3.connect(server.store, isolation_level=None)) as blocking:
        blocking.execute("BEGIN EXCLUSIVE")
        assert server.ask(http_request(said("ReportPainIntent")))[0] == 200
        kill(server.process)
    assert open_store(f"sqlite://{server.store}").recall(key_of(PERSON)).voided


def test_its_files_are_private(server: Server) -> None:
    server.ask(http_request(said("ReportPainIntent")))
    files = [path for path in server.folder.iterdir() if path.name.startswith(server.store.name)]
    assert len(files) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
