"""The page's API: who may ask, what a page is told, and what becomes of sound."""

import json
import struct
from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from flask.testing import FlaskClient

from skill.cli.local_page import local_page
from skill.cli.local_speaker import local_settings
from skill.cli.loopback_server import served
from skill.content import Content
from skill.settings import Settings
from skill.speaker.browser.start_up_token import WHERE_THE_ADDRESS_STANDS, start_address
from skill.web import create_app
from speech.stt.base import Transcript
from speech.tts.audio_cache import AudioCache
from speech.tts.espeak import EspeakTextToSpeech

pytestmark = pytest.mark.sound

ORIGIN = "http://localhost"
MORNING = datetime(2025, 3, 3, 8, tzinfo=UTC)
HEADERS = {"Origin": ORIGIN}
QUESTIONS = 5


class ScriptedSpeechToText:
    """Speech to text that hears what it was told it would; the real one has its own tests."""

    def __init__(self) -> None:
        self.is_available = True
        self.is_ready = True
        self.transcript = Transcript("", is_clear=False)
        self.was_asked_for: list[bool] = []
        self.samples = 0

    def __call__(self) -> "ScriptedSpeechToText | None":
        return self if self.is_ready else None

    def start_utterance(self, *, to_yes_no_question: bool) -> "ScriptedSpeechToText":
        self.was_asked_for.append(to_yes_no_question)
        self.samples = 0
        return self

    def feed(self, samples: Sequence[int]) -> None:
        self.samples += len(samples)

    def finish(self) -> Transcript:
        return self.transcript


class Page:
    """What a browser does with the API."""

    def __init__(self, client: FlaskClient, speech_to_text: ScriptedSpeechToText) -> None:
        self.client, self.speech_to_text = client, speech_to_text
        assert client.get(start_address(client.application, "/")).status_code == 303
        self.session = self.post("sessions", {})["session"]
        self.view: dict[str, Any] = {}
        self.debug: dict[str, Any] = {}

    def post(self, path: str, body: Any, origin: str = ORIGIN) -> Any:
        answer = self.client.post(f"/api/{path}", json=body, headers={"Origin": origin})
        assert answer.status_code == 200, answer.data
        return answer.json

    def _take(self, answer: dict[str, Any]) -> dict[str, Any]:
        self.view, self.debug = answer["view"], answer["debug"]
        return self.view

    def say(self, words: str, at: float | None = None) -> dict[str, Any]:
        return self._take(self.post(f"sessions/{self.session}/say", {"words": words, "at": at}))

    def speak(self, transcript: Transcript, at: float | None = None) -> dict[str, Any]:
        self.speech_to_text.transcript = transcript
        for number in range(3):
            self.client.post(
                f"/api/sessions/{self.session}/sound{'' if number else '?first'}",
                data=struct.pack("<800h", *range(800)),
                headers={"Origin": ORIGIN},
            )
        return self._take(self.post(f"sessions/{self.session}/heard", {"at": at}))

    def begin_to_speak(self) -> None:
        self.client.post(
            f"/api/sessions/{self.session}/sound?first",
            data=bytes(1600),
            headers={"Origin": ORIGIN},
        )

    def end(self, transcript: Transcript, at: float | None = None) -> dict[str, Any]:
        self.speech_to_text.transcript = transcript
        return self._take(self.post(f"sessions/{self.session}/heard", {"at": at}))

    def time(self, at: float) -> dict[str, Any]:
        return self._take(self.post(f"sessions/{self.session}/time", {"at": at}))

    def clear(self) -> None:
        """Get through the safety questions."""
        self.say("start knees to chest")
        for _ in range(QUESTIONS):
            assert self.view["answers"][0] == "No"
            self.say("no", self.listening)
        assert self.view["phase"] == "guiding"

    @property
    def listening(self) -> float:
        return float(next(c["start"] for c in self.view["cues"] if c["kind"] == "listening")) + 1

    @property
    def spoken(self) -> str:
        return " ".join(c["text"] for c in self.view["cues"] if c["text"])

    @property
    def first_words(self) -> str:
        return str(self.view["cues"][0]["text"])


@pytest.fixture(scope="module")
def clips() -> Iterator[AudioCache]:
    with EspeakTextToSpeech() as voice:
        yield AudioCache(voice)


