"""Where in a script a moment lies: a clock that counts a second for each letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.script import Cue, Hold, Mark, Pause, Say, Script
from speech.timeline import DRIFT, mark_at, marks, script_duration, timeline


class Chapter(Mark, frozen=True):
    number: int


class Advert(Mark, frozen=True):
    pass


START, FIRST, SECOND, DONE = map(Chapter, range(4))

#             cue               normal     spoken 10% slower
CUES: tuple[Cue, ...] = (
    START,  #                    0          0
    Say("a" * 10),  #            0 - 10     0 - 11
    Pause(5),  #                10 - 15    11 - 16
    FIRST,  #                   15         16
    Say("b" * 20),  #           15 - 35    16 - 38
    Hold(10, "cc"),  #          35 - 45    38 - 48.2
    SECOND,  #                  45         48.2
    Pause(3),  #                45 - 48    48.2 - 51.2
    DONE,  #                    48         51.2
    Advert(),  #                48         51.2
    Say("d" * 10),  #           48 - 58    51.2 - 62.2
)
SCRIPT = Script(CUES)


def letters(text: str, rate: float) -> float:
    return len(text) / rate


def test_every_cue_follows_the_one_before() -> None:
    spans = timeline(SCRIPT, letters)
    assert [span.cue for span in spans] == list(CUES)
    assert [span.start for span in spans] == [0, 0, 10, 15, 15, 35, 45, 45, 48, 48, 48]
    assert [span.end for span in spans] == [0, 10, 15, 15, 35, 45, 45, 48, 48, 48, 58]


def test_a_cue_lies_at_the_last_mark_before_it() -> None:
    found = [span.mark for span in timeline(SCRIPT, letters)]
    assert found == [START] * 3 + [FIRST] * 3 + [SECOND] * 2 + [DONE] + [Advert()] * 2
    assert timeline(Script((Say("a"), START)), letters)[0].mark is None


def test_slow_speech_stretches_words_and_no_silence() -> None:
    ends = [span.end for span in timeline(SCRIPT, letters, stretch=1.1)]
    assert ends == pytest.approx([0, 11, 16, 16, 38, 48.2, 48.2, 51.2, 51.2, 51.2, 62.2])


def test_the_rate_goes_with_the_words() -> None:
    assert script_duration(Script((Say("a" * 10), Pause(5)), rate=0.5), letters) == 25


def test_the_duration_is_the_end_of_the_last_cue() -> None:
    assert script_duration(SCRIPT, letters) == 58
    assert script_duration(SCRIPT, letters, stretch=1.1) == pytest.approx(62.2)
    assert script_duration(Script(())) == 0


REACHED = [
    # second, the mark, the mark in doubt
    (0, START, START),
    (14.9, START, START),
    (15, FIRST, START),
    (15.9, FIRST, START),
    (16, FIRST, FIRST),
    (44.9, FIRST, FIRST),
    (45, SECOND, FIRST),
    (48, DONE, FIRST),
    (48.3, DONE, SECOND),
    (51.1, DONE, SECOND),
    (51.3, DONE, DONE),
    (9999, DONE, DONE),
]


@pytest.mark.parametrize(("second", "mark", "in_doubt"), REACHED)
def test_the_mark_at_a_second(second: float, mark: Chapter, in_doubt: Chapter) -> None:
    assert mark_at(SCRIPT, Chapter, second, letters) == mark
    assert mark_at(SCRIPT, Chapter, second, letters, 1 + DRIFT) == in_doubt


def test_nothing_is_reached_before_the_first_mark() -> None:
    assert mark_at(Script((Say("aaa"), START)), Chapter, 2, letters) is None
    assert mark_at(SCRIPT, Chapter, -1, letters) is None


def test_when_each_mark_comes() -> None:
    assert list(marks(SCRIPT, letters)) == [
        (START, 0),
        (FIRST, 15),
        (SECOND, 45),
        (DONE, 48),
        (Advert(), 48),
    ]


@given(st.floats(0, 70), st.floats(1 - DRIFT, 1 + DRIFT))
def test_in_doubt_never_a_later_mark(second: float, stretch: float) -> None:
    order = [START, FIRST, SECOND, DONE]
    truly = mark_at(SCRIPT, Chapter, second, letters, stretch)
    assumed = mark_at(SCRIPT, Chapter, second, letters, 1 + DRIFT)
    assert truly is not None
    assert assumed is not None
    assert order.index(assumed) <= order.index(truly)
