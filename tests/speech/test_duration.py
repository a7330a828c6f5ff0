"""The estimate of speech duration beside real speech."""

from collections.abc import Iterator

import pytest

from speech.duration import estimate_duration
from speech.tts.base import seconds
from speech.tts.espeak import EspeakTextToSpeech

SENTENCES = """
Welcome back. You were in round two of the bridge. Carry on from there?
This is for education, and is no substitute for medical advice.
Five quick safety questions first. Say yes, no, or not sure.
Have you hurt your back recently, so that it feels out of place, or can't move fully?
Thank you, you're clear to go gently.
Knees to chest: two rounds, each leg, about a minute in all.
Say “Alexa, pause” whenever you need to.
Say "ready" when you want to go on.
Lie on your back.
Round one.
Draw your left knee to your chest, and hold it with both hands.
Let it down slowly.
Now the right knee.
Left knee in, and hold.
And hold, for ten seconds.
Halfway.
And rest.
Keep your shoulders still, and let your hips roll, until your left knee touches the floor.
Lift your hips, until your shoulders and knees make one straight line.
Tighten your stomach muscles, so that your belly is firm.
Slowly arch your back up, with your stomach pulled in.
Set your right elbow on the outside of your left knee.
Turn your upper body slowly to the left.
That's knees to chest done, once today; twice is the goal.
Shall we do the lying rotation next?
Paused at round two, left leg. Relax. Say “resume” when you're ready.
Stop there, and ease out of the position slowly.
If the pain stays, or comes back, please see a doctor before you try this again.
Please call your local emergency number now.
A study in two thousand eleven suggests that the sound alone can make people feel a bit better.
""".strip().splitlines()


@pytest.fixture(scope="module")
def tts() -> Iterator[EspeakTextToSpeech]:
    with EspeakTextToSpeech() as tts:
        yield tts


def heard(tts: EspeakTextToSpeech, text: str, rate: float = 1.0) -> float:
    return seconds(tts.synthesize(text, rate), tts.sample_rate)


@pytest.mark.parametrize("rate", [0.85, 1.0, 1.12])
def test_what_the_coach_says_takes_as_long_as_estimated(
    tts: EspeakTextToSpeech, rate: float
) -> None:
    real = {text: heard(tts, text, rate) for text in SENTENCES}
    estimate = {text: estimate_duration(text, rate) for text in SENTENCES}

    far = {
        text: (estimate[text], real[text])
        for text in SENTENCES
        if abs(estimate[text] - real[text]) > 0.2 * real[text]
    }
    assert not far
    assert sum(estimate.values()) == pytest.approx(sum(real.values()), rel=0.05)


@pytest.mark.parametrize("text", ["", " ", "\n", "…", "...", "?!", '""', "—", "* . *"])
def test_no_words_take_no_time(text: str) -> None:
    assert estimate_duration(text) == 0.0


def test_every_further_word_takes_longer() -> None:
    words = SENTENCES[10].split()

    lengths = [estimate_duration(" ".join(words[:n])) for n in range(len(words) + 1)]

    assert lengths == sorted(set(lengths))


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        ("Rest now", "Rest, now"),
        ("Rest, now", "Rest: now"),
        ("Rest: now", "Rest. Now"),
        ("Say pause now", "Say “pause” now"),
        ("Say “pause” now", "Say, “pause,” now"),
        ("Slow and steady", "Slow — and steady"),
        ("Hold for five seconds", "Hold for fifteen seconds"),
        ("Hold still", "Hold it still"),
        ("We walked", "We waited"),
        ("See you at 8", "See you at 8 45"),
    ],
)
def test_more_to_say_or_a_longer_pause_takes_longer(shorter: str, longer: str) -> None:
    assert estimate_duration(shorter) < estimate_duration(longer)


@pytest.mark.parametrize("text", ["Rest", "Rest.", " Rest… ", "“Rest!”", "(Rest)"])
def test_marks_and_spaces_around_a_text_make_no_pause_in_it(text: str) -> None:
    assert estimate_duration(text) == estimate_duration("rest")


@pytest.mark.parametrize(
    ("straight", "curly"), [("You're done.", "You\u2019re done."), ('Say "go" now', "Say “go” now")]
)
def test_straight_and_curly_marks_are_the_same(straight: str, curly: str) -> None:
    assert estimate_duration(straight) == estimate_duration(curly)


@pytest.mark.parametrize("rate", [0.5, 0.85, 1.12, 2.0])
def test_a_rate_divides_the_length(rate: float) -> None:
    for text in SENTENCES:
        assert estimate_duration(text, rate) * rate == pytest.approx(estimate_duration(text))


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan")])
def test_a_rate_is_positive(rate: float) -> None:
    with pytest.raises(ValueError, match="rate"):
        estimate_duration("Rest.", rate)
