"""How well the local speaker hears: intents, rejection, and above all answers to safety questions.

python -m tests.bench.hearing           all three figures, on every clip
python -m tests.bench.hearing --few     on an eighth of them

Synthetic voices say phrases that were written apart from the model, in a quiet room and in white
noise 15 dB below the voice. "know" is the same sound as "no" and is counted by itself.
"""

import argparse
import csv
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np

from skill.speaker.page_grammar import answers, talk
from skill.speaker.understanding import FALLBACK, Understanding
from speech.ear import SAMPLE_RATE, Ear, hear
from speech.ear_decoder import Sphinx
from speech.ear_grammar import Network
from speech.ear_sphinx import SphinxEar
from speech.voice import EspeakVoice

LOCALE = "en-US"
VOICES = ("en-us", "en-us+f3", "en-us+m7", "en-gb-x-rp")
QUIET, NOISY = 45.0, 15.0
"""Decibels of the voice above the noise."""
BEFORE = AFTER = 0.35
"""Seconds of the room around the voice; the page keeps as much from before the button."""
PIECE = 3200
HEARD = Path(__file__).parent.parent / "heard"
MOST_PHRASES = 80

NO = ("no", "nope", "no no", "no i don't", "no thank you", "none of those")
SAME_SOUND = ("know",)
NOT_NO = (
    "yes", "yeah", "yep", "yes i do", "yes both legs", "maybe", "not sure", "i'm not sure",
    "i don't know", "i do not know", "i suppose so", "i hope so", "i think so", "i know",
    "sometimes", "a little", "now", "not now", "oh", "oh no my back", "whoa", "go", "so", "snow",
    "slow", "though", "low", "row", "toe", "show", "home", "note", "nose", "known", "nowhere",
    "moan", "own", "owe", "mow", "new", "knee", "near", "nor", "north", "noise", "nine", "noon",
    "none the wiser", "nothing yet", "never mind", "not really", "not any more", "help", "repeat",
    "repeat the question", "stop", "pain", "ouch", "ow", "my legs are numb", "emergency", "hello",
    "how", "wow", "throw", "blow", "ago", "dough", "phone", "alone", "window", "banana", "potato",
    "radio", "noah", "nobody", "no but my legs are numb", "no wait", "start the bridge",
    "play some music", "turn on the light", "what time is it", "um", "hm", "gnome", "knock", "nod",
)  # fmt: skip


def at_16_khz(samples: Sequence[int], rate: int) -> np.ndarray:
    """Sound at the ear's rate: cut off above 8 kHz, by way of its spectrum."""
    spectrum = np.fft.rfft(np.asarray(samples, dtype=np.float64))
    count = round(len(samples) * SAMPLE_RATE / rate)
    return np.fft.irfft(spectrum[: count // 2 + 1], count) * count / len(samples)


def in_a_room(voice: EspeakVoice, text: str, decibels: float, seed: int) -> array[int]:
    """A text said in a room that is so many decibels below the voice."""
    said = at_16_khz(voice.say(text), voice.sample_rate)
    level = np.sqrt(np.mean(said**2))
    quiet = np.zeros(round(BEFORE * SAMPLE_RATE))
    whole = np.concatenate((quiet, said, quiet))
    noise = np.random.default_rng(seed).normal(0, level / 10 ** (decibels / 20), len(whole))
    sound = np.clip((whole + noise) * 0.5, -32_768, 32_767).astype(np.int16)
    return array("h", sound.tobytes())


def said_by_all(phrases: Sequence[str]) -> Iterator[tuple[str, float, array[int]]]:
    """Each phrase by each voice, in the quiet and in noise."""
    for name in VOICES:
        with EspeakVoice(name) as voice:
            for seed, phrase in enumerate(phrases):
                for decibels in (QUIET, NOISY):
                    yield phrase, decibels, in_a_room(voice, phrase, decibels, seed)


def intents(ear: Ear, phrases: dict[str, str]) -> None:
    """Print how often the intent of a phrase was heard; FALLBACK is the intent of other speech."""
    understanding = Understanding.for_locale(LOCALE)
    right, count, waits = Counter[float](), Counter[float](), []
    for phrase, decibels, sound in said_by_all(list(phrases)):
        listening = ear.listen(to_a_question=False)
        for at in range(0, len(sound), PIECE):
            listening.feed(sound[at : at + PIECE])
        began = perf_counter()
        hearing = listening.finish()
        waits.append(perf_counter() - began)
        intent = understanding.understand(hearing.words).intent if hearing.is_clear else FALLBACK
        count[decibels] += 1
        right[decibels] += intent.rpartition(".")[2] == phrases[phrase].rpartition(".")[2]
    for decibels in (QUIET, NOISY):
        share = right[decibels] / count[decibels]
        print(f"  {decibels:g} dB: {right[decibels]} of {count[decibels]} clips, {share:.0%}")
    print(f"  known {1000 * float(np.median(waits)):.0f} ms (median) after the last sound")


def safety(ear: Ear, phrases: Sequence[str], no: Sequence[str]) -> None:
    """Print how many clips were taken for a "no"."""
    counts, false = Counter[tuple[str, float]](), []
    for phrase, decibels, sound in said_by_all([*no, *SAME_SOUND, *phrases]):
        hearing = hear(ear, sound, to_a_question=True)
        kind = "no" if phrase in no else "know" if phrase in SAME_SOUND else "not no"
        counts[f"{kind}, all", decibels] += 1
        if hearing.is_clear and hearing.words == "no":
            counts[f"{kind}, taken for no", decibels] += 1
            if kind == "not no":
                false.append(f"{phrase} ({decibels:g} dB)")
    for kind in ("no", "know", "not no"):
        for decibels in (QUIET, NOISY):
            taken, whole = (
                counts[f"{kind}, taken for no", decibels],
                counts[f"{kind}, all", decibels],
            )
            print(f"  {kind:6} {decibels:g} dB: {taken} of {whole} clips taken for no")
    print(f"  false: {', '.join(false) or 'none'}")


def apart(within: Network) -> dict[str, str]:
    """Phrases that were written apart from the model, and are in the net, with their intents."""
    with (HEARD / "apart.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["utterance"] in within]
    step = max(1, len(rows) // MOST_PHRASES)
    return {row["utterance"]: row["intent"] for row in rows[::step]}


def elsewhere() -> dict[str, str]:
    """Phrases that are no business of the skill."""
    lines = (HEARD / "out_of_domain.txt").read_text("utf-8").split("\n")
    return dict.fromkeys(filter(None, lines[::2]), FALLBACK)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--few", action="store_true", help="an eighth of the clips")
    step = 8 if options.parse_args().few else 1
    ear = SphinxEar(partial(talk, LOCALE), answers(LOCALE))
    net = talk(LOCALE, Sphinx().dictionary())
    print(f"the net of free talk has {net.states} states and {len(net.arcs)} arcs")
    print("safety questions:")
    safety(ear, NOT_NO[::step], NO)
    inside = dict(list(apart(net).items())[::step])
    print(f"intents of {len(inside)} phrases that the net has:")
    intents(ear, inside)
    outside = dict(list(elsewhere().items())[::step])
    print(f"{len(outside)} phrases of other business, rejected:")
    intents(ear, outside)


if __name__ == "__main__":
    main()
