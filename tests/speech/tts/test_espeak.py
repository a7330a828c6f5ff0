"""What a person hears of text to speech: real audio from the real library."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from speech.tts.base import TextToSpeechUnavailable, seconds
from speech.tts.espeak import SILENCE_AMPLITUDE, EspeakTextToSpeech

pytestmark = pytest.mark.sound

SENTENCE = "Draw your left knee to your chest, and hold."
JITTER = 0.05  # seconds: libespeak's own, from one saying of a text to the next


@pytest.fixture(scope="module")
def tts() -> Iterator[EspeakTextToSpeech]:
    with EspeakTextToSpeech() as tts:
        yield tts


def heard(tts: EspeakTextToSpeech, text: str, rate: float = 1.0) -> float:
    return seconds(tts.synthesize(text, rate), tts.sample_rate)


def test_a_sentence_is_heard(tts: EspeakTextToSpeech) -> None:
    samples = tts.synthesize(SENTENCE)

    assert samples.typecode == "h"
    assert samples.itemsize == 2
    assert tts.sample_rate == 22_050
    assert max(map(abs, samples)) > 5_000
    assert 2 < seconds(samples, tts.sample_rate) < 5


def test_audio_runs_from_its_first_sound_to_its_last(tts: EspeakTextToSpeech) -> None:
    for text in (SENTENCE, "Rest.", "Slowly…", "And hold,"):
        samples = tts.synthesize(text)

        assert abs(samples[0]) > SILENCE_AMPLITUDE, text
        assert abs(samples[-1]) > SILENCE_AMPLITUDE, text


@pytest.mark.parametrize("text", ["", " \n", "...", "\0", "\x01"])
def test_where_nothing_is_to_be_said_nothing_is_heard(tts: EspeakTextToSpeech, text: str) -> None:
    assert len(tts.synthesize(text)) == 0


def test_more_words_take_longer(tts: EspeakTextToSpeech) -> None:
    lengths = [
        heard(tts, text)
        for text in (
            "Hold.",
            "And hold.",
            "Draw your knee in, and hold.",
            "Draw your left knee in, and hold.",
            "Draw your left knee in, and hold. Then let it down.",
        )
    ]

    assert lengths == sorted(lengths)
    assert len(set(lengths)) == len(lengths)


@pytest.mark.parametrize("rate", [0.7, 0.85, 1.12, 1.3])
def test_a_rate_divides_the_length(tts: EspeakTextToSpeech, rate: float) -> None:
    assert heard(tts, SENTENCE, rate) * rate == pytest.approx(heard(tts, SENTENCE), rel=0.04)


def test_a_rate_does_not_leak_into_the_next_call(tts: EspeakTextToSpeech) -> None:
    before = heard(tts, SENTENCE)
    heard(tts, SENTENCE, 0.7)
    after_slow = heard(tts, SENTENCE)
    heard(tts, SENTENCE, 1.3)
    after_fast = heard(tts, SENTENCE)

    assert after_slow == pytest.approx(before, abs=JITTER)
    assert after_fast == pytest.approx(before, abs=JITTER)


def test_the_same_text_takes_the_same_time(tts: EspeakTextToSpeech) -> None:
    lengths = [heard(tts, SENTENCE) for _ in range(20)]

    assert max(lengths) - min(lengths) < JITTER


def test_markup_is_words_and_no_command(tts: EspeakTextToSpeech) -> None:
    before = heard(tts, "Rest now")

    assert heard(tts, "Rest <break time='10s'/> now") < 8
    assert heard(tts, "Rest [[now]]") > before * 0.8
    assert heard(tts, "\x01300S Rest now") > before
    assert heard(tts, "Rest now") == pytest.approx(before, abs=JITTER)


def test_voices_side_by_side_keep_their_own_pace_and_name(tts: EspeakTextToSpeech) -> None:
    alone = heard(tts, SENTENCE)
    with EspeakTextToSpeech("de", words_per_minute=100) as other:
        theirs = heard(other, SENTENCE)
        ours = heard(tts, SENTENCE)

        assert theirs > ours + 0.2
        assert ours == pytest.approx(alone, abs=JITTER)
        assert heard(other, SENTENCE) == pytest.approx(theirs, abs=JITTER)


def test_threads_may_speak_at_the_same_time(tts: EspeakTextToSpeech) -> None:
    said = [(text, rate) for text in (SENTENCE, "Rest.", "Hips up.") for rate in (0.85, 1.0, 1.12)]
    alone = [heard(tts, text, rate) for text, rate in said]

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda it: heard(tts, *it), said * 10))

    assert together == pytest.approx(alone * 10, abs=JITTER)


@pytest.mark.parametrize("rate", [0.1, 0.0, -1.0, 10.0])
def test_a_pace_that_cannot_be_spoken_is_refused(tts: EspeakTextToSpeech, rate: float) -> None:
    with pytest.raises(ValueError, match="words a minute"):
        tts.synthesize("Rest.", rate)


def test_a_closed_engine_says_so_and_a_new_one_speaks(tts: EspeakTextToSpeech) -> None:
    closed = EspeakTextToSpeech()
    closed.close()
    closed.close()

    with pytest.raises(TextToSpeechUnavailable, match="closed"):
        closed.synthesize("Rest.")
    assert heard(tts, "Rest.") > 0.1
    with EspeakTextToSpeech() as another:
        assert heard(another, "Rest.") > 0.1


def test_an_unknown_voice_is_refused_by_name() -> None:
    with pytest.raises(TextToSpeechUnavailable, match="xx-nobody"):
        EspeakTextToSpeech("xx-nobody")
    with pytest.raises(ValueError, match="9 words a minute"):
        EspeakTextToSpeech(words_per_minute=9)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("sys.modules['espeakng_loader'] = None", "package espeakng-loader carries it"),
        ("import espeakng_loader as e; e.get_library_path = lambda: '/absent.so'", "/absent.so"),
        ("import espeakng_loader as e; e.get_data_path = lambda: '/'", "no data in /"),
    ],
)
def test_without_the_library_the_reason_is_told(broken: str, reason: str) -> None:
    program = f"import sys; {broken}; from speech.tts import espeak; espeak.EspeakTextToSpeech()"

    ended = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )

    last_line = ended.stderr.splitlines()[-1]
    assert ended.returncode == 1
    assert last_line.startswith("speech.tts.base.TextToSpeechUnavailable: ")
    assert reason in last_line
