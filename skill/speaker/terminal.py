"""Terminal of the local speaker, in real time: words as they are spoken, a bar for a hold."""

import asyncio
import math
import shutil
import sys
import textwrap
from collections.abc import Callable
from datetime import datetime, timedelta

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.patch_stdout import patch_stdout

from skill.speaker.device import CueKind, Device, DeviceCue
from speech.wording import Wording

TICK_SECONDS = 0.1
_BAR_CELLS = 30

Clock = Callable[[], datetime]


class Terminal:
    """Terminal that shows what a device does, and gives it what is typed."""

    def __init__(self, device: Device, clock: Clock, words: Wording) -> None:
        self._device = device
        self._clock = clock
        self._words = words
        self._shown: DeviceCue | None = None
        self._prints_silences = False

    def run(self) -> bool:
        """Talk until the input ends; what is being said by then is said to its end.

        Returns:
            Whether there was any input at all.
        """
        if sys.stdin.isatty():
            asyncio.run(self._typed())
            return True
        return asyncio.run(self._piped())

    async def _typed(self) -> None:
        session: PromptSession[str] = PromptSession(
            "you ▸ ", bottom_toolbar=self._toolbar, refresh_interval=TICK_SECONDS
        )
        with patch_stdout():
            self._print(self._words("device-welcome"))
            player = asyncio.create_task(self._play())
            try:
                while True:
                    self.hear(await session.prompt_async())
            except (EOFError, KeyboardInterrupt):
                self._print(self._words("device-leaving"))
            finally:
                player.cancel()
                self._device.switch_off(self._clock())

    async def _piped(self) -> bool:
        """Lines from a pipe, with the silences as lines of their own."""
        self._prints_silences = True
        player, has_input = asyncio.create_task(self._play()), False
        while line := await asyncio.to_thread(sys.stdin.readline):
            has_input = True
            self._print(f"you ▸ {line.strip()}")
            self.hear(line)
        over = self._device.ends_at
        while over is not None and self._clock() < over:
            await asyncio.sleep(TICK_SECONDS)
        self.tick()
        player.cancel()
        return has_input

    def hear(self, typed: str) -> None:
        """Hear words that were typed; they interrupt as a wake word does."""
        if not typed.strip():
            return
        self._shown = None
        heard = self._device.hear(typed, self._clock())
        if heard.trouble:
            self._print(f"        {self._words(heard.trouble)}")

    async def _play(self) -> None:
        while True:
            self.tick()
            await asyncio.sleep(TICK_SECONDS)

    def tick(self) -> None:
        """Print each piece of speech as it begins; notice a session that ends."""
        now = self._clock()
        if self._device.advance(now):
            self._print(f"        {self._words('device-session-over')}")
        cue = self._device.now_doing(now)
        if cue is not None and cue is not self._shown:
            self._begin(cue)
        self._shown = cue

    def _begin(self, cue: DeviceCue) -> None:
        if cue.kind is CueKind.SPEAKING:
            width = shutil.get_terminal_size().columns
            self._print(textwrap.fill(f"coach ▸ {cue.text}", width, subsequent_indent=" " * 8))
        elif self._prints_silences:
            self._print(
                f"        [{cue.seconds:.3g} s{', listening' * (cue.kind is CueKind.LISTENING)}]"
            )

    def _print(self, text: str) -> None:
        print(text, flush=True)

    def _toolbar(self) -> FormattedText:
        return FormattedText(
            [("", live_line(self._device.now_doing(self._clock()), self._clock()))]
        )


def live_line(cue: DeviceCue | None, now: datetime) -> str:
    """Status line: words spoken so far, the bar of a silence, or that the microphone is open."""
    if cue is None:
        return " · "
    gone = (now - cue.start) / timedelta(seconds=cue.seconds or 1)
    match cue.kind:
        case CueKind.SPEAKING:
            words = cue.text.split()
            return " ♪ " + " ".join(words[: math.ceil(gone * len(words))][-14:])
        case CueKind.SILENT:
            return f" {_bar(gone)} {cue.seconds * (1 - gone):4.1f} s"
        case CueKind.LISTENING:
            return f" ● {_bar(gone)} {cue.seconds * (1 - gone):4.1f} s"


def _bar(gone: float) -> str:
    full = round(_BAR_CELLS * (1 - min(max(gone, 0.0), 1.0)))
    return "█" * full + "░" * (_BAR_CELLS - full)
