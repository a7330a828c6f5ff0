"""How long somebody waits for an answer: from the end of what they said to its first sound.

python -m tests.bench.first_word

A real Chromium hears a file as its microphone, and both that and what it plays are measured to the
sample, on the clock of its sound card. Once the button is held while something is said, and let go
where the speech ends; once the page listens by itself, and has to wait for a pause first.
"""

import re
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from msgspec import Struct
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TimedOut

from skill.cli.local_page import local_content, local_page, prewarm
from skill.cli.local_speaker import local_settings
from skill.cli.loopback_server import served
from skill.speaker.browser.page import static_text
from skill.speaker.browser.speech_to_text_loader import SpeechToTextLoader
from speech.tts.audio_cache import AudioCache
from speech.tts.espeak import EspeakTextToSpeech
from tests.browser.chromium import KEEP_THE_SOUND, running, write_wave

LEAD_IN, GAP = 2.0, 4.0
"""Seconds of silence before the first thing that is said, and between two."""
GOAL = 0.300
HOLD, ASKED, PAUSED, PROMPT = "in a hold", "asked", "paused", "at the end"

# What is said, and when: at rest, to a question, in the middle of a hold, at the prompt after it.
HELD = (
    ("open back coach", ""),
    ("start knees to chest", ASKED),
    *[("no", ASKED)] * 5,
    ("pause", HOLD),
    ("resume", PAUSED),
    ("how long is left", HOLD),
    ("start the bridge", HOLD),
    ("repeat", HOLD),
    ("start the lying rotation", HOLD),
    ("stop", HOLD),
)
BY_ITSELF = (
    ("open back coach", ""),
    ("start the bridge", ASKED),
    *[("no", ASKED)] * 5,
    ("yes", PROMPT),
    ("start knees to chest", PROMPT),
    ("start the bridge", PROMPT),
    ("how long is left", PROMPT),
    ("stop", PROMPT),
)


# When the button was let go, and when the answer to what was said had come: whatever is played
# before that is no answer.
MARK_THE_TURNS = r"""
(() => {
  const marks = (window.marks = { released: 0, answered: [] });
  const now = () => backCoach.context.currentTime;
  addEventListener("keyup", () => (marks.released = now()), true);
  const ask = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await ask(...asked);
    if (/\/heard$|[?&]all=/.test(asked[0])) marks.answered.push(now());
    return answer;
  };
})();
"""
FIRST_SOUND = """
end => {
  const answered = marks.answered.find((at) => at > end);
  return answered && kept.played.find(([first]) => first > answered);
}
"""


class Wait(Struct, frozen=True):
    """One answer."""

    said: str
    heard: str
    """What was made out of it."""
    seconds: float
    """From the last sample of speech to the first sound of the answer."""
    since_release: float
    """From letting the button go; the same where nobody holds it."""


class Said(Struct, frozen=True):
    """What the microphone hears."""

    path: Path
    spans: tuple[tuple[float, float], ...]
    """Seconds in the file from and to which each thing is said."""


def spoken(texts: Sequence[str], clips: AudioCache, folder: Path) -> Said:
    """A file in which things are said, one after the other."""
    rate = clips.sample_rate
    sound, spans = array("h", [0] * round(LEAD_IN * rate)), []
    for text in texts:
        clip = clips.audio(text)
        spans.append((len(sound) / rate, (len(sound) + len(clip)) / rate))
        sound += clip + array("h", [0] * round(GAP * rate))
    path = folder / "said.wav"
    write_wave(path, sound, rate)
    return Said(path, tuple(spans))


@contextmanager
def opened(said: Said, clips: AudioCache, ear: SpeechToTextLoader, folder: Path) -> Iterator[Page]:
    """The page in a browser whose microphone hears what is said."""
    settings = local_settings(f"sqlite://{folder / 'memory.sqlite3'}")
    app = local_page(settings, clips, ear)
    with served(app) as address, running(said.path) as browser:
        context = browser.new_context(permissions=["microphone"], bypass_csp=True)
        page = context.new_page()
        page.add_init_script(KEEP_THE_SOUND + MARK_THE_TURNS)
        page.goto(address)
        page.wait_for_selector("#hints button")
        yield page
        context.close()


def until(page: Page, at: float) -> None:
    """Wait for a second of the sound card's clock."""
    page.wait_for_function("at => backCoach.context.currentTime >= at", arg=at, polling=5)


