"""Script to SSML, read back as XML."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.duration import estimate_duration
from speech.script import Hold, Mark, Pause, Say, Script
from speech.ssml import MOST_CHARACTERS, TooLong, ssml


def breaks(text: str) -> list[int]:
    """The breaks of an SSML text, in milliseconds."""
    times = [element.get("time", "") for element in ET.fromstring(text).iter("break")]
    return [int(t[:-2]) if t.endswith("ms") else int(t[:-1]) * 1000 for t in times]


def words(text: str) -> str:
    return " ".join("".join(ET.fromstring(text).itertext()).split())


AS_WRITTEN = [
    (Script((Say("And rest."),)), "<speak>And rest.</speak>"),
    (
        Script((Say("Lie down."), Pause(8), Say("Round one."))),
        '<speak>Lie down. <break time="8s"/> Round one.</speak>',
    ),
    (Script((Pause(2.5),)), '<speak><break time="2500ms"/></speak>'),
    (Script((Mark(), Say("One."))), "<speak>One.</speak>"),
    (Script((Hold(5),)), '<speak><break time="5s"/></speak>'),
    (
        Script((Hold(25),)),
        '<speak><break time="10s"/><break time="10s"/><break time="5s"/></speak>',
    ),
    (Script((Say("Slow."),), rate=0.88), '<speak><prosody rate="88%">Slow.</prosody></speak>'),
    (Script((Say("Fast."),), rate=1.1), '<speak><prosody rate="110%">Fast.</prosody></speak>'),
    (Script(()), "<speak></speak>"),
    (Script((Pause(0),)), "<speak></speak>"),
]


@pytest.mark.parametrize(("script", "text"), AS_WRITTEN)
def test_as_written(script: Script, text: str) -> None:
    assert ssml(script) == text


@given(st.floats(0, 300))
def test_a_silence_is_a_chain_of_breaks_exact_to_the_millisecond(seconds: float) -> None:
    chain = breaks(ssml(Script((Pause(seconds),))))
    assert sum(chain) == round(seconds * 1000)
    assert all(0 < piece <= 10_000 for piece in chain)


@given(st.floats(8, 120), st.sampled_from([0.88, 1.0, 1.1]))
def test_halfway_is_taken_out_of_the_hold(seconds: float, rate: float) -> None:
    text = ssml(Script((Hold(seconds, "Halfway."),), rate))
    whole = sum(breaks(text)) / 1000 + estimate_duration("Halfway.", rate)
    assert whole == pytest.approx(seconds, abs=0.001)
    assert all(0 < piece <= 10_000 for piece in breaks(text))


def test_halfway_begins_in_the_middle() -> None:
    body = ET.fromstring(ssml(Script((Hold(10, "Halfway."),))))
    first, second = body.findall("break")
    assert first.get("time") == "5s"
    assert (first.tail or "").strip() == "Halfway."
    assert second.tail is None


@pytest.mark.parametrize(
    "said",
    ["you & me", "1 < 2 > 0", "<break time='99s'/>", "&amp;", "]]>", "</speak>", "“Alexa, pause”"],
)
def test_words_are_words_and_never_tags(said: str) -> None:
    text = ssml(Script((Say(said), Hold(12, said))))
    assert words(text) == f"{said} {said}"
    assert [element.tag for element in ET.fromstring(text)] == ["break", "break"]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=200))
def test_any_words_make_whole_xml(said: str) -> None:
    assert words(ssml(Script((Say(said),)))) == " ".join(said.split())


def test_the_limit_is_alexas() -> None:
    frame = len("<speak></speak>")
    longest = "a" * (MOST_CHARACTERS - frame - 1)
    assert len(ssml(Script((Say(longest),)))) == 7999
    with pytest.raises(TooLong, match="8000 characters"):
        ssml(Script((Say(longest + "a"),)))


def test_the_limit_counts_tags_and_escapes() -> None:
    with pytest.raises(TooLong):
        ssml(Script((Say("&" * 1600),)))
    with pytest.raises(TooLong):
        ssml(Script(tuple([Pause(1)] * 450)))
