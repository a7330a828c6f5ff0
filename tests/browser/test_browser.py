"""The page in a real browser: spoken to through its microphone, and listened to."""

import re
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import Browser, Page

from skill.local import local_settings
from skill.local_page import EarInMaking, local_page, served
from speech.clips import Clips
from speech.voice import EspeakVoice
from tests.browser.chromium import KEEP_THE_SOUND, axe, find, phase, running, write_wave

pytestmark = pytest.mark.skipif(find() is None, reason="there is no Chromium on this machine")

SPEED = 10
"""How fast the guidance is played, so that the test is short; silences shrink with it."""
LEAD_IN, GAP = 1.0, 2.2
"""Seconds of silence before the first thing that is said, and between two."""
SAID = ("start knees to chest", *["no"] * 5)
SILENT = 0.003
"""Size of what counts as silence in the browser's sound."""


@pytest.fixture(scope="module")
def clips() -> Iterator[Clips]:
    with EspeakVoice() as voice:
        yield Clips(voice)


@pytest.fixture(scope="module")
def ear() -> EarInMaking:
    return EarInMaking("en-US")


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> tuple[Path, list[float]]:
    """What the microphone hears, and at which second each thing is said."""
    path = tmp_path_factory.mktemp("said") / "said.wav"
    sound, starts = array("h", [0] * round(LEAD_IN * clips.sample_rate)), []
    for text in SAID:
        starts.append(len(sound) / clips.sample_rate)
        sound += clips.sound(text)
        sound += array("h", [0] * round(GAP * clips.sample_rate))
    write_wave(path, sound, clips.sample_rate)
    return path, [*starts, len(sound) / clips.sample_rate]


@pytest.fixture(scope="module")
def browser(spoken: tuple[Path, list[float]]) -> Iterator[Browser]:
    with running(spoken[0]) as browser:
        yield browser


