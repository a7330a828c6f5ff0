"""How well the local speaker hears: intents, rejection, and above all answers to safety questions.

python -m tests.bench.hearing                    all sections, on every clip
python -m tests.bench.hearing safety inside      only these: safety, inside, outside, pressing
python -m tests.bench.hearing --few              on an eighth of the phrases
python -m tests.bench.hearing inside --voice en-us    by one voice, where time is short
python -m tests.bench.hearing safety --tail 0.11      answers that end so soon after the last sound

Synthetic voices say phrases that were written apart from the model, in a quiet room and in white
noise 15 dB below the voice; answers to safety questions in noise 24 dB below it too. Settings of
free talk were tuned on the development half of the phrases (see tests.heard.evaluation); inside and
outside use the held-out half alone. Safety prints both halves, but words of both have led to the
limits that a "no" has to keep: nothing there is held out. Neither are the true "no", "yes" and "not
sure" and the pressing words. "know" is the same sound as "no" and is counted by itself.

The page makes out an answer where the microphone has been quiet for a short time. So safety cuts
each clip where the page does, at each of its two waits, and the same ear hears free talk again and
again between them. Each clip is heard with all the quiet after it too, and no free talk between.
"""

from __future__ import annotations

import argparse
import hashlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.pool import Pool
from time import perf_counter

import numpy as np
from msgspec import Struct

from skill.speaker.browser.listening_vocabulary import answers, sayings, talk
from skill.speaker.nlu.recognizer import FALLBACK, IntentRecognizer
from speech.stt.base import transcribe
from speech.stt.pocketsphinx.decoder import DecoderFactory
from speech.stt.pocketsphinx.engine import PocketsphinxSpeechToText
from speech.stt.pocketsphinx.word_network import Network, network
from speech.tts.espeak import EspeakTextToSpeech
from tests.heard.evaluation import half_of, in_half, out_of_domain, utterances
from tests.speech.rooms import NOISY, QUIET, VOICES, as_cut, in_a_room, tails

LOCALE = "en-US"
SAFETY_LEVELS = (QUIET, 24.0, NOISY)
"""Those at which answers are heard: in between, a word's beginning drowns before the rest does."""
PIECE = 3200
EARLIER = ("pause", "how long is left", "play some music", "my legs are numb")
"""Free talk that is heard between answers."""
EVERY = 3
"""Answers that are heard after each free talk."""
MOST_PHRASES = 80
REPEATS = 3
"""Times that a true answer is said, each in another noise."""

ANSWERS = ("no", "yes", "not sure")
SAME_SOUND = ("know",)
# Noes in other words: not counted as false if they are taken for one.
OTHER_NO = ("nope", "no no", "no i don't", "no thank you", "none of those")
PRESSING = {
    "pause": "AMAZON.PauseIntent", "stop": "AMAZON.StopIntent", "help": "AMAZON.HelpIntent",
    "next": "AMAZON.NextIntent", "repeat": "AMAZON.RepeatIntent", "ow": "ReportPainIntent",
    "ouch": "ReportPainIntent", "that hurts": "ReportPainIntent",
    "my back hurts": "ReportPainIntent", "my legs are numb": "ReportEmergencyIntent",
    "resume": "AMAZON.ResumeIntent", "start knees to chest": "StartExerciseIntent",
}  # fmt: skip
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
    "echo", "zero", "follow", "tomorrow", "elbow", "below", "you know", "don't know", "hero",
    "piano", "narrow", "naughty", "normal", "notice", "no one", "nineteen", "november", "toes",
)  # fmt: skip


class Clip(Struct, frozen=True):
    """A phrase, said once."""

    phrase: str
    voice: str
    decibels: float
    sound: array[int]


class Heard(Struct, frozen=True):
    """What an ear made of a clip."""

    phrase: str
    voice: str
    decibels: float
    words: str
    is_clear: bool
    wait: float
    """Seconds from the last sound until it was known."""


_voices = list(VOICES)


def said_by_all(
    phrases: Sequence[str], levels: Sequence[float], tail: float | None = None
) -> Iterator[Clip]:
    """Each phrase by each voice, at each level; cut after `tail` seconds of quiet."""
    for name in _voices:
        with EspeakTextToSpeech(name) as voice:
            for seed, phrase in enumerate(phrases):
                for decibels in levels:
                    sound = in_a_room(voice, phrase, decibels, seed)
                    cut = sound if tail is None else as_cut(sound, tail)
                    yield Clip(phrase, name, decibels, cut)


