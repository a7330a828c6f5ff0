"""How true the rendered sound is: each hold to its prescription, each cue to what the page shows.

python -m tests.bench.sound

Renders every exercise at every pace, in full and in brief words, as the page plays it, and
measures the silences in the sound itself.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray

from skill.coach.repertoire import Repertoire
from skill.lengths import guidance
from skill.routines import load_routines
from skill.speaker.playback import play
from speech.clips import Clips
from speech.script import Hold, Say, Script
from speech.ssml import ssml
from speech.timing import timeline
from speech.voice import SILENCE_AMPLITUDE, EspeakVoice
from speech.wording import Wording

Sound = NDArray[np.int16]


def knowing(clips: Clips) -> Repertoire:
    """What the coach knows, with the lengths of real sound."""
    routines, safety = load_routines()
    words = Wording.for_language("en")
    return Repertoire(routines, safety, words, spoken=clips.seconds, drift=0.0)


def rendered(script: Script, clips: Clips) -> Sound:
    """The sound of a script, by way of its SSML as a device plays it."""
    pieces = play(ssml(script, clips.seconds), clips.seconds)
    whole = np.zeros(round(pieces[-1].end * clips.sample_rate) + 1, dtype=np.int16)
    for piece in pieces:
        if piece.text:
            clip = np.array(clips.sound(piece.text, piece.rate), dtype=np.int16)
            start = round(piece.start * clips.sample_rate)
            whole[start : start + len(clip)] = clip[: len(whole) - start]
    return whole


def heard_edges(sound: Sound, rate: int, start: float, end: float) -> tuple[float, float]:
    """Seconds of the last sound before a silence, and of the first sound after it."""
    middle = round((start + end) / 2 * rate)
    loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > SILENCE_AMPLITUDE)
    before, after = loud[loud < middle], loud[loud >= middle]
    return (before[-1] + 1) / rate, (after[0] if len(after) else len(sound)) / rate


def hold_errors(script: Script, clips: Clips, sound: Sound) -> Iterator[float]:
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


def cue_errors(script: Script, clips: Clips, sound: Sound) -> Iterator[float]:
    """Seconds by which each spoken cue begins in the sound later than the page shows it."""
    loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > SILENCE_AMPLITUDE)
    for span in timeline(script, clips.seconds):
        if isinstance(span.cue, Say):
            begins = loud[np.searchsorted(loud, round((span.start - 0.2) * clips.sample_rate))]
            yield begins / clips.sample_rate - span.start


def main() -> None:
    """Measure and print."""
    holds: list[tuple[float, str]] = []
    cues: list[tuple[float, str]] = []
    with EspeakVoice() as voice:
        clips = Clips(voice)
        knows = knowing(clips)
        paces = [pace.id for pace in knows.routines.pace]
        for exercise, pace, is_new in product(knows.routines.ids, paces, (True, False)):
            for script in guidance(knows, exercise, pace, is_new=is_new):
                name = f"{exercise}, {pace}, {'full' if is_new else 'brief'}"
                sound = rendered(script, clips)
                holds += [(abs(error), name) for error in hold_errors(script, clips, sound)]
                cues += [(abs(error), name) for error in cue_errors(script, clips, sound)]
    for what, errors, limit in (("holds", holds, 50), ("starts of cues", cues, 100)):
        worst, name = max(errors)
        print(f"{len(errors)} {what}: worst {1000 * worst:.2f} ms ({name}); limit {limit} ms")


if __name__ == "__main__":
    main()
