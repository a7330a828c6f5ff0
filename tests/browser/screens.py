"""Pictures of the page in each phase, on a phone and a desktop, in light and dark.

python -m tests.browser.screens FOLDER
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from skill.cli.local_page import local_page
from skill.cli.local_speaker import local_settings
from skill.cli.loopback_server import served
from skill.speaker.browser.speech_to_text_loader import SpeechToTextLoader
from speech.tts.audio_cache import AudioCache
from speech.tts.espeak import EspeakTextToSpeech
from tests.browser.chromium import phase, running
from tests.browser.person import clear, rows, say, seek, state_is

Scheme = Literal["light", "dark"]
DEVICES = {"phone": (390, 844), "desktop": (1280, 800)}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def moving(page: Page) -> None:
    """Get through the questions, and go to the second move, so that a side is shown."""
    clear(page)
    hold = [row for row in rows(page) if row.kind == "hold"][1]
    before = [row for row in rows(page) if row.kind == "silent" and row.end < hold.start][-1]
    seek(page, before.start + 0.3)
    phase(page, "moving")


def speaking(page: Page) -> None:
    """Go to the words before the second hold."""
    hold = [row for row in rows(page) if row.kind == "hold"][1]
    words = [row for row in rows(page) if row.kind == "speaking" and row.end <= hold.start + 0.1]
    seek(page, words[-1].start + 0.2)
    phase(page, "speaking")


def holding(page: Page) -> None:
    """Go to the middle of the second hold."""
    hold = [row for row in rows(page) if row.kind == "hold"][1]
    seek(page, hold.start + 1.2)
    phase(page, "holding")


def paused(page: Page) -> None:
    """Pause in the hold."""
    say(page, "pause")
    state_is(page, "paused")
    seek(page, next(row for row in rows(page) if row.kind != "speaking").start + 0.2)


def listening(page: Page) -> None:
    """Be asked what to do."""
    say(page, "open back coach")
    seek(page, next(row for row in rows(page) if row.kind == "listening").start + 1)
    phase(page, "listening")


def question(page: Page) -> None:
    """Be asked about safety."""
    say(page, "start knees to chest")
    page.wait_for_selector(".answer")
    seek(page, 9)


def talking(page: Page) -> None:
    """Hold the button."""
    page.focus("#talk")
    page.keyboard.down("Space")
    phase(page, "talking")


def answering(page: Page) -> None:
    """Let it be said, and wait for the end of the question."""
    page.uncheck("#hands-free")
    page.keyboard.up("Space")
    phase(page, "speaking", "answering")
    seek(page, next(row for row in rows(page) if row.kind == "listening").start + 1)
    phase(page, "answering")


def drawer(page: Page) -> None:
    """Look behind it."""
    page.click("summary")
    page.evaluate("document.querySelector('#developer').scrollIntoView()")


PHASES: dict[str, Callable[[Page], None]] = {
    "resting": lambda _: None,
    "listening": listening,
    "question": question,
    "talking": talking,
    "answering": answering,
    "moving": moving,
    "speaking": speaking,
    "holding": holding,
    "paused": paused,
    "developer": drawer,
}


@contextmanager
def opened(
    browser: Browser, clips: AudioCache, speech_to_text: SpeechToTextLoader
) -> Iterator[Page]:
    """A page of somebody whom nobody knows yet."""
    with tempfile.TemporaryDirectory() as folder:
        settings = local_settings(f"sqlite://{Path(folder) / 'memory.sqlite3'}")
        with served(local_page(settings, clips, speech_to_text)) as address:
            context = browser.new_context(permissions=["microphone"], bypass_csp=True)
            page = context.new_page()
            page.goto(address)
            page.wait_for_selector("#hints button")
            yield page
            context.close()


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with EspeakTextToSpeech() as voice, running() as browser:
        clips, speech_to_text = AudioCache(voice), SpeechToTextLoader("en-US")
        speech_to_text.ready()
        with opened(browser, clips, speech_to_text) as page:
            for number, (name, reach) in enumerate(PHASES.items()):
                reach(page)
                for (device, (width, height)), scheme in product(DEVICES.items(), SCHEMES):
                    page.set_viewport_size({"width": width, "height": height})
                    page.emulate_media(color_scheme=scheme)
                    page.wait_for_timeout(150)
                    page.screenshot(path=folder / f"{number}-{name}-{device}-{scheme}.png")


if __name__ == "__main__":
    main()
