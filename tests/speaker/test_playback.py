"""SSML as a device plays it: timed pieces of speech and of silence."""

from itertools import pairwise

import pytest

from skill.speaker.playback import BadSsml, play
from speech.duration import estimate_duration
from speech.script import Hold, Mark, Pause, Say, Script
from speech.ssml import ssml
from speech.timeline import script_duration

PIECES = [
    ("<speak/>", []),
    ("<speak>  \n </speak>", []),
    ("<speak>And rest.</speak>", ["And rest."]),
    ("<speak> And \n rest. </speak>", ["And rest."]),
    ('<speak>Hold.<break time="5s"/>Rest.</speak>', ["Hold.", 5.0, "Rest."]),
    ('<speak><break time="300ms"/>Rest.</speak>', [0.3, "Rest."]),
    ('<speak>Rest.<break time="0.5s"/></speak>', ["Rest.", 0.5]),
    ('<speak><break time="10s"/><break time="10s"/> <break time="2500ms"/></speak>', [22.5]),
    ('<speak>A<break time="1s"/>b<break time="2s"/></speak>', ["A", 1.0, "b", 2.0]),
    ("<speak><p><s>One.</s> <s>Two.</s></p> three</speak>", ["One.", "Two.", "three"]),
    ('<speak><s>One.</s><break time="1s"/><p/><break time="1s"/></speak>', ["One.", 2.0]),
    ("<speak>You &amp; I &lt;3 “rest”</speak>", ["You & I <3 “rest”"]),
    ('<?xml version="1.0"?><speak>Hi</speak>', ["Hi"]),
]


@pytest.mark.parametrize(("text", "expected"), PIECES)
def test_it_plays(text: str, expected: list[str | float]) -> None:
    pieces = play(text)
    assert [piece.text or pytest.approx(piece.seconds) for piece in pieces] == expected


def test_pieces_follow_each_other_without_a_gap() -> None:
    pieces = play('<speak>Hold.<break time="5s"/>And rest.<break time="9s"/> Again.</speak>')
    assert pieces[0].start == 0.0
    for before, after in pairwise(pieces):
        assert after.start == pytest.approx(before.end)


@pytest.mark.parametrize(
    ("rate", "factor"), [("100%", 1.0), ("88%", 0.88), ("112%", 1.12), ("50%", 0.5)]
)
def test_words_take_longer_at_a_slower_rate_but_silences_do_not(rate: str, factor: float) -> None:
    words, silence = play(
        f'<speak><prosody rate="{rate}">Rest.<break time="3s"/></prosody></speak>'
    )
    assert words.seconds == pytest.approx(estimate_duration("Rest.") / factor)
    assert silence.seconds == 3.0


def test_a_rate_ends_with_its_element() -> None:
    slow, usual = play('<speak><prosody rate="50%">Rest.</prosody>Rest.</speak>')
    assert slow.seconds == pytest.approx(2 * usual.seconds)


BAD = [
    "",
    "And rest.",
    "<speak>",
    "<speak>And rest.</speak> now",
    "<speak>You & I</speak>",
    "<speak>1 < 2</speak>",
    "<p>And rest.</p>",
    "<speak><audio src='https://example.com/a.mp3'/></speak>",
    "<speak><say-as interpret-as='digits'>12</say-as></speak>",
    '<speak><break time="5s"></speak>',
    '<speak><break time="5"/></speak>',
    '<speak><break time="s"/></speak>',
    '<speak><break time="five s"/></speak>',
    '<speak><break time="5 minutes"/></speak>',
    '<speak><break time="5s" time="6s"/></speak>',
    '<speak><prosody rate="quickly">Rest.</prosody></speak>',
]


@pytest.mark.parametrize("text", BAD)
def test_what_no_device_would_speak_is_refused(text: str) -> None:
    with pytest.raises(BadSsml):
        play(text)


@pytest.mark.parametrize("rate", [1.0, 0.88, 1.12])
def test_a_script_takes_as_long_as_its_timeline_says(rate: float) -> None:
    script = Script(
        (
            Mark(),
            Say("Lift your hips, slowly. And hold."),
            Hold(10.0, "Halfway."),
            Say("Lower & rest."),
            Pause(4.0),
            Pause(23.25),
            Say("Again."),
        ),
        rate,
    )
    assert play(ssml(script))[-1].end == pytest.approx(script_duration(script), abs=0.01)
