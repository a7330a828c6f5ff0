"""A virtual Alexa that knows nothing of us holds a first conversation in every locale."""

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

import interaction_models
from skill.settings import Settings
from skill.web import create_app
from tests.heard import node

pytestmark = pytest.mark.node

SKILL = "amzn1.ask.skill.heard"


@pytest.fixture(scope="module", autouse=True)
def _virtual_alexa() -> None:
    if reason := node.reason_without():
        pytest.skip(reason)


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """The skill on a free port of this machine, with nobody in its memory."""
    store = f"sqlite://{tmp_path / 'memory.sqlite3'}"
    app = create_app(Settings(skill_id=SKILL, verify_requests=False, store=store))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}/alexa"
    server.shutdown()
    serving.join()
    server.server_close()


NO_FIVE_TIMES = ("no",) * 5
OPEN = None
FIRST = (-140, OPEN, "start knees to chest", *NO_FIVE_TIMES, 140, "no thanks")
"""Somebody's first stretch. It takes some of the 150 seconds that a request may be old."""
DANGER = (OPEN, "start the bridge", "no", "my legs are numb")
HOLD = '<break time="5s"/>'

Answer = dict[str, Any]


def conversations(url: str, locale: str, *said: Sequence[str | int | None]) -> list[list[Answer]]:
    """What the skill answers when it is opened and to each utterance, in each conversation."""
    question = {
        "url": url,
        "model": json.loads(interaction_models.load_text(locale)),
        "locale": locale,
        "skill": SKILL,
        "conversations": said,
    }
    told = node.run("converse.js", question)
    return [[answer["response"] for answer in line["answers"]] for line in told]


def ssml(answer: Answer) -> str:
    return str(answer["outputSpeech"]["ssml"])


@pytest.mark.parametrize("locale", interaction_models.locales())
def test_first_conversations(url: str, locale: str) -> None:
    first, danger = conversations(url, locale, FIRST, DANGER)
    is_a_first_stretch(first)
    is_stopped_for_danger(danger)


def is_a_first_stretch(answers: list[Answer]) -> None:
    welcome, *questions, guidance, goodbye = answers
    for answer in (welcome, *questions, guidance):
        assert answer["shouldEndSession"] is False
        assert answer["reprompt"]["outputSpeech"]["ssml"]
    assert "no substitute for medical advice" in ssml(welcome)
    assert len(questions) == len(NO_FIVE_TIMES)
    # Only once every question has its no is there anything to hold.
    assert not any(HOLD in ssml(answer) for answer in (welcome, *questions))
    assert ssml(guidance).count(HOLD) >= 4
    assert "left knee" in ssml(guidance)
    assert goodbye["shouldEndSession"] is True


def is_stopped_for_danger(answers: list[Answer]) -> None:
    *before, advice = answers
    assert not any(HOLD in ssml(answer) for answer in before)
    assert advice["shouldEndSession"] is True
    assert "emergency number" in ssml(advice)
