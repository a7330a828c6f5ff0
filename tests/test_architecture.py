"""Architecture: one name for one thing, and who may import whom, from the real import statements.

Circles and arrows are looked for in imports anywhere in a file, in functions too.
"""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from skill.__main__ import main

ROOT = Path(__file__).parents[1]
SOURCES = ("skill", "speech", "interaction_models")
Arrow = tuple[str, str]
"""Who imports, and who is imported: rooms such as skill.coach, or modules."""

CONVENTIONAL = {
    "base": "the interface of a folder whose other files are its engines",
}
"""Module names that may stand more than once, and why. Besides, each command of `back-coach` has a
file of its name in skill/cli, where the work itself may be done by a module of that name."""

ENTRY_POINTS = {"__main__", "settings", "web", "lambda_function", "content"}
"""Modules that may lie loose in skill/: what starts, what configures, and what is composed once."""

LOOSE_FOR_NOW: Mapping[str, str] = {}

FAMILY = 3
"""So many files of one folder that begin with the same word belong into a folder of that name."""

FAMILIES_THAT_STAY = {
    ("skill/alexa/verification", "certificate"): "the folder itself is the room of certificates",
}

MAY_IMPORT: Mapping[str, set[str]] = {
    "speech": set(),
    "interaction_models": set(),
    "skill.exercises": set(),
    "skill.content": {"skill.exercises", "speech"},
    "skill.coach": {"skill.exercises", "skill.content", "speech"},
    "skill.settings": {"skill.content"},
    "skill.store": {"skill.coach", "skill.settings"},
    "skill.alexa": {"skill.coach", "skill.content", "skill.exercises", "speech", "skill.store"},
    "skill.speaker": {
        *("skill.coach", "skill.content", "skill.exercises", "speech", "interaction_models"),
        "skill.settings",
    },
    "skill.packaging": {"interaction_models"},
    "skill.lint": {
        *("skill.coach", "skill.content", "skill.exercises", "skill.alexa", "skill.packaging"),
        *("speech", "interaction_models"),
    },
}
"""The arrows of every room that is no entry point. Lint stands above what it checks."""

ON_TOP = {"skill.cli", "skill.web", "skill.server"}
"""Rooms that put the others together; nobody else imports them."""
ABOVE_ALL = {"skill.__main__", "skill.lambda_function"}
"""Entry points that nobody imports at all."""

ALLOWED_FOR_NOW: Mapping[Arrow, str] = {}
"""Arrows that are still to be mended. A mended one leaves the table: an idle entry is a fault."""


def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name; a package by its own."""
    files = (file for source in SOURCES for file in sorted((ROOT / source).rglob("*.py")))
    return {_dotted(file.relative_to(ROOT)): file for file in files}


def _dotted(file: Path) -> str:
    return ".".join(file.with_suffix("").parts).removesuffix(".__init__")


@cache
def imports() -> Mapping[str, frozenset[str]]:
    """The modules of the product that each one imports."""
    files = modules()
    return {name: frozenset(_imported(name, file, files)) for name, file in files.items()}


def _imported(name: str, file: Path, files: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} has a relative import"
            base = str(node.module)
            inner = [f"{base}.{alias.name}" for alias in node.names]
            found = [module if module in files else base for module in inner]
        else:
            continue
        yield from (module for module in found if module in files)


def room(module: str) -> str:
    """The room of a module: a top folder, or one of skill's folders or loose modules."""
    top, *below = module.split(".")
    return f"{top}.{below[0]}" if top == "skill" and below else top


def arrows() -> dict[Arrow, list[Arrow]]:
    """Arrows between rooms, each with the modules that make it."""
    found: dict[Arrow, list[Arrow]] = defaultdict(list)
    for module, others in imports().items():
        for other in others:
            # The package `skill` itself is an empty door, from which anybody may ask for its path.
            if room(module) != room(other) != "skill":
                found[room(module), room(other)].append((module, other))
    return found


def circles(edges: Mapping[str, Iterable[str]]) -> list[str]:
    """Names that can be reached from themselves."""
    return sorted(name for name in edges if name in reached_from(name, edges))


def reached_from(start: str, edges: Mapping[str, Iterable[str]]) -> set[str]:
    """Everything that can be reached from a name in one step or more."""
    reached: set[str] = set()
    ahead = list(edges.get(start, ()))
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead.extend(edges.get(name, ()))
    return reached


def twice(names: Iterable[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)


def test_a_class_name_is_defined_once() -> None:
    defined = (
        node.name
        for file in modules().values()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert twice(defined) == []


def test_a_module_name_is_given_once() -> None:
    commands = {f"skill.cli.{command.replace('-', '_')}" for command in main.commands}
    assert commands <= modules().keys()
    stems = (
        file.stem
        for name, file in modules().items()
        if file.stem != "__init__" and name not in commands
    )
    assert set(twice(stems)) <= CONVENTIONAL.keys()


def test_nothing_lies_loose_in_the_skill_but_its_entry_points() -> None:
    loose = {file.stem for file in (ROOT / "skill").glob("*.py")} - {"__init__"}
    assert loose - ENTRY_POINTS - LOOSE_FOR_NOW.keys() == set()


def test_a_family_of_files_has_a_folder() -> None:
    """Two files of one word are a pair, such as sqlite and its connections; three are a family."""
    families = Counter(
        (str(file.parent.relative_to(ROOT)), file.stem.partition("_")[0])
        for file in modules().values()
        if not file.stem.startswith("_")
    )
    large = {family for family, size in families.items() if size >= FAMILY}
    assert large == FAMILIES_THAT_STAY.keys()


def test_rooms_import_only_what_they_may() -> None:
    wrong = {
        arrow: made_by
        for arrow, made_by in arrows().items()
        if arrow[0] in MAY_IMPORT
        and arrow[1] not in MAY_IMPORT[arrow[0]]
        and arrow not in ALLOWED_FOR_NOW
    }
    assert wrong == {}


def test_every_room_has_its_arrows() -> None:
    rooms = {room(module) for module in modules()} - {"skill"}
    loose = {f"skill.{name}" for name in LOOSE_FOR_NOW}
    assert rooms - MAY_IMPORT.keys() - ON_TOP - ABOVE_ALL - loose == set()


def test_of_the_store_alexa_knows_the_interface_only() -> None:
    names = {
        alias.name
        for module, file in modules().items()
        if room(module) == "skill.alexa"
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("skill.store")
        for alias in node.names
    }
    assert names <= {"Store", "StoreFailed", "BrokenMemory", "MemoryChanged", "WrittenLater"}


def test_nobody_imports_what_puts_the_rooms_together() -> None:
    above = ON_TOP | ABOVE_ALL
    wrong = {
        arrow: made_by
        for arrow, made_by in arrows().items()
        if (arrow[1] in ABOVE_ALL or (arrow[1] in ON_TOP and arrow[0] not in above))
        and arrow not in ALLOWED_FOR_NOW
    }
    assert wrong == {}


def test_rooms_form_no_circle() -> None:
    edges: dict[str, set[str]] = defaultdict(set)
    for here, there in arrows().keys() - ALLOWED_FOR_NOW.keys():
        edges[here].add(there)
    assert circles(edges) == []


def test_modules_form_no_circle() -> None:
    assert circles(imports()) == []


def test_what_is_allowed_for_now_is_still_there() -> None:
    assert ALLOWED_FOR_NOW.keys() - arrows().keys() == set()
    assert {name for name in LOOSE_FOR_NOW if f"skill.{name}" not in modules()} == set()


def test_a_circle_would_be_seen() -> None:
    assert circles({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["a"]}) == ["b", "c"]