@pytest.fixture
def later() -> list[timedelta]:
    """What has passed on the machine's clock since the morning."""
    return [timedelta()]


@pytest.fixture
def clock(later: list[timedelta]) -> Callable[[], datetime]:
    return lambda: MORNING + sum(later, timedelta())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return local_settings(f"sqlite://{tmp_path / 'memory.sqlite3'}")


@pytest.fixture
def page(settings: Settings, clips: AudioCache, clock: Callable[[], datetime]) -> Page:
    speech_to_text = ScriptedSpeechToText()
    return Page(local_page(settings, clips, speech_to_text, clock).test_client(), speech_to_text)


def test_a_talk_by_typing(page: Page) -> None:
    asked = page.say("Alexa, start knees to chest")

    assert asked["phase"] == "asking"
    assert asked["answers"] == ["No", "Yes", "Not sure"]
    assert (asked["heading"], asked["detail"]) == ("Safety question", "1 of 5")
    assert page.debug["state"]["phase"] == "asking"
    assert page.debug["request"]["request"]["intent"]["name"] == "StartExerciseIntent"

    page.clear()

    assert page.view["answers"] == []
    assert [hold["end"] - hold["start"] for hold in page.view["holds"]] == pytest.approx([5] * 4)
    assert {(p["round"], p["rounds"], p["side"]) for p in page.view["places"]} == {
        (0, 2, ""), (1, 2, "left"), (1, 2, "right"), (2, 2, "left"), (2, 2, "right"), (2, 2, ""),
    }  # fmt: skip


def test_nothing_is_added_to_the_json_of_alexa(page: Page) -> None:
    page.clear()

    assert set(page.debug["response"]) <= {
        "version", "sessionAttributes", "userAgent", "response",
    }  # fmt: skip
    assert set(page.debug["response"]["response"]) <= {
        "outputSpeech", "reprompt", "card", "shouldEndSession", "directives",
    }  # fmt: skip


def test_every_cue_has_the_sound_and_the_length_that_the_page_shows(
    page: Page, clips: AudioCache
) -> None:
    page.clear()

    for cue in page.view["cues"]:
        if cue["text"]:
            sound = page.client.get(f"/api/clips/{cue['clip']}").data
            assert sound[:4] == b"RIFF"
            seconds = (len(sound) - 44) / 2 / clips.sample_rate
            assert seconds == pytest.approx(cue["end"] - cue["start"], abs=0.001)


def test_holds_and_places_lie_on_the_silences_that_are_played(page: Page) -> None:
    page.clear()
    silences = [(c["start"], c["end"]) for c in page.view["cues"] if c["kind"] == "silent"]

    for hold in page.view["holds"]:
        assert any(
            (start, end) == pytest.approx((hold["start"], hold["end"]), abs=0.002)
            for start, end in silences
        )


def test_an_interruption_in_any_hold_resumes_at_its_own_round(page: Page, content: Content) -> None:
    page.clear()

    for exercise in content.exercises.ids:
        name = f"start {exercise.replace('-', ' ')}"
        count = len(page.say(name, 0.5)["holds"])
        assert count >= 4
        for number in range(count):
            started = page.say(name, 0.5)
            hold = started["holds"][number]
            middle = (hold["start"] + hold["end"]) / 2
            there = [place for place in started["places"] if place["start"] <= middle][-1]
            paused = page.say("pause", middle)
            side = f", {there['side']} side" if there["side"] else ""
            words = content.words("paused", round=there["round"], side=there["side"] or "none")
            way_out = content.words(f"{exercise}-out")
            assert page.first_words.startswith(f"{way_out} {words}"), (exercise, number, side)
            assert paused["places"][0]["round"] == there["round"]
            page.say("resume", 1.0)
            assert {p["round"] for p in page.view["places"]} >= {there["round"]}
            assert min(p["round"] for p in page.view["places"]) == there["round"]


def test_speech_that_is_clear_is_what_was_said(page: Page) -> None:
    shown = page.speak(Transcript("start the bridge", is_clear=True))

    assert shown["said"] == "start the bridge"
    assert shown["phase"] == "asking"
    assert page.speech_to_text.samples == 2400
    assert page.speech_to_text.was_asked_for == [False]


