"""Pattern trie: finds a text among sentences with gaps, ``remind me at {AMAZON.TIME}``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

Payload = TypeVar("Payload")
Read = Callable[[str, str], Any]
"""Tells the value of a text for the type of a gap, or None."""
Gap = tuple[str, str, Any]
"""The type of a gap, the words that fill it, and their value."""

LONGEST_GAP = 7
"""Words."""


class _PatternNode(Generic[Payload]):
    __slots__ = ("gaps", "payload", "words")

    def __init__(self) -> None:
        self.words: dict[str, _PatternNode[Payload]] = {}
        self.gaps: dict[str, _PatternNode[Payload]] = {}
        self.payload: Payload | None = None


class PatternTrie(Generic[Payload]):
    """Trie of patterns, word by word; of two alike, the first one stays."""

    def __init__(self) -> None:
        self._root: _PatternNode[Payload] = _PatternNode()

    def add(self, pattern: str, payload: Payload) -> None:
        """Keep a payload for a pattern of words and ``{types}``."""
        node = self._root
        for word in pattern.split():
            ways, key = (node.gaps, word[1:-1]) if word[0] == "{" else (node.words, word)
            node = ways.setdefault(key, _PatternNode())
        if node.payload is None:
            node.payload = payload

    def find(self, text: str, read: Read) -> Iterator[tuple[Payload, tuple[Gap, ...]]]:
        """Yield the payload and the filled gaps of every pattern that the whole text fits."""
        yield from self._find(self._root, text.split(), (), read)

    def _find(
        self, node: _PatternNode[Payload], words: Sequence[str], filled: tuple[Gap, ...], read: Read
    ) -> Iterator[tuple[Payload, tuple[Gap, ...]]]:
        if not words:
            if node.payload is not None:
                yield node.payload, filled
            return
        if (following := node.words.get(words[0])) is not None:
            yield from self._find(following, words[1:], filled, read)
        for slot_type, following in node.gaps.items():
            for length in range(min(len(words), LONGEST_GAP), 0, -1):
                piece = " ".join(words[:length])
                if (value := read(slot_type, piece)) is not None:
                    gaps = (*filled, (slot_type, piece, value))
                    yield from self._find(following, words[length:], gaps, read)
