"""What the ear makes of synthetic speech: real sound, the real recogniser."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import partial
from io import StringIO

import numpy as np
import pytest

from skill.speaker.browser.listening_vocabulary import answers, talk
from skill.speaker.nlu.recognizer import IntentRecognizer
from speech.stt.base import SAMPLE_RATE, Transcript, transcribe
from speech.stt.loudness import loudness
from speech.stt.pocketsphinx.engine import PocketsphinxSpeechToText
from speech.stt.pocketsphinx.free_speech import FreeSpeechUtterance
from speech.stt.pocketsphinx.language_model import TrigramModel
from speech.stt.pocketsphinx.noise_reduction import WienerFilter, cleaned
from speech.stt.pocketsphinx.word_network import network
from speech.stt.pocketsphinx.yes_no import MOST_DIP
from speech.tts.espeak import EspeakTextToSpeech
from tests.bench.hearing import NOISY, QUIET, VOICES, as_cut, in_a_room, tails

LOCALE = "en-US"


@pytest.fixture(scope="module")
def ear() -> PocketsphinxSpeechToText:
    return PocketsphinxSpeechToText(partial(talk, LOCALE), answers(LOCALE))


@pytest.fixture(scope="module")
def voice() -> Iterator[EspeakTextToSpeech]:
    with EspeakTextToSpeech() as voice:
        yield voice


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("start knees to chest", "StartExerciseIntent"),
        ("start my routine", "StartRoutineIntent"),
        ("pause", "AMAZON.PauseIntent"),
        ("resume", "AMAZON.ResumeIntent"),
        ("that hurts", "ReportPainIntent"),
        ("ouch", "ReportPainIntent"),
        ("stop", "AMAZON.StopIntent"),
        ("repeat", "AMAZON.RepeatIntent"),
        ("how long is left", "HowLongLeftIntent"),
    ],
)
def test_what_the_page_proposes_is_heard(
    ear: PocketsphinxSpeechToText, voice: EspeakTextToSpeech, said: str, intent: str
) -> None:
    hearing = transcribe(ear, in_a_room(voice, said, QUIET, 1), to_a_question=False)

    assert hearing.is_clear
    assert IntentRecognizer.for_locale(LOCALE).recognize(hearing.words).intent == intent


@pytest.mark.parametrize(
    "said", ["two rounds of knees to chest", "seated lower back rotation please"]
)
def test_what_a_first_hearing_misses_a_second_makes_out(
    ear: PocketsphinxSpeechToText,
    voice: EspeakTextToSpeech,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sound = in_a_room(voice, said, QUIET, 1)

    twice = transcribe(ear, sound, to_a_question=False)
    monkeypatch.setattr(FreeSpeechUtterance, "_again", lambda _, first: first)
    once = transcribe(ear, sound, to_a_question=False)

    assert (once.is_clear, twice.is_clear, twice.words) == (False, True, said)


def test_a_clear_no_is_a_no(ear: PocketsphinxSpeechToText, voice: EspeakTextToSpeech) -> None:
    sound = as_cut(in_a_room(voice, "no", QUIET, 1), tails()[0])

    hearing = transcribe(ear, sound, to_a_question=True)

    assert (hearing.words, hearing.is_clear) == ("no", True)


@pytest.mark.parametrize("name", ["en-us", "en-us+f3", "en-us+m7"])
def test_most_noes_of_every_american_voice_are_heard(
    ear: PocketsphinxSpeechToText, name: str
) -> None:
    with EspeakTextToSpeech(name) as voice:
        sounds = [as_cut(in_a_room(voice, "no", QUIET, seed), tails()[0]) for seed in range(5)]

    found = [transcribe(ear, sound, to_a_question=True) for sound in sounds]

    assert [one.words for one in found if one.is_clear].count("no") >= 3


@pytest.mark.parametrize("name", VOICES)
@pytest.mark.parametrize("said", ["ago", "noah", "normal", "a no"])
def test_two_syllables_are_no_no(ear: PocketsphinxSpeechToText, name: str, said: str) -> None:
    with EspeakTextToSpeech(name) as voice:
        sound = as_cut(in_a_room(voice, said, QUIET, 1), tails()[0])

    assert loudness(sound).dip > MOST_DIP
    assert not transcribe(ear, sound, to_a_question=True).is_clear


@pytest.mark.parametrize("decibels", [QUIET, NOISY])
@pytest.mark.parametrize(
    "said",
    ["yes", "not sure", "I don't know", "now", "oh", "whoa", "go", "note", "snow", "I suppose so",
     "no but my legs are numb", "banana", "my legs are numb", "play some music"],
)  # fmt: skip
def test_nothing_else_is_taken_for_a_no(
    ear: PocketsphinxSpeechToText, voice: EspeakTextToSpeech, said: str, decibels: float
) -> None:
    hearing = transcribe(ear, in_a_room(voice, said, decibels, 1), to_a_question=True)

    assert not (hearing.is_clear and hearing.words == "no")


@pytest.mark.parametrize("decibels", [6.0, 10.0, NOISY])
def test_a_no_that_is_half_drowned_is_asked_again(
    ear: PocketsphinxSpeechToText, voice: EspeakTextToSpeech, decibels: float
) -> None:
    hearing = transcribe(ear, in_a_room(voice, "no", decibels, 1), to_a_question=True)

    assert not hearing.is_clear


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.3, 2.0])
@pytest.mark.parametrize("to_a_question", [True, False])
def test_an_empty_room_says_nothing(
    ear: PocketsphinxSpeechToText, seconds: float, to_a_question: bool
) -> None:
    count = round(seconds * SAMPLE_RATE)
    hiss = np.random.default_rng(1).normal(0, 60, count).astype(np.int16)
    for room in (array("h", [0] * count), array("h", hiss.tobytes())):
        assert not transcribe(ear, room, to_a_question=to_a_question).is_clear


TOLD = (
    ("pause", QUIET, False), ("no", QUIET, True), ("my legs are numb", NOISY, False),
    ("no", NOISY, True), ("now", QUIET, True),
)  # fmt: skip


def test_the_same_sound_is_heard_alike_whatever_was_heard_before(
    ear: PocketsphinxSpeechToText, voice: EspeakTextToSpeech
) -> None:
    clips = [(in_a_room(voice, said, decibels, 1), is_answer) for said, decibels, is_answer in TOLD]
    numbers = list(range(len(clips)))
    found: dict[int, set[Transcript]] = {number: set() for number in numbers}

    for order in (numbers, numbers[::-1], [2, 2, 0, 1, 1, 4, 3]):
        for number in order:
            sound, is_answer = clips[number]
            found[number].add(transcribe(ear, sound, to_a_question=is_answer))

    assert all(len(heard) == 1 for heard in found.values()), found


def test_an_utterance_that_was_cut_off_leaves_nothing_behind(
    ear: PocketsphinxSpeechToText, voice: EspeakTextToSpeech
) -> None:
    sound, other = (in_a_room(voice, said, QUIET, 1) for said in ("pause", "play some music"))
    alone = transcribe(ear, sound, to_a_question=False)
    ear.listen(to_a_question=False).feed(other)

    assert transcribe(ear, sound, to_a_question=False) == alone


def test_a_new_utterance_ends_the_one_before(
    ear: PocketsphinxSpeechToText, voice: EspeakTextToSpeech
) -> None:
    sound = in_a_room(voice, "stop", QUIET, 1)
    forgotten = ear.listen(to_a_question=False)
    forgotten.feed(sound)

    hearing = transcribe(ear, sound, to_a_question=False)
    forgotten.feed(sound)

    assert hearing.words == "stop"
    assert not forgotten.finish().is_clear


def test_sound_in_pieces_is_cleaned_as_in_one(voice: EspeakTextToSpeech) -> None:
    sound = in_a_room(voice, "start the bridge", NOISY, 1)
    cleaner = WienerFilter(seed=3)
    pieces = array("h")
    for at in range(0, len(sound), 1000):
        pieces += cleaner.push(sound[at : at + 1000])
    pieces += cleaner.finish()

    whole = cleaned(sound, seed=3)
    assert len(whole) == pytest.approx(len(sound), abs=1024)
    assert np.abs(np.array(pieces, dtype=int) - np.array(whole, dtype=int)).max() <= 90


def test_cleaning_lowers_the_room_and_keeps_the_voice(voice: EspeakTextToSpeech) -> None:
    sound = in_a_room(voice, "start the bridge", NOISY, 1)

    assert loudness(cleaned(sound)).decibels > loudness(sound).decibels + 8


def test_a_voice_stands_out_of_the_room_for_as_long_as_it_sounds(voice: EspeakTextToSpeech) -> None:
    heard = loudness(in_a_room(voice, "no", QUIET, 1))

    assert heard.decibels > 30
    assert 0.25 < heard.seconds < 0.7
    assert loudness(array("h", [0] * 16_000)).seconds == 0.0
    assert loudness(array("h")).decibels == 0.0


def test_a_net_has_its_sentences_and_no_others() -> None:
    net = network(
        [("start", "the", "{x}"), ("start", "{x}"), ("stop",), ("stop", "it")],
        {"x": [("bridge",), ("cat", "arch")]},
    )

    for said in ("start the bridge", "start cat arch", "stop", "stop it"):
        assert said in net
    for other in ("", "start", "start the", "start the cat", "stop bridge", "it"):
        assert other not in net


def test_a_net_shares_ends_and_slots() -> None:
    verbs = ("do", "start", "begin", "try")
    names = [(str(number), "times") for number in range(50)]
    net = network([(verb, "{x}") for verb in verbs], {"x": names})

    assert len(net.arcs) < 70
    assert all(f"{verb} 49 times" in net for verb in verbs)


def test_a_language_finds_its_sentences_likelier_than_their_words_in_disorder() -> None:
    language = TrigramModel({("stop", "the", "bridge"): 1.0, ("start", "it"): 1.0}, {"play": 0.5})

    said = language.likelihood(("stop", "the", "bridge"))
    assert said > language.likelihood(("stop", "it")) > language.likelihood(("it", "bridge"))
    assert language.words == {"stop", "the", "bridge", "start", "it", "play"}


def test_what_may_follow_adds_up_to_one() -> None:
    language = TrigramModel({("stop", "it"): 2.0, ("stop", "the", "bridge"): 1.0}, {"play": 1.0})
    written = StringIO()
    language.write(written)

    single = written.getvalue().partition("\\1-grams:")[2].partition("\\2-grams:")[0]
    chances = [10 ** float(row.split()[0]) for row in single.splitlines() if row.strip()]
    assert sum(chances) == pytest.approx(1.0, abs=1e-3)