@pytest.mark.parametrize("guess", ["no", "yes", "start the bridge", ""])
def test_what_is_not_clear_is_never_an_answer_to_a_safety_question(page: Page, guess: str) -> None:
    page.say("start knees to chest")
    request = page.debug["request"]

    for _ in range(4):
        shown = page.speak(Transcript(guess, is_clear=False), page.listening)

        assert page.speech_to_text.was_asked_for[-1] is True
        assert shown["phase"] == "asking"
        assert shown["detail"] == "1 of 5"
        assert shown["answers"] == ["No", "Yes", "Not sure"]
        assert "buttons" in shown["trouble"]
        assert page.first_words.startswith("Say no if you have none of these signs.")
        assert page.debug["request"] == request, "the skill was asked"


def test_a_question_that_is_asked_again_can_then_be_answered(page: Page) -> None:
    page.say("start knees to chest")
    page.speak(Transcript("no", is_clear=False), page.listening)

    shown = page.speak(Transcript("no", is_clear=True), page.listening)

    assert shown["detail"] == "2 of 5"


def test_a_question_that_is_asked_again_and_not_answered_ends_the_session(page: Page) -> None:
    page.say("start knees to chest")
    shown = page.speak(Transcript("no", is_clear=False), page.listening)

    ended = page.time(shown["cues"][-1]["end"])

    assert ended["phase"] == "idle"
    assert page.debug["request"]["request"]["type"] == "SessionEndedRequest"


def test_what_is_not_clear_in_the_middle_of_guidance_stops_it(page: Page) -> None:
    page.clear()
    hold = page.view["holds"][0]

    shown = page.speak(Transcript("skip", is_clear=False), hold["start"] + 1)

    assert shown["phase"] == "paused"
    assert "rest a moment" in page.spoken


def test_an_answer_is_made_out_where_it_may_be_whole_and_again_if_more_is_said(page: Page) -> None:
    page.say("start knees to chest")
    speech_to_text, sound = page.speech_to_text, struct.pack("<800h", *range(800))

    def send(marks: str) -> None:
        page.client.post(f"/api/sessions/{page.session}/sound?{marks}", data=sound, headers=HEADERS)

    send("first")
    speech_to_text.transcript = Transcript("no", is_clear=True)
    send("may-end")
    assert speech_to_text.samples == 1600
    speech_to_text.transcript = Transcript("not sure", is_clear=True)
    send("")
    shown = page.post(f"sessions/{page.session}/heard", {"at": page.listening})["view"]

    assert speech_to_text.samples == 2400
    assert shown["said"] == "not sure"
    assert shown["is_open"] is False


def test_the_last_of_an_answer_may_come_with_the_word_that_it_is_all(page: Page) -> None:
    page.say("start knees to chest")
    page.speech_to_text.transcript = Transcript("no", is_clear=True)
    at = json.dumps({"at": page.listening})

    for marks in ("first", urlencode({"all": at})):
        answer = page.client.post(
            f"/api/sessions/{page.session}/sound?{marks}", data=bytes(1600), headers=HEADERS
        )

    assert page.speech_to_text.samples == 1600
    shown = answer.get_json()["view"]
    assert (shown["said"], shown["detail"]) == ("no", "2 of 5")


def test_what_may_be_a_whole_answer_is_no_answer_until_the_page_says_so(page: Page) -> None:
    page.say("start knees to chest")
    page.speech_to_text.transcript = Transcript("no", is_clear=True)
    request = page.debug["request"]

    page.client.post(
        f"/api/sessions/{page.session}/sound?first&may-end", data=bytes(1600), headers=HEADERS
    )
    page.speech_to_text.transcript = Transcript("yes", is_clear=True)
    assert page.time(0.1)["detail"] == "1 of 5"
    assert page.debug["request"] == request, "the skill was asked"

    shown = page.post(f"sessions/{page.session}/heard", {"at": page.listening})["view"]
    assert (shown["said"], shown["detail"]) == ("no", "2 of 5")