_ears: list[PocketsphinxSpeechToText] = []


def _wake() -> None:
    _ears.append(PocketsphinxSpeechToText(partial(talk, LOCALE), answers(LOCALE)))


@cache
def _pool() -> Pool:
    return get_context("spawn").Pool(2, _wake)


@cache
def _earlier() -> Iterator[array[int]]:
    with EspeakTextToSpeech() as voice:
        talks = [in_a_room(voice, text, QUIET, 0) for text in EARLIER]
    return cycle(part for talk in talks for part in (talk, *[array("h")] * (EVERY - 1)))


def _hear(clip: Clip, *, to_yes_no_question: bool, is_fresh: bool) -> Heard:
    if not is_fresh and (earlier := next(_earlier())):
        transcribe(_ears[0], earlier, to_yes_no_question=False)
    listening = _ears[0].start_utterance(to_yes_no_question=to_yes_no_question)
    for at in range(0, len(clip.sound), PIECE):
        listening.feed(clip.sound[at : at + PIECE])
    began = perf_counter()
    hearing = listening.finish()
    wait = perf_counter() - began
    return Heard(clip.phrase, clip.voice, clip.decibels, hearing.words, hearing.is_clear, wait)


def heard(
    phrases: Sequence[str], *, to_yes_no_question: bool, tail: float | None = None
) -> list[Heard]:
    """What two ears make of the phrases, each by all voices; with a tail, after free talk."""
    hearing = partial(_hear, to_yes_no_question=to_yes_no_question, is_fresh=tail is None)
    levels = SAFETY_LEVELS if to_yes_no_question else (QUIET, NOISY)
    return list(_pool().imap(hearing, said_by_all(phrases, levels, tail), chunksize=4))


def tell(label: str, found: Sequence[Heard], is_right: Callable[[Heard], bool]) -> None:
    """Print how many are right, at each level."""
    for decibels in sorted({one.decibels for one in found}, reverse=True):
        there = [one for one in found if one.decibels == decibels]
        right = sum(map(is_right, there))
        share = f", {right / len(there):.0%}" if there else ""
        print(f"  {label}, {decibels:g} dB: {right} of {len(there)} clips{share}", flush=True)


def tell_wait(found: Sequence[Heard]) -> None:
    """Print when it was known."""
    wait = 1000 * float(np.median([one.wait for one in found]))
    print(f"  known {wait:.0f} ms (median) after the last sound")


def intent_of(one: Heard, understanding: IntentRecognizer) -> str:
    """The intent that reaches the skill; FALLBACK for what was not clear."""
    intent = understanding.recognize(one.words).intent if one.is_clear else FALLBACK
    return intent.rpartition(".")[2]


_tails: list[float | None] = []


def safety(step: int) -> None:
    """Answers to a safety question: what is taken for a "no", and whether true ones are heard."""
    for tail in _tails or [*tails(), None]:
        where = (
            "whole, fresh" if tail is None else f"cut {tail:g} s after the last sound, after talk"
        )
        print(f"safety questions, {where}:")
        _safety(step, tail)


def _safety(step: int, tail: float | None) -> None:
    true = list(ANSWERS) * REPEATS + list(SAME_SOUND)
    taken = heard(true, to_yes_no_question=True, tail=tail)
    for answer in (*ANSWERS, *SAME_SOUND):
        word = "no" if answer in SAME_SOUND else answer
        said = [one for one in taken if one.phrase == answer]
        tell(f"{answer!r} taken for {word!r}", said, lambda one, w=word: _is(one, w))  # type: ignore[misc]
    other = heard([*NOT_NO[::step], *OTHER_NO], to_yes_no_question=True, tail=tail)
    for half in ("development", "held-out"):
        said = [one for one in other if one.phrase in NOT_NO and half_of(one.phrase) == half]
        tell(f"not no ({half} half) taken for no", said, lambda one: _is(one, "no"))
    tell(
        "other noes taken for no",
        [o for o in other if o.phrase in OTHER_NO],
        lambda o: _is(o, "no"),
    )
    false = [f"{o.phrase} ({o.voice}, {o.decibels:g} dB)" for o in other
             if o.phrase in NOT_NO and _is(o, "no")]  # fmt: skip
    print(
        f"  false: {', '.join(false) or 'none'}, of {sum(o.phrase in NOT_NO for o in other)} clips"
    )
    tell_wait(taken + other)


