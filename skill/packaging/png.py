"""Writes and measures PNG pictures; just what an icon needs."""

import struct
import zlib
from collections.abc import Sequence

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_RGB = 2
_DEPTH = 8


def png(rows: Sequence[bytes]) -> bytes:
    """A picture of rows of red, green and blue bytes."""
    width, height = len(rows[0]) // 3, len(rows)
    header = struct.pack(">IIBBBBB", width, height, _DEPTH, _RGB, 0, 0, 0)
    # A zero in front of each row: it is not predicted from its neighbours.
    lines = b"".join(b"\0" + row for row in rows)
    body = zlib.compress(lines, 9)
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)


def measured(picture: bytes) -> tuple[int, int]:
    """Width and height in pixels.

    Raises:
        ValueError: this is no whole PNG of the kind that `png` writes.
    """
    chunks = dict(_chunks(picture))
    try:
        width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
        pixels = zlib.decompress(chunks[b"IDAT"])
    except (KeyError, struct.error, zlib.error) as error:
        raise ValueError(f"a part of the picture is missing or broken: {error}") from error
    if (depth, colour) != (_DEPTH, _RGB) or len(pixels) != height * (1 + 3 * width):
        raise ValueError("the picture has not as many pixels as it says")
    return width, height


def _chunks(picture: bytes) -> list[tuple[bytes, bytes]]:
    if not picture.startswith(SIGNATURE):
        raise ValueError("this is no PNG")
    found, at = [], len(SIGNATURE)
    while at < len(picture):
        if len(picture) < at + 12:
            raise ValueError("the picture ends too early")
        (length,) = struct.unpack(">I", picture[at : at + 4])
        kind, body = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        checksum = picture[at + 8 + length : at + 12 + length]
        if checksum != struct.pack(">I", zlib.crc32(kind + body)):
            raise ValueError(f"the part {kind!r} of the picture is broken")
        found.append((kind, body))
        at += 12 + length
    return found
