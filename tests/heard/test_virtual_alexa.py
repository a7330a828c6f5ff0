"""A virtual Alexa that knows nothing of us holds a first conversation in every locale."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

import interaction_models
from skill.settings import Settings
from skill.web import create_app
from tests.heard import node

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


def conversation(url: str, locale: str, *said: str) -> list[dict[str, Any]]:
    """What the skill answers to its launch, and then to each utterance."""
    question = {
        "url": url,
        "model": interaction_models.load(locale),
        "locale": locale,
        "skill": SKILL,
        "said": said,
    }
    answers = [line["answer"]["response"] for line in node.run("converse.js", question)]
    assert len(answers) == len(said) + 1
    return answers


def ssml(answer: dict[str, Any]) -> str:
    return str(answer["outputSpeech"]["ssml"])


@pytest.mark.parametrize("locale", interaction_models.locales())
def test_a_first_conversation(url: str, locale: str) -> None:
    noes = ("no", "no", "no", "no", "no")
    welcome, *questions, guidance, goodbye = conversation(
        url, locale, "start knees to chest", *noes, "no thanks"
    )
    for answer in (welcome, *questions, guidance):
        assert answer["shouldEndSession"] is False
        assert answer["reprompt"]["outputSpeech"]["ssml"]
    assert "no substitute for medical advice" in ssml(welcome)
    assert len(questions) == 5
    # Only once every question has its no is there anything to hold.
    assert not any('<break time="5s"/>' in ssml(answer) for answer in (welcome, *questions))
    assert ssml(guidance).count('<break time="5s"/>') >= 4
    assert "left knee" in ssml(guidance)
    assert goodbye["shouldEndSession"] is True


@pytest.mark.parametrize("locale", interaction_models.locales())
def test_a_danger_ends_it(url: str, locale: str) -> None:
    *_, answer = conversation(url, locale, "start the bridge", "no", "my legs are numb")
    assert answer["shouldEndSession"] is True
    assert "emergency number" in ssml(answer)
    assert "round one" not in json.dumps(answer).lower()
