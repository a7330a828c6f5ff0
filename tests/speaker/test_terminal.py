"""The smart speaker in a terminal: what is shown while it speaks, is silent and listens."""

import fcntl
import json
import os
import pty
import re
import select
import struct
import sys
import termios
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import Popen

import pytest

from skill.speaker.device import CueKind, Device, DeviceCue
from skill.speaker.nlu.recognizer import IntentRecognizer
from skill.speaker.terminal import Terminal, live_line
from speech.wording import Wording

pytestmark = pytest.mark.slow

NOW = datetime(2025, 1, 6, 8, tzinfo=UTC)
FULL, EMPTY = "█", "░"


def cue(kind: CueKind, seconds: float = 10.0, text: str = "") -> DeviceCue:
    return DeviceCue(kind, NOW, seconds, text)


def line_after(seconds: float, shown: DeviceCue | None) -> str:
    return live_line(shown, NOW + timedelta(seconds=seconds))


def test_at_rest_the_line_is_quiet() -> None:
    assert line_after(0, None).strip() == "·"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, ""), (0.1, "One"), (2.5, "One"), (5.0, "One two"), (7.6, "One two three four")],
)
def test_words_appear_as_they_are_spoken(seconds: float, words: str) -> None:
    said = line_after(seconds, cue(CueKind.SPEAKING, 10.0, "One two three four"))
    assert said.split() == ["♪", *words.split()]


def test_of_a_long_sentence_the_last_words_are_shown() -> None:
    numbers = " ".join(map(str, range(100)))
    shown = line_after(9.99, cue(CueKind.SPEAKING, 10.0, numbers)).split()
    assert shown[-1] == "99"
    assert len(shown) < 20


@pytest.mark.parametrize(("kind", "sign"), [(CueKind.SILENT, ""), (CueKind.LISTENING, "●")])
@pytest.mark.parametrize(
    ("seconds", "full", "left"), [(0.0, 30, "10.0 s"), (5.0, 15, "5.0 s"), (9.9, 0, "0.1 s")]
)
def test_a_bar_shows_how_much_of_a_silence_is_left(
    kind: CueKind, sign: str, seconds: float, full: int, left: str
) -> None:
    line = line_after(seconds, cue(kind))
    assert line.count(FULL) == full
    assert line.count(EMPTY) == 30 - full
    assert line.endswith(left)
    assert line.strip().startswith(sign)


def test_a_bar_only_ever_shrinks() -> None:
    hold = cue(CueKind.SILENT, 7.3)
    cells = [line_after(tenth / 10, hold).count(FULL) for tenth in range(74)]
    assert cells == sorted(cells, reverse=True)
    assert (cells[0], cells[-1]) == (30, 0)


@pytest.mark.parametrize("seconds", [-5.0, 0.0, 15.0])
@pytest.mark.parametrize("kind", CueKind)
def test_a_clock_that_is_off_breaks_nothing(kind: CueKind, seconds: float) -> None:
    for length in (0.0, 10.0):
        line = line_after(seconds, cue(kind, length, "One two"))
        assert line.count(FULL) + line.count(EMPTY) in (0, 30)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


ANSWER = {
    "response": {
        "outputSpeech": {
            "type": "SSML",
            "ssml": '<speak>And hold.<break time="5s"/>And rest. Again?</speak>',
        },
        "reprompt": {"outputSpeech": {"type": "SSML", "ssml": "<speak>Say yes.</speak>"}},
        "shouldEndSession": False,
    }
}


@pytest.fixture(scope="module")
def recognizer() -> IntentRecognizer:
    return IntentRecognizer.for_locale("en-US")


def test_each_piece_is_printed_once_when_it_begins(
    recognizer: IntentRecognizer, capsys: pytest.CaptureFixture[str]
) -> None:
    clock, words = Clock(), Wording.for_language("en")
    device = Device(lambda _: json.dumps(ANSWER).encode(), recognizer)
    terminal = Terminal(device, clock, words)
    for typed in ("  ", "yes", "Alexa, open back coach"):
        terminal.hear(typed)
    for _ in range(400):
        terminal.tick()
        clock.now += timedelta(seconds=0.1)
    printed = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert printed == [
        words("device-nothing-open"),
        "coach ▸ And hold.",
        "coach ▸ And rest. Again?",
        "coach ▸ Say yes.",
        words("device-session-over"),
    ]


def test_the_same_words_after_an_interruption_are_printed_again(
    recognizer: IntentRecognizer, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    device = Device(lambda _: json.dumps(ANSWER).encode(), recognizer)
    terminal = Terminal(device, clock, Wording.for_language("en"))
    for typed in ("Alexa, open back coach", "yes", "yes"):
        terminal.hear(typed)
        terminal.tick()
        terminal.tick()
    assert capsys.readouterr().out.splitlines() == ["coach ▸ And hold."] * 3


COMMAND = [sys.executable, "-W", "error", "-m", "skill", "talk"]
WHERE_IS_THE_CURSOR = b"\x1b[6n"
_ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[()][A-Z0-9]|[=>78])|\r")


class Screen:
    """A pseudo-terminal with the speaker running in it."""

    def __init__(self, folder: Path) -> None:
        self._terminal, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        environment = {
            **os.environ,
            "HOME": str(folder),
            "TERM": "xterm",
            "BACK_COACH_STORE": f"sqlite://{folder / 'memory.sqlite3'}",
        }
        self.process = Popen(
            COMMAND, stdin=inside, stdout=inside, stderr=inside, env=environment, close_fds=True
        )
        os.close(inside)
        self._raw = b""
        self.shown = ""

    def type(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def type_until(self, keys: str, text: str) -> None:
        """Type until a text is shown: keys that come between two prompts may be lost."""
        for _ in range(10):
            self.type(keys)
            if self.shows(text, 3.0):
                return
        pytest.fail(self.shown)

    def shows(self, text: str, seconds: float = 120.0) -> bool:
        """Whether a text is on the screen, or comes within so many seconds."""
        give_up = time.monotonic() + seconds
        while text not in self.shown:
            left = give_up - time.monotonic()
            ready, _, _ = select.select([self._terminal], [], [], max(left, 0))
            if not ready:
                return False
            self._read()
        return True

    def _read(self) -> None:
        read = os.read(self._terminal, 65536)
        for _ in range(read.count(WHERE_IS_THE_CURSOR)):
            self.type("\x1b[1;1R")
        self._raw += read
        self.shown = _ESCAPES.sub("", self._raw.decode("utf-8", "ignore"))

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._terminal)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    screen = Screen(tmp_path)
    yield screen
    screen.close()


def test_somebody_talks_to_it_in_a_terminal(screen: Screen) -> None:
    words = Wording.for_language("en")
    assert screen.shows(words("device-welcome")[:40])
    screen.type_until("Alexa, start the bridge\r", "coach ▸ ")
    assert screen.shows("♪ ")
    screen.type_until("Alexa, stop\r", "Bye")
    screen.type_until("\x04", words("device-leaving"))
    assert screen.process.wait(30) == 0
    assert "Traceback" not in screen.shown