@pytest.mark.parametrize("words", ["no", "none of those", "yes", "start the bridge"])
def test_what_was_begun_before_a_question_does_not_answer_it(page: Page, words: str) -> None:
    page.begin_to_speak()
    page.say("start knees to chest")
    request = page.debug["request"]

    shown = page.end(Transcript(words, is_clear=True), page.listening)

    assert page.speech_to_text.was_asked_for == [False]
    assert (shown["phase"], shown["detail"]) == ("asking", "1 of 5")
    assert "buttons" in shown["trouble"]
    assert page.debug["request"] == request, "the skill was asked"


def test_an_answer_to_one_question_does_not_answer_the_next(page: Page) -> None:
    page.say("start knees to chest")
    page.begin_to_speak()
    page.say("no", page.listening)
    request = page.debug["request"]

    shown = page.end(Transcript("no", is_clear=True), page.listening)

    assert shown["detail"] == "2 of 5"
    assert page.debug["request"] == request, "the skill was asked"


def test_an_answer_to_a_question_that_is_gone_is_only_noise(page: Page) -> None:
    page.say("start knees to chest")
    for _ in range(QUESTIONS - 1):
        page.say("no", page.listening)
    page.begin_to_speak()
    page.say("no", page.listening)
    assert page.view["phase"] == "guiding"

    shown = page.end(Transcript("no", is_clear=True), page.view["holds"][0]["start"] + 1)

    assert page.speech_to_text.was_asked_for == [True]
    assert shown["phase"] == "paused"
    assert "rest a moment" in page.spoken


def test_while_speech_to_text_is_loading_the_page_says_so(page: Page) -> None:
    page.speech_to_text.is_ready = False

    shown = page.speak(Transcript("pause", is_clear=True))

    assert shown["trouble"].startswith("The ear isn't ready")


def test_a_session_that_nobody_answers_ends(page: Page) -> None:
    shown = page.say("open back coach")
    last = shown["cues"][-1]["end"]

    assert page.time(last - 0.5)["is_open"] is True
    assert page.time(last)["is_open"] is False
    assert page.view["trouble"].startswith("Nobody answered")


def test_a_page_that_is_left_loses_its_session_and_keeps_its_place(
    page: Page, later: list[timedelta]
) -> None:
    page.clear()
    hold = page.view["holds"][2]
    page.time(hold["start"])

    page.client.post(f"/api/sessions/{page.session}/leave", headers={"Origin": ORIGIN})
    gone = page.client.post(
        f"/api/sessions/{page.session}/say", json={"words": "hi"}, headers={"Origin": ORIGIN}
    )
    later.append(timedelta(hours=1))
    page.session = page.post("sessions", {})["session"]
    page.say("open back coach")

    assert gone.status_code == 404
    assert "You were in round two of knees to chest" in page.spoken


def test_a_page_that_is_left_tells_how_far_it_played(page: Page) -> None:
    page.clear()
    middle = page.view["holds"][2]["start"] + 1

    page.client.post(f"/api/sessions/{page.session}/leave", json={"at": middle}, headers=HEADERS)
    page.session = page.post("sessions", {})["session"]
    page.say("open back coach")

    assert "You were in round two of knees to chest" in page.spoken


def test_old_sessions_give_way_to_new_ones(page: Page) -> None:
    sessions = [page.post("sessions", {})["session"] for _ in range(9)]

    assert page.client.post(
        f"/api/sessions/{sessions[0]}/say", json={"words": "hi"}, headers={"Origin": ORIGIN}
    ).status_code == 404  # fmt: skip
    assert page.post(f"sessions/{sessions[-1]}/say", {"words": "open back coach"})["view"][
        "is_open"
    ]


