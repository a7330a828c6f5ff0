"""Pictures: what is written can be measured, and what is broken cannot."""

import pytest

from skill.packaging.icon import icon
from skill.packaging.png import measured, png

ROW = bytes([255, 0, 0, 0, 255, 0, 0, 0, 255])


def test_a_picture_has_the_size_of_its_rows() -> None:
    assert measured(png([ROW, ROW])) == (3, 2)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"GIF89a",
        png([ROW])[:-20],
        png([ROW])[:33],
        png([ROW]).replace(b"IDAT", b"IDAX"),
        png([ROW, ROW[:6]]),
    ],
    ids=["empty", "another kind", "cut off", "no pixels", "a wrong checksum", "a short row"],
)
def test_a_broken_picture_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match=r"picture|PNG"):
        measured(broken)


def test_the_icon_is_drawn_alike_every_time_and_is_no_plain_square() -> None:
    drawn = icon(60)
    assert drawn == icon(60)
    assert measured(drawn) == (60, 60)
    assert len(drawn) > 1000
