"""How true the rendered sound is: each hold to its prescription, each cue to what the page shows.

python -m tests.bench.sound

Renders every exercise at every pace, in full and in brief words, as the page plays it, and
measures the silences in the sound itself. Where there is a Chromium, one exercise is also played by
the page at its own speed, and what reaches the loudspeaker is compared with what the page shows.
"""

import tempfile
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from skill.cli.local_page import local_page
from skill.cli.local_speaker import local_settings
from skill.cli.loopback_server import served
from skill.coach.session import guided_scripts
from skill.content import Content
from skill.exercises import load_facts
from skill.speaker.browser.speech_to_text_loader import SpeechToTextLoader
from skill.speaker.playback import play
from speech.script import Hold, Say, Script
from speech.ssml import ssml
from speech.timeline import timeline
from speech.tts.audio_cache import AudioCache
from speech.tts.espeak import SILENCE_AMPLITUDE, EspeakTextToSpeech
from speech.wording import Wording
from tests.browser.chromium import KEEP_THE_SOUND, find, running
from tests.browser.person import Row, clear, rows

Sound = NDArray[np.int16]


def knowing(clips: AudioCache) -> Content:
    """What the coach knows, with the lengths of real sound."""
    routines, safety = load_facts()
    words = Wording.for_language("en")
    return Content(routines, safety, words, spoken=clips.seconds, drift=0.0)


def rendered(script: Script, clips: AudioCache) -> Sound:
    """The sound of a script, by way of its SSML as a device plays it."""
    pieces = play(ssml(script, clips.seconds), clips.seconds)
    whole = np.zeros(round(pieces[-1].end * clips.sample_rate) + 1, dtype=np.int16)
    for piece in pieces:
        if piece.text:
            clip = np.array(clips.audio(piece.text, piece.rate), dtype=np.int16)
            start = round(piece.start * clips.sample_rate)
            whole[start : start + len(clip)] = clip[: len(whole) - start]
    return whole


def heard_edges(sound: Sound, rate: int, start: float, end: float) -> tuple[float, float]:
    """Seconds of the last sound before a silence, and of the first sound after it."""
    middle = round((start + end) / 2 * rate)
    loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > SILENCE_AMPLITUDE)
    before, after = loud[loud < middle], loud[loud >= middle]
    return (before[-1] + 1) / rate, (after[0] if len(after) else len(sound)) / rate


def hold_errors(script: Script, clips: AudioCache, sound: Sound) -> Iterator[float]:
    """Seconds by which each hold in the sound differs from its prescription."""
    for span in timeline(script, clips.seconds):
        if isinstance(span.cue, Hold):
            halfway = clips.seconds(span.cue.halfway, script.rate) if span.cue.halfway else 0.0
            middle = span.start + span.cue.seconds / 2
            first = heard_edges(sound, clips.sample_rate, span.start, middle)
            if not span.cue.halfway:
                first = heard_edges(sound, clips.sample_rate, span.start, span.end)
                yield first[1] - first[0] - span.cue.seconds
                continue
            second = heard_edges(sound, clips.sample_rate, middle + halfway, span.end)
            yield second[1] - first[0] - span.cue.seconds


def cue_errors(script: Script, clips: AudioCache, sound: Sound) -> Iterator[float]:
    """Seconds by which each spoken cue begins in the sound later than the page shows it."""
    loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > SILENCE_AMPLITUDE)
    for span in timeline(script, clips.seconds):
        if isinstance(span.cue, Say):
            begins = loud[np.searchsorted(loud, round((span.start - 0.2) * clips.sample_rate))]
            yield begins / clips.sample_rate - span.start


def played_by_the_page(clips: AudioCache) -> tuple[list[float], list[float]]:
    """Seconds by which holds, and starts of cues, differ in a browser from what its page shows."""
    with tempfile.TemporaryDirectory() as folder:
        settings = local_settings(f"sqlite://{Path(folder) / 'memory.sqlite3'}")
        app = local_page(settings, clips, SpeechToTextLoader("en-US"))
        with served(app) as address, running() as browser:
            page = browser.new_context(bypass_csp=True).new_page()
            page.add_init_script(KEEP_THE_SOUND)
            page.goto(address)
            page.wait_for_selector("#hints button")
            clear(page)
            page.wait_for_function("backCoach.player.position !== null")
            shown = rows(page)
            prompt = next(row for row in shown if row.kind == "listening")
            page.wait_for_function(
                "at => backCoach.player.position > at + 0.5", arg=prompt.start, timeout=300_000
            )
            began = page.evaluate("backCoach.context.currentTime - backCoach.player.position")
            sounds = np.array(page.evaluate("kept.played")) - began
    return differences(shown, sounds[:, 0], sounds[:, 1], prompt.start)


def differences(
    shown: list[Row], first: NDArray[np.float64], last: NDArray[np.float64], end: float
) -> tuple[list[float], list[float]]:
    """Holds and starts of cues against the first and last seconds of each sound."""
    holds, cues = [], []
    for before, row in pairwise([None, *shown]):
        assert row is not None
        middle = (row.start + row.end) / 2
        if row.kind == "hold":
            quiet = first[first > middle][0] - last[last < middle][-1]
            holds.append(float(quiet - (row.end - row.start)))
        # Where words follow words there is no silence by which to tell when they begin.
        follows = before is not None and before.kind == "speaking"
        if row.kind == "speaking" and row.start < end and not follows:
            # What is heard before the first cue is the end of the answer before.
            since = row.start - 0.2 if before is not None else row.start - 0.01
            cues.append(float(first[first > since][0] - row.start))
    return holds, cues


def main() -> None:
    """Measure and print."""
    holds: list[tuple[float, str]] = []
    cues: list[tuple[float, str]] = []
    with EspeakTextToSpeech() as voice:
        clips = AudioCache(voice)
        content = knowing(clips)
        paces = [pace.id for pace in content.exercises.pace]
        for exercise, pace, is_new in product(content.exercises.ids, paces, (True, False)):
            for script in guided_scripts(content, exercise, pace=pace, is_new=is_new):
                name = f"{exercise}, {pace}, {'full' if is_new else 'brief'}"
                sound = rendered(script, clips)
                holds += [(abs(error), name) for error in hold_errors(script, clips, sound)]
                cues += [(abs(error), name) for error in cue_errors(script, clips, sound)]
    for what, errors, limit in (("holds", holds, 50), ("starts of cues", cues, 100)):
        worst, name = max(errors)
        print(f"{len(errors)} {what}: worst {1000 * worst:.2f} ms ({name}); limit {limit} ms")
    if find() is None:
        print("there is no Chromium to play the page in")
        return
    with EspeakTextToSpeech() as voice:
        played = played_by_the_page(AudioCache(voice))
    for what, found, limit in zip(("holds", "starts of cues"), played, (50, 100), strict=True):
        worst = 1000 * max(map(abs, found))
        print(f"{len(found)} {what} heard in Chromium: worst {worst:.2f} ms; limit {limit} ms")


if __name__ == "__main__":
    main()