def test_a_device_with_a_screen_says_so(page: Page) -> None:
    page.session = page.post("sessions", {"screen": True})["session"]
    page.say("open back coach")

    device = page.debug["request"]["context"]["System"]["device"]
    assert "Alexa.Presentation.APL" in device["supportedInterfaces"]


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({}, "127.0.0.1"),
        ({"Origin": "http://evil.example"}, "127.0.0.1"),
        ({"Origin": "null"}, "127.0.0.1"),
        ({"Origin": "https://localhost"}, "127.0.0.1"),
        ({"Origin": "http://localhost:81"}, "127.0.0.1"),
        ({"Origin": "http://evil.example", "Host": "evil.example"}, "127.0.0.1"),
        ({"Origin": ORIGIN}, "192.0.2.7"),
    ],
)
def test_nobody_else_may_ask(page: Page, headers: dict[str, str], address: str) -> None:
    answer = page.client.post(
        "/api/sessions", json={}, headers=headers, environ_overrides={"REMOTE_ADDR": address}
    )

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/?token="),
        ("GET", "/?token=guessed"),
        ("GET", "/?token=%ff%C3%A9"),
        ("GET", "/static/page.js"),
        ("GET", "/static/page.js?{token}"),
        ("GET", "/nothing"),
        ("GET", "/api/clips/x"),
        ("POST", "/api/sessions"),
        ("POST", "/api/sessions?{token}"),
        ("POST", "/api/sessions/{session}/say"),
        ("POST", "/api/sessions/{session}/sound?first"),
        ("POST", "/api/sessions/{session}/heard"),
        ("POST", "/api/sessions/{session}/time"),
        ("POST", "/api/sessions/{session}/leave"),
    ],
)
@pytest.mark.parametrize("cookie", [None, "", "guessed", "é"])
def test_other_users_of_this_machine_are_refused(
    page: Page, method: str, path: str, cookie: str | None
) -> None:
    app = page.client.application
    stranger, token = app.test_client(), start_address(app, "/").partition("?")[2]
    if cookie is not None:
        stranger.set_cookie("back-coach-80", cookie)

    answer = stranger.open(
        path.format(token=token, session=page.session), method=method, json={}, headers=HEADERS
    )

    assert (answer.status_code, answer.text) == (403, WHERE_THE_ADDRESS_STANDS)
    assert "Set-Cookie" not in answer.headers


def test_the_address_that_is_shown_gives_a_cookie_and_the_page(page: Page) -> None:
    browser = page.client.application.test_client()

    first = browser.get(start_address(browser.application, "/"))

    assert (first.status_code, first.headers["Location"]) == (303, "/")
    kept = first.headers["Set-Cookie"].split("; ")
    assert kept[0].startswith("back-coach-80=")
    assert set(kept[1:]) == {"HttpOnly", "Path=/", "SameSite=Strict"}
    assert browser.get("/").status_code == 200
    assert browser.get("/static/page.js").status_code == 200


def test_the_address_of_a_server_opens_the_page_and_no_part_of_it_does(page: Page) -> None:
    with served(page.client.application) as address:
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        with pytest.raises(HTTPError, match="403"):
            browser.open(urljoin(address, "/"))

        with browser.open(address) as shown:
            assert shown.url == urljoin(address, "/")
        with browser.open(urljoin(address, "/static/page.js")) as script:
            assert script.status == 200


def test_a_token_opens_only_the_speaker_that_made_it(
    page: Page, settings: Settings, clips: AudioCache
) -> None:
    other = local_page(settings, clips, ScriptedSpeechToText()).test_client()

    old = other.get(start_address(page.client.application, "/"))

    assert old.status_code == 403


@pytest.mark.parametrize("path", ["/", "/static/page.js", "/api/clips/x"])
def test_nobody_may_look_under_another_name(page: Page, path: str) -> None:
    assert page.client.get(path, headers={"Host": "evil.example"}).status_code == 403
    assert page.client.get(path, headers={"Origin": "http://evil.example"}).status_code == 403


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("sessions", b"{", 400),
        ("sessions", b'{"locale": 7}', 400),
        ("sessions", b'{"locale": "xx-XX"}', 404),
        ("sessions/none/say", b'{"words": "hi"}', 404),
        ("sessions/none/sound", b"\0\0\0", 400),
        ("sessions/none/sound?all=NaN", b"\0\0", 400),
        ("sessions/none/sound", b"\0" * 70_000, 413),
    ],
)
def test_what_makes_no_sense_is_refused(page: Page, path: str, body: bytes, status: int) -> None:
    answer = page.client.post(f"/api/{path}", data=body, headers={"Origin": ORIGIN})

    assert answer.status_code == status