@pytest.fixture
def address(tmp_path: Path, clips: Clips, ear: EarInMaking) -> Iterator[str]:
    settings = local_settings(f"sqlite://{tmp_path / 'memory.sqlite3'}")
    with served(local_page(settings, clips, ear)) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, opened; nothing may go wrong in it."""
    context = browser.new_context(permissions=["microphone"], bypass_csp=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
    page.on(
        "request",
        lambda request: request.url.startswith((address, "blob:")) or faults.append(request.url),
    )
    page.add_init_script(KEEP_THE_SOUND)
    page.goto(address)
    page.wait_for_selector("#hints button")
    yield page
    context.close()
    assert [fault for fault in faults if "/leave" not in fault] == []


def say(page: Page, text: str) -> None:
    page.fill("#typed", text)
    page.press("#typed", "Enter")
    page.wait_for_function("text => document.querySelector('#heard').textContent.includes(text)",
                           arg=text)  # fmt: skip


def clear(page: Page) -> None:
    """Begin, and get through the questions by the buttons."""
    say(page, "start knees to chest")
    for number in range(2, 7):
        page.click(".answer")
        if number < 6:
            page.wait_for_function(
                "n => document.querySelector('#round').textContent === n", arg=f"{number} of 5"
            )
    page.wait_for_function("document.querySelector('#state').textContent.includes('guiding')")


def timeline(page: Page) -> list[tuple[float, float, str, str]]:
    rows = page.eval_on_selector_all(
        "#timeline tr", "rows => rows.map(r => [...r.children].map(c => c.textContent))"
    )
    return [(float(start), float(end), kind, text) for start, end, kind, text in rows]


def sound_of(page: Page) -> tuple[np.ndarray[Any, Any], float]:
    """All that was played, and its rate."""
    encoded = page.evaluate(
        "() => { const all = keptSound.blocks; const out = new Uint8Array(all.length * 128);"
        " all.forEach((b, i) => b.forEach((x, j) => { out[i * 128 + j] ="
        " Math.max(0, Math.min(255, Math.abs(x) * 2000)); })); return [...out].map("
        "c => String.fromCharCode(c)).join(''); }"
    )
    sizes = np.frombuffer(encoded.encode("latin-1"), dtype=np.uint8) / 2000
    return sizes, float(page.evaluate("keptSound.rate"))


def silences(sizes: np.ndarray[Any, Any], rate: float, least: float) -> list[float]:
    """Seconds of each silence between sounds that is at least so long."""
    loud = np.flatnonzero(sizes > SILENT)
    gaps = np.diff(loud) / rate
    return [float(gap) for gap in gaps if gap >= least]


def test_spoken_to_and_listened_to(
    page: Page, spoken: tuple[Path, list[float]], ear: EarInMaking
) -> None:
    assert ear.ready() is not None
    page.uncheck("#hands-free")
    page.click("summary")
    page.focus("#talk")
    heard = []
    for number in range(len(SAID)):
        speak(page, spoken[1], number)
        heard.append(page.inner_text("#round") == place_after(number))
        if number == len(SAID) - 2:
            page.select_option("#speed", str(SPEED))
            page.focus("#talk")
        if not heard[-1]:
            # Not clearly heard: the question stands, and is answered by the button.
            assert "is the question again" in page.inner_text("#notice")
            page.click(".answer")
    assert heard[0], "the wish was not heard"
    assert any(heard[1:]), "no answer was heard"
    check_the_holds_that_are_heard(page)


def speak(page: Page, starts: list[float], number: int) -> None:
    """Hold the button while the microphone hears one thing."""
    if number:
        until(page, starts[number] - 0.5)
    page.keyboard.down("Space")
    # What it hears begins when it is opened, which is at the first press.
    page.wait_for_function("window.backCoach?.microphoneOpenedAt > 0")
    until(page, starts[number + 1] - GAP + 0.3)
    page.keyboard.up("Space")
    phase(page, "speaking", "listening", "answering")


def place_after(number: int) -> str:
    """Where the talk stands once this was heard."""
    return f"{number + 1} of 5" if number < 5 else ""


def check_the_holds_that_are_heard(page: Page) -> None:
    """Find each silence in the sound that is played, and compare it with the prescription."""
    page.wait_for_function("document.querySelector('#state').textContent.includes('guiding')")
    cues = timeline(page)
    prompt = next(start for start, _, kind, _ in cues if kind == "listening")

    page.wait_for_function("at => backCoach.player.position > at", arg=prompt, timeout=60_000)

    expected = [end - start for start, end, kind, _ in cues if kind in ("hold", "silent")]
    holds = [end - start for start, end, kind, _ in cues if kind == "hold"]
    sizes, rate = sound_of(page)
    played = [seconds * SPEED for seconds in silences(sizes, rate, 2.5 / SPEED)]
    assert holds == pytest.approx([5.0] * 4, abs=0.02)
    assert len(expected) >= 13
    assert played[-len(expected) :] == pytest.approx(expected, abs=0.05)


def until(page: Page, second: float) -> None:
    """Wait for a second of what the microphone hears."""
    page.wait_for_function(
        "s => (performance.now() - backCoach.microphoneOpenedAt) / 1000 >= s", arg=second
    )


def test_the_page_shows_where_the_person_is(page: Page) -> None:
    clear(page)
    hold = [cue for cue in timeline(page) if cue[2] == "hold"][1]

    page.evaluate("at => backCoach.seek(at)", hold[0] + 0.5)
    phase(page, "holding")

    assert page.inner_text("#exercise") == "Knees to chest"
    assert page.inner_text("#round") == "Round 1 of 2"
    assert page.inner_text("#side") == "Right side"
    assert page.inner_text("#count") == "5"
    before = float(page.eval_on_selector("#ring", "ring => ring.style.strokeDashoffset"))
    page.wait_for_function("document.querySelector('#count').textContent === '4'")
    assert float(page.eval_on_selector("#ring", "r => r.style.strokeDashoffset")) > before


def test_interrupted_in_a_hold_it_goes_on_from_the_same_round(page: Page) -> None:
    clear(page)
    hold = [cue for cue in timeline(page) if cue[2] == "hold"][2]
    page.evaluate("at => backCoach.seek(at)", hold[0] + 2)
    phase(page, "holding")

    say(page, "pause")
    page.wait_for_function("document.querySelector('#state').textContent.includes('paused')")

    assert "round two, left side" in timeline(page)[0][3]
    assert page.inner_text("#round") == "Round 2 of 2"
    say(page, "resume")
    page.wait_for_function("document.querySelector('#state').textContent.includes('guiding')")
    assert "Round two again, from the left side" in timeline(page)[0][3]


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_fault(page: Page, scheme: Any, width: int) -> None:
    source = axe()
    if source is None:
        pytest.skip("axe-playwright-python is not installed")
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 844})
    check = f"() => {{ {source}; return axe.run().then(found => found.violations.map("
    check += "v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`)); }"

    assert page.evaluate(check) == []
    page.click("summary")
    clear(page)
    assert page.evaluate(check) == []
    hold = next(cue for cue in timeline(page) if cue[2] == "hold")
    page.evaluate("at => backCoach.seek(at)", hold[0] + 1)
    phase(page, "holding")
    assert page.evaluate(check) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_moves_for_those_who_want_it_still(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.keyboard.down("Space")
    phase(page, "talking")

    assert page.eval_on_selector("#dial", "dial => getComputedStyle(dial).animationName") == "none"
    page.keyboard.up("Space")


def test_words_of_the_page_are_all_there(page: Page) -> None:
    text = page.inner_text("body")

    assert not re.search(r"undefined|page-|\{\{", text)
