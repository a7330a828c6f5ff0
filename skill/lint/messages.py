"""Message enumeration: every message of a language, in every way that it can come out."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from skill.coach.conversation import VARIETIES
from speech.wording import Wording
from speech.wording.catalog import Argument

NUMBERS: tuple[Argument, ...] = (0, 1, 2, 3, 7, 30)
SEEDS = range(VARIETIES)
"""All that the coach chooses by."""
NAMES: tuple[Argument, ...] = ("this", ["this", "that"])
"""For an argument that a message only repeats: a name, and a list of names."""


class _Arguments(Visitor):
    """Finds the arguments of a pattern, and the values that it tells apart."""

    def __init__(self, messages: Mapping[str, ast.Message]) -> None:
        self._messages = messages
        self._inside: list[str] = []
        self.found: dict[str, set[str]] = {}
        self.numbers: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - Fluent's name
        self.found.setdefault(node.id.name, set())

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - Fluent's name
        quoted = self._messages.get(node.id.name)
        if quoted is not None and quoted.value and node.id.name not in self._inside:
            self._inside.append(node.id.name)
            self.visit(quoted.value)
            self._inside.pop()

    def visit_FunctionReference(self, node: ast.FunctionReference) -> None:  # noqa: N802 - Fluent's name
        for argument in node.arguments.positional:
            if isinstance(argument, ast.VariableReference):
                self.numbers.add(argument.id.name)
        self.generic_visit(node)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802 - Fluent's name
        if isinstance(node.selector, ast.VariableReference):
            name = node.selector.id.name
            for variant in node.variants:
                if isinstance(variant.key, ast.NumberLiteral):
                    self.numbers.add(name)
                else:
                    self.found.setdefault(name, set()).add(variant.key.name)
        self.generic_visit(node)

    def values(self, name: str) -> tuple[Argument, ...]:
        """Values that lead to every variant at least once."""
        return NUMBERS if name in self.numbers else tuple(sorted(self.found[name])) or NAMES


def patterns(texts: Iterable[str]) -> dict[str, dict[str, tuple[Argument, ...]]]:
    """Each `message` and `message.attribute` of Fluent texts, with values for its arguments."""
    parser = FluentParser(with_spans=False)
    entries = [entry for text in texts for entry in parser.parse(text).body]
    messages = {entry.id.name: entry for entry in entries if isinstance(entry, ast.Message)}
    found = {}
    for name, message in messages.items():
        if message.value:
            found[name] = _arguments(message.value, messages)
        for attribute in message.attributes:
            found[f"{name}.{attribute.id.name}"] = _arguments(attribute.value, messages)
    return found


def _arguments(
    pattern: ast.Pattern, messages: Mapping[str, ast.Message]
) -> dict[str, tuple[Argument, ...]]:
    visitor = _Arguments(messages)
    visitor.visit(pattern)
    return {name: visitor.values(name) for name in sorted(visitor.found)}


def ways(words: Wording, key: str, values: dict[str, tuple[Argument, ...]]) -> Iterator[str]:
    """Everything that a message can say; MissingWords where it cannot say it."""
    seeds = SEEDS if f"{key}.or-1" in words else (0,)
    for seed, chosen in product(seeds, product(*values.values())):
        yield words(key, seed, **dict(zip(values, chosen, strict=True)))
