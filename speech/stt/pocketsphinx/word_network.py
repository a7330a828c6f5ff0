"""Word network: a finite-state grammar, whose sentences share their beginnings and ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Sentence = tuple[str, ...]
"""Words; a slot stands in braces, such as `{city}`."""

Arc = tuple[int, int, str]
"""From a state to a state by a word; by none where the word is empty."""


@dataclass
class Network:
    """Word network: every path from the first state to the last is a sentence."""

    arcs: list[Arc] = field(default_factory=list)
    states: int = 2
    first: int = 0
    last: int = 1

    def new_state(self) -> int:
        """Add a state that no arc touches yet; its number."""
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


def network(
    sentences: Iterable[Sentence], slots: Mapping[str, Iterable[Sentence]] | None = None
) -> Network:
    """Compile sentences to the smallest network of them, with each slot's sentences in its place.

    Raises:
        KeyError: a slot is not given.
    """
    return _Compiler(slots or {}).compile(sentences)


class _Compiler:
    """Writes minimal trees into one network."""

    def __init__(self, slots: Mapping[str, Iterable[Sentence]]) -> None:
        self._network = Network()
        self._slots = {name: list(given) for name, given in slots.items()}
        self._entries: dict[tuple[str, int], int] = {}

    def compile(self, sentences: Iterable[Sentence]) -> Network:
        root = _minimal_tree(sentences)
        if root.following or root.may_end:
            entry = self._write_states(root, self._network.last, {})
            self._network.arcs.append((self._network.first, entry, ""))
        return self._network

    def _write_states(self, node: "_Node", last: int, known: dict[int, int]) -> int:
        """Write the states of a tree that ends in the state `last`; the state of its root."""
        if not node.following and node.may_end:
            return last
        if id(node) not in known:
            known[id(node)] = state = self._network.new_state()
            if node.may_end:
                self._network.arcs.append((state, last, ""))
            for word, following in node.following.items():
                self._arc(state, word, self._write_states(following, last, known))
        return known[id(node)]

    def _arc(self, state: int, word: str, target: int) -> None:
        if not word.startswith("{"):
            self._network.arcs.append((state, target, word))
            return
        # All that go on to the same state share one copy of a slot.
        entry = self._entries.get((word, target))
        if entry is None:
            tree = _minimal_tree(self._slots[word[1:-1]])
            entry = self._entries[word, target] = self._write_states(tree, target, {})
        self._network.arcs.append((state, entry, ""))


class _Node:
    """A state of the tree: what may follow, and whether a sentence may end here."""

    __slots__ = ("following", "may_end")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.may_end = False


def _minimal_tree(sentences: Iterable[Sentence]) -> _Node:
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
