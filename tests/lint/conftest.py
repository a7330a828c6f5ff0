"""A copy of the project's data, to plant faults in."""

import shutil
from pathlib import Path

import pytest

from skill.lint import project as places
from skill.lint.project import Project
from tests.lint.planting import Planted

FOLDERS = (places.MODELS, places.WORDING, places.EXERCISES, places.RULES, places.LISTING)
FILES = (places.GUIDANCE, places.SAFETY, places.MANIFEST)
DATA = shutil.ignore_patterns("*.py", "__pycache__")


def copied(root: Path) -> Project:
    """The shipped data, in a folder of its own."""
    shipped = Project.shipped().root
    for folder in FOLDERS:
        shutil.copytree(shipped / folder, root / folder, ignore=DATA)
    for file in FILES:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shipped / file, root / file)
    return Project(root)


EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "heel-slides"
"""A further exercise, as files."""
PLACES = {
    ".toml": places.EXERCISES,
    ".ftl": f"{places.WORDING}/en",
    ".yaml": f"{places.PHRASES}/en/exercises",
}
"""Where each file of an exercise belongs, by its ending."""


def lay_example(root: Path) -> None:
    """Put the files of the example where an exercise's files belong."""
    for file in EXAMPLE.iterdir():
        shutil.copy(file, root / PLACES[file.suffix])


@pytest.fixture
def copy(tmp_path: Path) -> Project:
    """The shipped data with one locale, which shows a fault as well as five."""
    project = copied(tmp_path)
    for model in (tmp_path / places.MODELS).glob("*.json"):
        if model.stem != "en-US":
            model.unlink()
    return project


@pytest.fixture
def planted(copy: Project) -> Planted:
    """Put one text in place of another, once, in a file of the copy."""

    def plant(file: str, old: str, new: str) -> Project:
        path = copy.root / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return Project(copy.root)

    return plant
