"""Simulation of a talk: utterances in, a transcript out, on a clock that needs no waiting."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from skill.speaker.device import CueKind, Device, DeviceCue
from speech.wording import Wording

THINKING_SECONDS = 1.0
"""How long the simulated person takes to answer."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LATER = re.compile(r"\+(\d{1,4}(?:\.\d+)?)([smhd])\s+(.*)")
"""Later than four digits of days is no utterance's time; it is taken as words."""
_WIDTH = 100
_INDENT = " " * 17


class SimulatedClock:
    """Simulated clock, which stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        """Starts at an aware moment."""
        self.start = start
        self.now = start

    def __call__(self) -> datetime:
        """Present moment: where the clock stands."""
        return self.now

    def at(self, moment: datetime) -> None:
        """Move on; never back."""
        self.now = max(self.now, moment)


def transcript(
    utterances: Iterable[str], device: Device, clock: SimulatedClock, words: Wording
) -> Iterator[str]:
    """Transcript of a talk, line by line: when, who, and the words or the seconds of silence.

    A plain utterance is said once the device listens. One with `+35s` (or m, h, d) in front is
    said so long after the coach began its last answer, and interrupts it. A line with `#` in
    front is a heading; an empty line is passed over.
    """
    began = clock.now
    headings: list[str] = []
    for raw in utterances:
        said = raw.strip()
        if said.startswith("#"):
            headings += ["", said]
        if not said or said.startswith("#"):
            continue
        moment, utterance = _moment_and_utterance(said, began, device, clock)
        yield from _lines_until(device, clock, moment, words)
        yield from headings
        headings = []
        yield _transcript_line(clock, "You", utterance)
        heard = device.hear(utterance, clock.now)
        began = clock.now
        if heard.trouble:
            yield _transcript_line(clock, "Device", words(heard.trouble))
    over = device.ends_at
    if over is not None:
        yield from _lines_until(device, clock, over, words)
    yield from headings


def _moment_and_utterance(
    said: str, began: datetime, device: Device, clock: SimulatedClock
) -> tuple[datetime, str]:
    later = _LATER.fullmatch(said)
    if later:
        return began + timedelta(seconds=float(later[1]) * _UNITS[later[2]]), later[3]
    free = device.first_listening() or device.ends_at or clock.now
    thinking = timedelta(seconds=THINKING_SECONDS)
    return (free + thinking if device.cues else clock.now), said


def _lines_until(
    device: Device, clock: SimulatedClock, until: datetime, words: Wording
) -> Iterator[str]:
    """What the device did from now until a moment."""
    for cue in device.cues:
        if cue.start >= until or cue.start < clock.now:
            continue
        clock.at(cue.start)
        yield from _cue_lines(cue, clock, min(until, cue.end))
    over = device.ends_at
    if over is not None and over <= until:
        # The session ends when it ends, not when the next thing is said.
        clock.at(over)
        if device.advance(clock.now):
            yield _transcript_line(clock, "Device", words("device-session-over"))
    clock.at(until)


def _cue_lines(cue: DeviceCue, clock: SimulatedClock, end: datetime) -> Iterator[str]:
    seconds = (end - cue.start).total_seconds()
    cut = " (interrupted)" if end < cue.end else ""
    match cue.kind:
        case CueKind.SPEAKING:
            yield _transcript_line(clock, "Coach", cue.text + (" —" if cut else ""))
        case CueKind.SILENT:
            yield _transcript_line(clock, "", f"[{seconds:.3g} s]{cut}")
        case CueKind.LISTENING:
            if not cut:
                yield _transcript_line(clock, "", f"[{seconds:.3g} s, listening]")


def _transcript_line(clock: SimulatedClock, who: str, text: str) -> str:
    tenths = round((clock.now - clock.start) / timedelta(seconds=0.1))
    minutes, tenths = divmod(tenths, 600)
    stamp = f"{minutes // 60}:{minutes % 60:02}:{tenths / 10:04.1f}"
    return textwrap.fill(
        text, _WIDTH, initial_indent=f"{stamp:>9} {who:>6} ", subsequent_indent=_INDENT
    )
