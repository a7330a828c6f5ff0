"""What is recognized of synthetic speech: real audio, the real engine."""

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
from tests.speech.rooms import NOISY, QUIET, VOICES, as_cut, in_a_room, tails

pytestmark = pytest.mark.sound

LOCALE = "en-US"


@pytest.fixture(scope="module")
def stt() -> PocketsphinxSpeechToText:
    return PocketsphinxSpeechToText(partial(talk, LOCALE), answers(LOCALE))


@pytest.fixture(scope="module")
def tts() -> Iterator[EspeakTextToSpeech]:
    with EspeakTextToSpeech() as tts:
        yield tts


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
    stt: PocketsphinxSpeechToText, tts: EspeakTextToSpeech, said: str, intent: str
) -> None:
    transcript = transcribe(stt, in_a_room(tts, said, QUIET, 1), to_yes_no_question=False)

    assert transcript.is_clear
    assert IntentRecognizer.for_locale(LOCALE).recognize(transcript.words).intent == intent


@pytest.mark.parametrize(
    "said", ["two rounds of knees to chest", "seated lower back rotation please"]
)
def test_what_a_first_pass_misses_a_second_recognizes(
    stt: PocketsphinxSpeechToText,
    tts: EspeakTextToSpeech,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    audio = in_a_room(tts, said, QUIET, 1)

    twice = transcribe(stt, audio, to_yes_no_question=False)
    monkeypatch.setattr(FreeSpeechUtterance, "_second_pass", lambda _, first: first)
    once = transcribe(stt, audio, to_yes_no_question=False)

    assert (once.is_clear, twice.is_clear, twice.words) == (False, True, said)


def test_a_clear_no_is_a_no(stt: PocketsphinxSpeechToText, tts: EspeakTextToSpeech) -> None:
    audio = as_cut(in_a_room(tts, "no", QUIET, 1), tails()[0])

    transcript = transcribe(stt, audio, to_yes_no_question=True)

    assert (transcript.words, transcript.is_clear) == ("no", True)


@pytest.mark.parametrize("name", ["en-us", "en-us+f3", "en-us+m7"])
def test_most_noes_of_every_american_voice_are_heard(
    stt: PocketsphinxSpeechToText, name: str
) -> None:
    with EspeakTextToSpeech(name) as tts:
        utterances = [as_cut(in_a_room(tts, "no", QUIET, seed), tails()[0]) for seed in range(5)]

    found = [transcribe(stt, audio, to_yes_no_question=True) for audio in utterances]

    assert [one.words for one in found if one.is_clear].count("no") >= 3


@pytest.mark.parametrize("name", VOICES)
@pytest.mark.parametrize("said", ["ago", "noah", "normal", "a no"])
def test_two_syllables_are_no_no(stt: PocketsphinxSpeechToText, name: str, said: str) -> None:
    with EspeakTextToSpeech(name) as tts:
        audio = as_cut(in_a_room(tts, said, QUIET, 1), tails()[0])

    assert loudness(audio).dip > MOST_DIP
    assert not transcribe(stt, audio, to_yes_no_question=True).is_clear


@pytest.mark.parametrize("decibels", [QUIET, NOISY])
@pytest.mark.parametrize(
    "said",
    ["yes", "not sure", "I don't know", "now", "oh", "whoa", "go", "note", "snow", "I suppose so",
     "no but my legs are numb", "banana", "my legs are numb", "play some music"],
)  # fmt: skip
def test_nothing_else_is_taken_for_a_no(
    stt: PocketsphinxSpeechToText, tts: EspeakTextToSpeech, said: str, decibels: float
) -> None:
    transcript = transcribe(stt, in_a_room(tts, said, decibels, 1), to_yes_no_question=True)

    assert not (transcript.is_clear and transcript.words == "no")


@pytest.mark.parametrize("decibels", [6.0, 10.0, NOISY])
def test_a_no_that_is_half_drowned_is_asked_again(
    stt: PocketsphinxSpeechToText, tts: EspeakTextToSpeech, decibels: float
) -> None:
    transcript = transcribe(stt, in_a_room(tts, "no", decibels, 1), to_yes_no_question=True)

    assert not transcript.is_clear


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.3, 2.0])
@pytest.mark.parametrize("to_yes_no_question", [True, False])
def test_an_empty_room_says_nothing(
    stt: PocketsphinxSpeechToText, seconds: float, to_yes_no_question: bool
) -> None:
    count = round(seconds * SAMPLE_RATE)
    hiss = np.random.default_rng(1).normal(0, 60, count).astype(np.int16)
    for room in (array("h", [0] * count), array("h", hiss.tobytes())):
        assert not transcribe(stt, room, to_yes_no_question=to_yes_no_question).is_clear


