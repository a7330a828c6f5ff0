"""The icon: somebody lying on their back in a bridge, under a calm sun, drawn in code."""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise

from skill.packaging.png import png

Point = tuple[float, float]
"""Across and down, from 0 to 1."""
Colour = tuple[float, float, float]

SKY_ABOVE: Colour = (22, 92, 108)
SKY_BELOW: Colour = (64, 152, 150)
SUN: Colour = (250, 204, 128)
FIGURE: Colour = (252, 250, 244)
GROUND: Colour = (16, 70, 84)

SUN_AT, SUN_RADIUS = (0.5, 0.46), 0.215
FLOOR = 0.765
THICK = 0.043
"""Half the width of a limb."""

HEAD_AT, HEAD_RADIUS = (0.155, 0.672), 0.073
SHOULDER, HIP, KNEE, FOOT = (0.285, 0.705), (0.54, 0.518), (0.735, 0.395), (0.79, 0.712)
HAND = (0.535, 0.722)
TOES = (0.865, 0.722)
BACK_BEND = (0.43, 0.605)
"""What the back curves by, so that it is no stick."""


def icon(size: int) -> bytes:
    """The icon as a square PNG of so many pixels a side."""
    return png([bytes(_row(y, size)) for y in range(size)])


def _row(y: int, size: int) -> Iterator[int]:
    down = (y + 0.5) / size
    row = [_mixed(SKY_ABOVE, SKY_BELOW, down)] * size
    for shape, paint, (left, top, right, bottom) in _SHAPES:
        if not top <= down <= bottom:
            continue
        for x in range(max(0, math.floor(left * size)), min(size, math.ceil(right * size))):
            # One pixel of blur is what makes an edge smooth.
            covered = 0.5 - shape(((x + 0.5) / size, down)) * size
            if covered > 0:
                row[x] = _mixed(row[x], paint, min(covered, 1.0))
    for colour in row:
        yield from (round(part) for part in colour)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
        one[2] + (other[2] - one[2]) * share,
    )


Shape = Callable[[Point], float]
"""How far a point is from the edge of a shape; negative inside."""
Box = tuple[float, float, float, float]
"""Left, top, right and bottom of all that a shape may touch."""
Painted = tuple[Shape, Colour, Box]

_BLUR = 0.01
"""Room around a shape for its smooth edge, at any size from 50 pixels."""


def _disc(middle: Point, radius: float, colour: Colour) -> Painted:
    def distance(at: Point) -> float:
        return math.hypot(at[0] - middle[0], at[1] - middle[1]) - radius

    return distance, colour, _box([middle], radius)


def _stroke(points: list[Point], half: float, colour: Colour) -> Iterator[Painted]:
    """A line through points, with round ends and joints."""
    for start, end in pairwise(points):
        yield _limb(start, end, half), colour, _box([start, end], half)


def _limb(start: Point, end: Point, half: float) -> Shape:
    (x, y), across, down = start, end[0] - start[0], end[1] - start[1]
    length = across * across + down * down

    def distance(at: Point) -> float:
        along = ((at[0] - x) * across + (at[1] - y) * down) / length
        along = min(max(along, 0.0), 1.0)
        return math.hypot(at[0] - x - along * across, at[1] - y - along * down) - half

    return distance


def _box(points: list[Point], around: float) -> Box:
    across, down = zip(*points, strict=True)
    room = around + _BLUR
    return min(across) - room, min(down) - room, max(across) + room, max(down) + room


def _curve(start: Point, bend: Point, end: Point, pieces: int = 6) -> Iterator[Point]:
    """Points of a quadratic Bézier curve."""
    for step in range(pieces + 1):
        t = step / pieces
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        yield a * start[0] + b * bend[0] + c * end[0], a * start[1] + b * bend[1] + c * end[1]


_SHAPES: list[Painted] = [
    _disc(SUN_AT, SUN_RADIUS, SUN),
    (lambda at: FLOOR - at[1], GROUND, (0.0, FLOOR - _BLUR, 1.0, 1.0)),
    *_stroke([SHOULDER, HAND], THICK * 0.62, FIGURE),
    *_stroke([*_curve(SHOULDER, BACK_BEND, HIP), KNEE, FOOT, TOES], THICK, FIGURE),
    _disc(HEAD_AT, HEAD_RADIUS, FIGURE),
]
"""From the back to the front."""
