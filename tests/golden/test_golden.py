"""What must stay as it was: whole responses, and what the first version wrote down."""

import json
import sqlite3
from pathlib import Path

import pytest

from skill.coach.state import read_state
from skill.exercises import load_facts
from skill.store.codec import decode, encode
from skill.web import create_app
from tests.alexa.conftest import Alexa, Clock, says, settings_in
from tests.golden.recorded import FOLDER, TALKS, lines

FIRST_VERSION = Path(__file__).parent / "first_version"
RECORDS = sorted(FIRST_VERSION.glob("*.sql"))
SESSIONS = (FIRST_VERSION / "sessions.jsonl").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", TALKS)
def test_a_talk_is_answered_as_recorded(name: str) -> None:
    recorded = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    for number, (now, before) in enumerate(zip(lines(name), recorded, strict=True)):
        assert json.loads(now) == json.loads(before), f"request {number} of {name}"


def test_sessions_of_the_first_version_are_read() -> None:
    routines, _ = load_facts()
    for session in map(json.loads, SESSIONS):
        session.pop("who")
        state = read_state(session, routines)
        assert state is not None
        assert json.loads(json.dumps(state.to_json())) == session


def restored(dump: Path, folder: Path) -> list[bytes]:
    """The first version's memories, after its file is laid where the store looks for it."""
    with sqlite3.connect(folder / "memory.sqlite3") as database:
        database.executescript(dump.read_text("utf-8"))
        memories = [row[0] for row in database.execute("SELECT memory FROM person")]
    database.close()
    return memories


@pytest.mark.parametrize("dump", RECORDS, ids=lambda dump: dump.stem)
def test_records_of_the_first_version_are_read(dump: Path, tmp_path: Path) -> None:
    for written in restored(dump, tmp_path):
        assert encode(decode(written)) == written


def test_a_talk_of_the_first_version_is_carried_on(tmp_path: Path) -> None:
    restored(FIRST_VERSION / "in_the_middle.sql", tmp_path)
    clock = Clock()
    clock.wait(455)
    alexa = Alexa(create_app(settings_in(tmp_path), clock=clock), clock)
    assert says(alexa.launch(), "ask-carry-on")
    # Nothing was heard of how that guidance ended.
    alexa.say("Yes")
    assert alexa.screening == "short"
    answer = alexa.say("No")
    assert answer.is_open
    assert "knee" in answer.words
