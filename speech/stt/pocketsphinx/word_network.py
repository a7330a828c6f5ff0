"""What may be said, as one small network of words: sentences share their beginnings and ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Sentence = tuple[str, ...]
"""Words; a slot stands in braces, such as `{exercise}`."""

Arc = tuple[int, int, str]
"""From a state to a state by a word; by none where the word is empty."""


@dataclass
class Network:
    """Every path from the first state to the last is a sentence."""

    arcs: list[Arc] = field(default_factory=list)
    states: int = 2
    first: int = 0
    last: int = 1

    def new_state(self) -> int:
        """A state that no arc touches yet."""
        self.states += 1
        return self.states - 1

    def __contains__(self, words: object) -> bool:
        """Whether these words, a text, are one of the sentences."""
        reached = self._without_words({self.first})
        for word in str(words).split():
            reached = self._without_words(
                {end for start, end, by in self.arcs if start in reached and by == word}
            )
        return self.last in reached

    def _without_words(self, reached: set[int]) -> set[int]:
        while True:
            more = {end for start, end, by in self.arcs if start in reached and not by} - reached
            if not more:
                return reached
            reached = reached | more


def network(  # noqa: C901 - one walk
    sentences: Iterable[Sentence], slots: Mapping[str, Iterable[Sentence]] | None = None
) -> Network:
    """The smallest network of the sentences, each slot's own sentences in its place.

    Raises KeyError for a slot that is not given.
    """
    written = Network()
    values = {name: list(given) for name, given in (slots or {}).items()}
    inside: dict[tuple[str, int], int] = {}

    def write(root: "_Node", last: int) -> int:
        """Write a minimal tree's states; the state of its root."""
        known: dict[int, int] = {}

        def state_of(node: _Node) -> int:
            if not node.following and node.may_end:
                return last
            if id(node) not in known:
                known[id(node)] = state = written.new_state()
                if node.may_end:
                    written.arcs.append((state, last, ""))
                for word, following in node.following.items():
                    arc_to(state, word, state_of(following))
            return known[id(node)]

        return state_of(root)

    def arc_to(state: int, word: str, target: int) -> None:
        if not word.startswith("{"):
            written.arcs.append((state, target, word))
            return
        # All that go on to the same state share one copy of a slot.
        entry = inside.get((word, target))
        if entry is None:
            entry = inside[word, target] = write(_minimal(values[word[1:-1]]), target)
        written.arcs.append((state, entry, ""))

    root = _minimal(sentences)
    if root.following or root.may_end:
        written.arcs.append((written.first, write(root, written.last), ""))
    return written


class _Node:
    """A state of the tree: what may follow, and whether a sentence may end here."""

    __slots__ = ("following", "may_end")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.may_end = False


def _minimal(sentences: Iterable[Sentence]) -> _Node:
    """A tree of the sentences in which equal branches are one and the same."""
    root = _Node()
    for sentence in sentences:
        node = root
        for word in sentence:
            node = node.following.setdefault(word, _Node())
        node.may_end = True
    known: dict[tuple[object, ...], _Node] = {}

    def shared(node: _Node) -> _Node:
        node.following = {word: shared(after) for word, after in node.following.items()}
        key = (node.may_end, *((word, id(after)) for word, after in node.following.items()))
        return known.setdefault(key, node)

    return shared(root)