@pytest.mark.parametrize(("length", "status"), [(500, 200), (501, 400), (60_000, 400)])
def test_typed_words_that_are_too_many_are_refused(page: Page, length: int, status: int) -> None:
    words = ("start knees to chest " * length)[:length]

    answer = page.client.post(
        f"/api/sessions/{page.session}/say", json={"words": words}, headers=HEADERS
    )

    assert answer.status_code == status
    if status == 400:
        assert answer.text == "That is too long. Please say it in at most 500 characters."
        assert page.say("open back coach")["is_open"], "and then goes on"


NONSENSE = ["-1", "-0.001", "1e18", "1e400", "4e9", "86401", "NaN", "Infinity", "true", '"3"', "[]"]


@pytest.mark.parametrize("at", NONSENSE)
@pytest.mark.parametrize("path", ["say", "heard", "time", "leave", "sound"])
def test_a_position_that_no_answer_has_is_refused(page: Page, path: str, at: str) -> None:
    page.clear()
    before = page.say("how long is left", 1.0)
    where, body = path, f'{{"words": "pause", "at": {at}}}'
    if path == "sound":
        where, body = f"sound?first&{urlencode({'all': body})}", "\0\0"

    answer = page.client.post(f"/api/sessions/{page.session}/{where}", data=body, headers=HEADERS)

    assert answer.status_code == 400
    assert page.time(1.0)["cues"] == before["cues"]


@pytest.mark.parametrize("at", [600.0, 86_400.0])
def test_nothing_is_played_beyond_the_end_of_an_answer(page: Page, at: float) -> None:
    page.say("open back coach")
    end = page.view["cues"][-1]["end"]

    page.time(at)
    page.say("open back coach", at)

    began = datetime.fromisoformat(page.debug["request"]["request"]["timestamp"])
    assert began - MORNING <= timedelta(seconds=end + 1)


def test_a_page_moves_the_clock_of_the_next_by_no_more_than_its_answer(page: Page) -> None:
    page.say("open back coach")
    end = page.view["cues"][-1]["end"]
    page.post(f"sessions/{page.session}/time", {"at": 80_000})

    page.session = page.post("sessions", {})["session"]
    page.say("open back coach")

    began = datetime.fromisoformat(page.debug["request"]["request"]["timestamp"])
    assert began - MORNING <= timedelta(seconds=end + 1)


def test_after_its_answer_a_page_is_on_the_machines_time(
    page: Page, later: list[timedelta]
) -> None:
    page.say("open back coach")
    end = page.view["cues"][-1]["end"]
    later.append(timedelta(hours=1))

    page.say("open back coach", end)

    began = datetime.fromisoformat(page.debug["request"]["request"]["timestamp"])
    assert began - MORNING == timedelta(hours=1)


LONG_NAMES = ["a" * 300 + ".js", "a" * 5000 + ".js"]
ODD_NAMES = ["page.js%00.js", "%ff.js", "%2e%2e%2fpage.js", ".js"]
OTHER_NAMES = ["page.html", "../page.py", "nothing.js", "page.css.bak"]


@pytest.mark.parametrize(
    "name", [*OTHER_NAMES, *LONG_NAMES, *ODD_NAMES], ids=lambda name: name[:20]
)
def test_only_what_belongs_to_the_page_is_served(page: Page, name: str) -> None:
    assert page.client.get(f"/static/{name}").status_code == 404


def test_the_page_may_load_nothing_from_elsewhere(page: Page) -> None:
    answer = page.client.get("/")

    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert b"http://" not in answer.data
    assert b"https://" not in answer.data


def test_the_service_for_alexa_has_no_page(settings: Settings) -> None:
    client = create_app(settings).test_client()

    for path in ("/", "/static/page.js", "/api/clips/x"):
        assert client.get(path).status_code == 404
    for path in ("/api/sessions", "/api/sessions/x/say", "/api/sessions/x/sound"):
        assert client.post(path, json={}, headers={"Origin": ORIGIN}).status_code == 404


def test_a_clip_is_said_once(clips: AudioCache) -> None:
    first = clips.audio("And rest.", 0.88)

    assert clips.audio("And rest.", 0.88) is first
    assert clips.seconds("And rest.", 0.88) == len(first) / clips.sample_rate
    assert isinstance(first, array)
    assert clips.seconds("And rest.") < clips.seconds("And rest.", 0.88)
