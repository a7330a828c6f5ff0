"""The data files of a project, as texts, so that a copy can be checked as well as the original."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import skill

MODELS = "interaction_models"
WORDING = "speech/wording"
ROUTINES = "skill/exercises/exercises.toml"
SAFETY = "skill/exercises/safety.toml"
LISTING = "skill/packaging/listing"
MANIFEST = "skill/packaging/manifest.toml"
RULES = "skill/lint/languages"


@dataclass(frozen=True)
class Project:
    """A folder that holds the data files where the project has them."""

    root: Path

    @classmethod
    def shipped(cls) -> "Project":
        """This very installation."""
        return cls(Path(skill.__file__).parent.parent)

    def text(self, file: str) -> str:
        """The contents of a file; FileNotFoundError where there is none."""
        return (self.root / file).read_text("utf-8")

    @cached_property
    def models(self) -> dict[str, str]:
        """The text of each locale's interaction model."""
        return self._named(MODELS, "json")

    @cached_property
    def wordings(self) -> dict[str, str]:
        """The Fluent text of each language."""
        return self._named(WORDING, "ftl")

    @cached_property
    def rules(self) -> dict[str, str]:
        """The text of each language's rules for speech."""
        return self._named(RULES, "toml")

    @cached_property
    def listings(self) -> dict[str, str]:
        """The text of each language's entry in the store."""
        return self._named(LISTING, "toml")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the models' locales."""
        return tuple(sorted({locale.partition("-")[0] for locale in self.models}))

    def _named(self, folder: str, ending: str) -> dict[str, str]:
        files = sorted((self.root / folder).glob(f"*.{ending}"))
        return {file.stem: file.read_text("utf-8") for file in files}