def _is(one: Heard, word: str) -> bool:
    return one.is_clear and one.words == word


def inside(step: int) -> None:
    """Intents of phrases that were written apart from the model: in it, and not in it."""
    understanding, net = IntentRecognizer.for_locale(LOCALE), grammar()
    spoken = _picked({each.said: each.intent for each in in_half(utterances(), "held-out")}, step)
    spoken = {said: intent for said, intent in spoken.items() if "Fallback" not in intent}
    within = {said for said in spoken if said in net}
    found = heard(list(spoken), to_yes_no_question=False)

    def is_right(one: Heard) -> bool:
        return intent_of(one, understanding) == spoken[one.phrase].rpartition(".")[2]

    inner = [one for one in found if one.phrase in within]
    outer = [one for one in found if one.phrase not in within]
    count = len(within)
    print(f"intents of {len(spoken)} phrases written apart, held-out half:")
    tell("all", found, is_right)
    tell(f"{count} that are sentences of the model", inner, is_right)
    tell(f"{len(spoken) - count} that are not", outer, is_right)
    tell_wait(found)


def outside(step: int) -> None:
    """Rejection of what is no business of the skill."""
    understanding = IntentRecognizer.for_locale(LOCALE)
    phrases = [text for text in out_of_domain() if half_of(text) == "held-out"][::step]
    found = heard(phrases, to_yes_no_question=False)
    print(f"{len(phrases)} phrases of other business, held-out half:")
    tell("rejected by the ear", found, lambda one: not one.is_clear)
    tell(
        "rejected by ear and skill",
        found,
        lambda one: intent_of(one, understanding) == "FallbackIntent",
    )
    danger = ("ReportPainIntent", "ReportEmergencyIntent", "StopIntent")
    tell("taken for pain or stop", found, lambda one: intent_of(one, understanding) in danger)
    tell_wait(found)


def pressing(step: int) -> None:
    """The words that people need in the middle of a movement."""
    understanding = IntentRecognizer.for_locale(LOCALE)
    found = heard(list(PRESSING)[::step], to_yes_no_question=False)
    print("pressing words, in free talk:")
    for phrase, intent in list(PRESSING.items())[::step]:
        said = [one for one in found if one.phrase == phrase]
        short = intent.rpartition(".")[2]
        tell(phrase, said, lambda one, i=short: intent_of(one, understanding) == i)  # type: ignore[misc]
    tell_wait(found)


def grammar() -> Network:
    """The sentences of the model, as a net."""
    groups, slots = sayings(LOCALE, DecoderFactory().dictionary())
    return network((said for group in groups.values() for said in group), slots)


def _picked(spoken: dict[str, str], step: int) -> dict[str, str]:
    """So many of them, chosen by their words' hash alone."""
    ranked = sorted(spoken, key=lambda said: hashlib.sha256(f"bench {said}".encode()).digest())
    return {said: spoken[said] for said in ranked[:MOST_PHRASES:step]}


SECTIONS: dict[str, Callable[[int], None]] = {
    "safety": safety, "inside": inside, "outside": outside, "pressing": pressing,
}  # fmt: skip


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sections", nargs="*", choices=[*SECTIONS, []], metavar="section")
    options.add_argument("--few", action="store_true", help="an eighth of the phrases")
    options.add_argument("--every", type=int, default=1, help="every so manieth phrase")
    options.add_argument("--tail", type=float, help="seconds of quiet, 0 for all of it")
    options.add_argument("--voice", choices=VOICES, help="one voice instead of all")
    given = options.parse_args()
    if given.voice:
        _voices[:] = [given.voice]
    if given.tail is not None:
        _tails[:] = [given.tail or None]
    for name in given.sections or SECTIONS:
        SECTIONS[name](8 if given.few else given.every)


if __name__ == "__main__":
    main()
