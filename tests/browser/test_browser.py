"""The page in a real browser: spoken to through its microphone, and listened to."""

import re
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise, product
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import Browser, BrowserContext, Page, Request

from skill.cli.local_page import local_page
from skill.cli.local_speaker import local_settings
from skill.cli.loopback_server import served
from skill.speaker.browser.speech_to_text_loader import SpeechToTextLoader
from speech.tts.audio_cache import AudioCache
from speech.tts.espeak import EspeakTextToSpeech
from tests.browser.chromium import KEEP_THE_SOUND, axe, find, phase, running, write_wave
from tests.browser.person import clear, rows, say, seek, state_is

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find() is None, reason="there is no Chromium on this machine"),
]

SPEED = 10
"""How fast the guidance is played, so that the test is short; silences shrink with it."""
LEAD_IN, GAP = 2.0, 1.5
"""Seconds of silence before the first thing that is said, and between two."""
WISH, NO = "start knees to chest", "no"
RATES = (1.0, 0.92, 0.96, 0.88, 1.04)
"""Nobody says a thing twice in the same way; a voice that did would be misheard twice, too."""
TRIES, MANY = 4, 26
"""How often the microphone hears the wish and a no: a page that is late takes the next one."""
VISITS = 4
"""How often the page is opened again until it hears: a machine that is busy loses sound."""
QUESTIONS = 5
PATIENCE = 60_000
"""Milliseconds: generous, since the machine may be busy."""

Scheme = Literal["light", "dark"]


class Spoken:
    """What the microphone hears: a wish some times, and many a no."""

    def __init__(self, path: Path, clips: AudioCache) -> None:
        self.path = path
        self._spans: list[tuple[str, float, float]] = []
        rate = clips.sample_rate
        sound = array("h", [0] * round(LEAD_IN * rate))
        for number, text in enumerate((*[WISH] * TRIES, *[NO] * MANY)):
            clip = clips.audio(text, RATES[number % len(RATES)])
            self._spans.append((text, len(sound) / rate, (len(sound) + len(clip)) / rate))
            sound += clip + array("h", [0] * round(GAP * rate))
        write_wave(path, sound, rate)

    def next(self, text: str, second: float) -> tuple[float, float]:
        """From when to when a text is heard for the first time well after a second."""
        return next(
            (start, end)
            for said, start, end in self._spans
            if said == text and start > second + 0.5
        )


@pytest.fixture(scope="module")
def clips() -> Iterator[AudioCache]:
    with EspeakTextToSpeech() as voice:
        yield AudioCache(voice)


@pytest.fixture(scope="module")
def speech_to_text() -> SpeechToTextLoader:
    return SpeechToTextLoader("en-US")


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory, clips: AudioCache) -> Spoken:
    return Spoken(tmp_path_factory.mktemp("said") / "said.wav", clips)


@pytest.fixture(scope="module")
def browser(spoken: Spoken) -> Iterator[Browser]:
    with running(spoken.path) as browser:
        yield browser


@pytest.fixture
def address(tmp_path: Path, clips: AudioCache, speech_to_text: SpeechToTextLoader) -> Iterator[str]:
    settings = local_settings(f"sqlite://{tmp_path / 'memory.sqlite3'}")
    with served(local_page(settings, clips, speech_to_text)) as address:
        yield address