def onset(page: Page, after: float) -> float:
    """The sound card's second at which the microphone begins to hear the next thing."""
    find = "after => kept.heard.find(([first]) => first > after)"
    page.wait_for_function(find, arg=after, polling=5)
    return float(page.evaluate(f"({find})({after})[0]"))


def go_to(page: Page, where: str) -> None:
    """Go to where in an answer the next thing is said."""
    page.evaluate(
        """where => {
          const rows = [...document.querySelectorAll("#timeline tr")].map(
            (row) => [...row.children].map((cell) => cell.textContent));
          const kinds = where === "in a hold" ? ["hold", "count"] : ["listening"];
          const found = rows.find((row) => kinds.includes(row[2])) ?? rows[0];
          if (found) backCoach.seek(Number(found[0]) + 0.05);
        }""",
        where,
    )


def clear(page: Page) -> None:
    """Press "no" for each that was not heard: what is said next is not meant for a question."""
    while page.is_visible("#answers"):
        page.click("#answers button >> nth=0")
        page.wait_for_timeout(250)
    page.focus("#talk")


def answered(page: Page, end: float) -> float | None:
    """When the first sound of the answer to what ended then was played; None if none came."""
    try:
        page.wait_for_function(FIRST_SOUND, arg=end, timeout=1000 * (GAP - 1.5))
    except TimedOut:
        return None
    return float(page.evaluate(f"({FIRST_SOUND})({end})[0]"))


def waits(page: Page, said: Said, talk: Sequence[tuple[str, str]], *, held: bool) -> Iterator[Wait]:
    """Say everything, and measure each answer; the first one only opens the microphone."""
    page.focus("#talk")
    page.keyboard.down("Space")
    page.wait_for_function("window.backCoach?.microphone?.openedAt > 0")
    end = 0.0
    for number, (text, where) in enumerate(talk):
        start, over = said.spans[number]
        if number:
            until(page, end + GAP - 2.0)
            if where != ASKED:
                clear(page)
            until(page, end + GAP - 1.2)
            go_to(page, where)
        if held and number:
            page.keyboard.down("Space")
        # Each is timed by its own onset: a busy machine may lose sound of the microphone.
        end = onset(page, end + GAP / 2 if number else 0.0) + over - start
        if held or not number:
            until(page, end)
            page.keyboard.up("Space")
        first = answered(page, end)
        released = page.evaluate("marks.released") if held else end
        if first is None:
            print(f"  no answer was played to {text!r}: {page.inner_text('#notice')}")
        elif number:
            yield Wait(text, page.inner_text("#heard"), first - end, first - released)


def measured(
    talk: Sequence[tuple[str, str]], clips: AudioCache, ear: SpeechToTextLoader, *, held: bool
) -> list[Wait]:
    """All answers of a talk."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        said = spoken([text for text, _ in talk], clips, folder)
        with opened(said, clips, ear, folder) as page:
            if not held:
                assert page.is_checked("#hands-free")
            return list(waits(page, said, talk, held=held))


def pause() -> float:
    """Seconds of quiet after which the page, listening by itself, takes a thing for said."""
    found = re.search(r"const PAUSE = ([\d.]+)", static_text("microphone.js"))
    assert found, "the page has no pause"
    return float(found[1])


def report(title: str, found: Sequence[Wait], less: float = 0.0) -> None:
    """Print every wait, and their median; `less` is the pause that is waited for."""
    print(title)
    for wait in found:
        print(
            f"  {1000 * wait.seconds:5.0f} ms  {wait.said!r}: {wait.heard or 'not clearly heard'}"
        )
    middle = median(wait.seconds for wait in found)
    worst = max(wait.seconds for wait in found)
    print(f"  {len(found)} answers: median {1000 * middle:.0f} ms, worst {1000 * worst:.0f} ms")
    if less:
        print(f"  median after the {1000 * less:.0f} ms of pause: {1000 * (middle - less):.0f} ms")
    else:
        since = median(wait.since_release for wait in found)
        print(f"  median from the release: {1000 * since:.0f} ms")
    print(f"  goal: median under {1000 * GOAL:.0f} ms", flush=True)


def main() -> None:
    """Measure and print."""
    with EspeakTextToSpeech() as voice:
        clips, ear = AudioCache(voice), SpeechToTextLoader("en-US")
        assert ear.ready() is not None, "there is no ear"
        prewarm(clips, local_content(clips, "questions"))
        held = measured(HELD, clips, ear, held=True)
        report("Button held, let go at the end of speech", held)
        free = measured(BY_ITSELF, clips, ear, held=False)
        report("Listening by itself", free, pause())


if __name__ == "__main__":
    main()