TOLD = (
    ("pause", QUIET, False), ("no", QUIET, True), ("my legs are numb", NOISY, False),
    ("no", NOISY, True), ("now", QUIET, True),
)  # fmt: skip


def test_the_same_audio_has_the_same_transcript_after_any_other(
    stt: PocketsphinxSpeechToText, tts: EspeakTextToSpeech
) -> None:
    utterances = [
        (in_a_room(tts, said, decibels, 1), is_answer) for said, decibels, is_answer in TOLD
    ]
    numbers = list(range(len(utterances)))
    found: dict[int, set[Transcript]] = {number: set() for number in numbers}

    for order in (numbers, numbers[::-1], [2, 2, 0, 1, 1, 4, 3]):
        for number in order:
            audio, is_answer = utterances[number]
            found[number].add(transcribe(stt, audio, to_yes_no_question=is_answer))

    assert all(len(transcripts) == 1 for transcripts in found.values()), found


def test_an_utterance_that_was_cut_off_leaves_nothing_behind(
    stt: PocketsphinxSpeechToText, tts: EspeakTextToSpeech
) -> None:
    audio, other = (in_a_room(tts, said, QUIET, 1) for said in ("pause", "play some music"))
    alone = transcribe(stt, audio, to_yes_no_question=False)
    stt.start_utterance(to_yes_no_question=False).feed(other)

    assert transcribe(stt, audio, to_yes_no_question=False) == alone


def test_a_new_utterance_ends_the_one_before(
    stt: PocketsphinxSpeechToText, tts: EspeakTextToSpeech
) -> None:
    audio = in_a_room(tts, "stop", QUIET, 1)
    forgotten = stt.start_utterance(to_yes_no_question=False)
    forgotten.feed(audio)

    transcript = transcribe(stt, audio, to_yes_no_question=False)
    forgotten.feed(audio)

    assert transcript.words == "stop"
    assert not forgotten.finish().is_clear


def test_audio_in_chunks_is_cleaned_as_in_one(tts: EspeakTextToSpeech) -> None:
    audio = in_a_room(tts, "start the bridge", NOISY, 1)
    wiener = WienerFilter(seed=3)
    chunks = array("h")
    for at in range(0, len(audio), 1000):
        chunks += wiener.push(audio[at : at + 1000])
    chunks += wiener.finish()

    whole = cleaned(audio, seed=3)
    assert len(whole) == pytest.approx(len(audio), abs=1024)
    assert np.abs(np.array(chunks, dtype=int) - np.array(whole, dtype=int)).max() <= 90


def test_noise_reduction_lowers_the_room_and_keeps_the_speech(tts: EspeakTextToSpeech) -> None:
    audio = in_a_room(tts, "start the bridge", NOISY, 1)

    assert loudness(cleaned(audio)).decibels > loudness(audio).decibels + 8


def test_speech_stands_out_of_the_room_for_as_long_as_it_lasts(tts: EspeakTextToSpeech) -> None:
    measured = loudness(in_a_room(tts, "no", QUIET, 1))

    assert measured.decibels > 30
    assert 0.25 < measured.seconds < 0.7
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