@contextmanager
def visit(browser: Browser, address: str, *scripts: str) -> Iterator[BrowserContext]:
    """A visitor of the page; nothing may go wrong, and nothing else may be asked for."""
    context = browser.new_context(permissions=["microphone"], bypass_csp=True)
    context.set_default_timeout(PATIENCE)
    faults: list[str] = []

    def failed(request: Request) -> None:
        # A page that is left says so, and does not wait for the answer.
        if not request.url.endswith("/leave"):
            faults.append(f"failed: {request.url}")

    def asked(request: Request) -> None:
        if not request.url.startswith((urljoin(address, "/"), "blob:")):
            faults.append(f"elsewhere: {request.url}")

    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("requestfailed", failed)
    context.on("request", asked)
    for script in scripts:
        context.add_init_script(script)
    yield context
    context.close()
    assert faults == []


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("#hints button")
    return page


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, opened."""
    with visit(browser, address, KEEP_THE_SOUND) as context:
        yield opened(context, address)


def test_spoken_to_and_listened_to(
    browser: Browser, address: str, spoken: Spoken, speech_to_text: SpeechToTextLoader
) -> None:
    assert speech_to_text.ready() is not None
    for _ in range(VISITS):
        with visit(browser, address, KEEP_THE_SOUND) as context:
            page = opened(context, address)
            if is_wish_heard(page, spoken):
                answer_aloud(page, spoken)
                check_the_holds_that_are_heard(page)
                return
    raise AssertionError("the wish was not heard")


def is_wish_heard(page: Page, spoken: Spoken) -> bool:
    page.uncheck("#hands-free")
    page.click("summary")
    page.focus("#talk")
    for _ in range(TRIES):
        speak(page, spoken, WISH)
        if page.is_visible(".answer"):
            return page.inner_text("#round") == "1 of 5"
    return False


def answer_aloud(page: Page, spoken: Spoken) -> None:
    """Say no to each question; what was not clearly heard is asked again, and has its button."""
    for number in range(1, QUESTIONS + 1):
        if number == QUESTIONS:
            page.select_option("#speed", str(SPEED))
            page.focus("#talk")
        speak(page, spoken, NO)
        if page.inner_text("#round") == f"{number} of 5":
            assert "is the question again" in page.inner_text("#notice")
            answer_by_button(page, number)


def speak(page: Page, spoken: Spoken, text: str) -> None:
    """Hold the button while the microphone hears one thing."""
    second = "(performance.now() - backCoach.microphone.openedAt) / 1000"
    if page.evaluate("window.backCoach?.microphone?.openedAt > 0"):
        start, end = spoken.next(text, page.evaluate(second))
        page.wait_for_function(f"at => {second} >= at", arg=start - 0.4)
        page.keyboard.down("Space")
    else:
        # What it hears begins when it is opened, which is at the first press.
        page.keyboard.down("Space")
        page.wait_for_function("window.backCoach?.microphone?.openedAt > 0")
        start, end = spoken.next(text, 0.0)
    page.wait_for_function(f"at => {second} >= at", arg=end + 0.3)
    page.keyboard.up("Space")
    page.wait_for_function("!['talking', 'thinking'].includes(document.body.dataset.phase)")


def answer_by_button(page: Page, number: int) -> None:
    page.click(".answer")
    if number < QUESTIONS:
        page.wait_for_function(
            "n => document.querySelector('#round').textContent === n", arg=f"{number + 1} of 5"
        )


def check_the_holds_that_are_heard(page: Page) -> None:
    """Find each silence in the sound that is played, and compare it with the prescription."""
    state_is(page, "guiding")
    cues = rows(page)
    prompt = next(cue for cue in cues if cue.kind == "listening")

    page.wait_for_function("at => backCoach.player.position > at", arg=prompt.start + 0.5)

    expected = [cue.end - cue.start for cue in cues if cue.kind in ("hold", "silent")]
    holds = [at for at, cue in enumerate(c for c in cues if c.kind in ("hold", "silent"))
             if cue.kind == "hold"]  # fmt: skip
    played = silences(page, 1.0 / SPEED)[-len(expected) :]
    assert len(expected) >= 13
    assert [played[at] * SPEED for at in holds] == pytest.approx([5.0] * 4, abs=0.05)
    assert [seconds * SPEED for seconds in played] == pytest.approx(expected, abs=0.05)


def silences(page: Page, least: float) -> list[float]:
    """Seconds of each silence in the sound that was played, if it is at least so long."""
    sounds: list[tuple[float, float]] = page.evaluate("kept.played")
    gaps = [after[0] - before[1] for before, after in pairwise(sounds)]
    return [gap for gap in gaps if gap >= least]


def test_the_page_shows_where_the_person_is(page: Page) -> None:
    clear(page)
    hold = [cue for cue in rows(page) if cue.kind == "hold"][1]

    seek(page, hold.start + 0.5)
    phase(page, "holding")

    assert page.inner_text("#exercise") == "Knees to chest"
    assert page.inner_text("#round") == "Round 1 of 2"
    assert page.inner_text("#side") == "Right side"
    before = float(page.eval_on_selector("#ring", "ring => ring.style.strokeDashoffset"))
    count = int(page.inner_text("#count"))
    page.wait_for_function("n => Number(document.querySelector('#count').textContent) < n",
                           arg=count)  # fmt: skip
    assert float(page.eval_on_selector("#ring", "r => r.style.strokeDashoffset")) > before


ROUNDS = [("one", "left"), ("one", "right"), ("two", "left"), ("two", "right")]


def test_interrupted_in_any_hold_it_goes_on_from_the_same_round_and_side(page: Page) -> None:
    clear(page)
    for number, (round_, side) in enumerate(ROUNDS):
        hold = [cue for cue in rows(page) if cue.kind == "hold"][number]
        seek(page, hold.start + 1)
        phase(page, "holding")

        say(page, "pause")
        state_is(page, "paused")

        assert f"round {round_}, {side} side" in rows(page)[0].text
        assert page.inner_text("#exercise") == "Knees to chest"
        assert page.inner_text("#round") == f"Round {1 + number // 2} of 2"
        say(page, "resume")
        state_is(page, "guiding")
        # The round in progress is done again, from its first side.
        assert f"Round {round_} again, from the left side" in rows(page)[0].text
        holds = [cue for cue in rows(page) if cue.kind == "hold"]
        assert len(holds) == len(ROUNDS) - 2 * (number // 2)
        seek(page, holds[0].start + 1)
        phase(page, "holding")
        assert page.inner_text("#round") == f"Round {1 + number // 2} of 2"
        assert page.inner_text("#side") == "Left side"
        say(page, "start knees to chest")
        state_is(page, "guiding")
        phase(page, "speaking")


def test_it_can_be_used_by_keyboard_alone(page: Page) -> None:
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.id || document.activeElement.textContent")
        )

    assert reached[0] == "talk"
    assert {"Start knees to chest", "typed", "hands-free"} <= set(reached)
    page.focus("#hints button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer")
    for number in range(1, QUESTIONS + 1):
        phase(page, "speaking")
        page.focus(".answer")
        page.keyboard.press("Enter")
        if number < QUESTIONS:
            page.wait_for_function(
                "n => document.querySelector('#round').textContent === n", arg=f"{number + 1} of 5"
            )
    state_is(page, "guiding")


def to_listening(page: Page) -> None:
    say(page, "open back coach")
    seek(page, next(row for row in rows(page) if row.kind == "listening").start + 0.5)
    phase(page, "listening")


def to_a_question(page: Page) -> None:
    say(page, WISH)
    page.wait_for_selector(".answer")


def to_a_hold(page: Page) -> None:
    seek(page, next(row for row in rows(page) if row.kind == "hold").start + 0.5)
    phase(page, "holding")


def to_a_move(page: Page) -> None:
    seek(page, next(row for row in rows(page) if row.kind == "silent").start + 0.1)
    phase(page, "moving")


def to_a_pause(page: Page) -> None:
    say(page, "pause")
    state_is(page, "paused")


PHASES: tuple[Callable[[Page], Any], ...] = (
    lambda _: None,
    to_listening,
    lambda page: page.click("summary"),
    to_a_question,
    clear,
    to_a_move,
    to_a_hold,
    to_a_pause,
)


def test_axe_finds_no_fault_in_any_phase(page: Page) -> None:
    source = axe()
    if source is None:
        pytest.skip("axe-playwright-python is not installed")
    page.evaluate(source)
    for reach in PHASES:
        reach(page)
        for scheme, (width, height) in product(("light", "dark"), ((390, 844), (1280, 800))):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": height})
            assert faults_of(page) == [], (reach, scheme, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def faults_of(page: Page) -> Any:
    return page.evaluate(
        "axe.run().then(found => found.violations.map("
        "v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`))"
    )


def test_nothing_moves_for_those_who_want_it_still(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    for reach in (to_listening, to_a_question):
        reach(page)
        assert page.evaluate("document.getAnimations().length") == 0


def test_words_of_the_page_are_all_there(page: Page) -> None:
    text = page.inner_text("body")

    assert not re.search(r"undefined|page-|\{\{", text)


NO_SOUND = {
    "none": "delete window.AudioContext; delete window.webkitAudioContext;",
    "never starts": "AudioContext.prototype.resume = () => new Promise(() => {});",
}


@pytest.mark.parametrize("script", NO_SOUND.values(), ids=NO_SOUND)
def test_without_sound_it_is_read(browser: Browser, address: str, script: str) -> None:
    with visit(browser, address, script) as context:
        page = opened(context, address)
        clear(page)

        assert "No sound can be played" in page.inner_text("#notice")
        page.wait_for_function("document.querySelector('#caption').textContent.length > 10")
        to_a_hold(page)
        assert page.inner_text("#exercise") == "Knees to chest"


def test_without_a_microphone_it_is_typed_to(browser: Browser, address: str) -> None:
    script = (
        "if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = () => Promise.reject();"
    )
    with visit(browser, address, script) as context:
        page = opened(context, address)
        page.focus("#talk")
        page.keyboard.down("Space")
        page.wait_for_function("document.querySelector('#notice').textContent")
        page.keyboard.up("Space")

        assert "No microphone here" in page.inner_text("#notice")
        phase(page, "resting")
        clear(page)
        to_a_hold(page)


def test_words_that_are_too_many_are_told_and_the_talk_goes_on(page: Page) -> None:
    to_a_question(page)

    page.fill("#typed", "no " * 200)
    page.press("#typed", "Enter")
    page.wait_for_function("document.querySelector('#notice').textContent.includes('too long')")

    page.click(".answer")
    page.wait_for_function("document.querySelector('#round').textContent === '2 of 5'")
    assert page.inner_text("#notice") == ""


def test_the_token_leaves_the_address_bar(browser: Browser, address: str) -> None:
    with visit(browser, address) as context:
        page = opened(context, address)

        assert page.url == urljoin(address, "/") != address
        page.reload()
        page.wait_for_selector("#hints button")
        assert page.evaluate("document.cookie") == "", "no script reads it"
        assert "token" not in page.content()


def test_a_second_tab_leaves_the_first_alone(browser: Browser, address: str) -> None:
    with visit(browser, address) as context:
        first = opened(context, address)
        clear(first)
        to_a_hold(first)
        second = opened(context, address)
        say(second, "what can you do")
        second.close()

        first.bring_to_front()
        hold = [row for row in rows(first) if row.kind == "hold"][1]
        seek(first, hold.start + 1)
        say(first, "pause")
        state_is(first, "paused")
        assert "round one, right side" in rows(first)[0].text


def test_reloading_in_the_middle_keeps_the_place(page: Page) -> None:
    clear(page)
    hold = [row for row in rows(page) if row.kind == "hold"][2]
    seek(page, hold.start + 1)
    phase(page, "holding")

    page.reload()
    page.wait_for_selector("#hints button")
    say(page, "open back coach")

    assert "You were in round two of knees to chest" in " ".join(row.text for row in rows(page))


def test_a_speaker_that_was_restarted_is_found_again(page: Page, address: str) -> None:
    to_a_question(page)
    page.evaluate("name => fetch(`/api/sessions/${name}/leave`, { method: 'POST' })",
                  page.evaluate("backCoach.speaker.session"))  # fmt: skip

    say(page, "open back coach")

    assert page.inner_text("#notice") == ""
