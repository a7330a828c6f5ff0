"""Project data files as texts, so that a copy can be checked as well as the original."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import skill
from skill.exercises import Exercises, Safety
from skill.exercises.loader import DataFile, read_exercises, read_safety
from skill.lint.findings import Finding

MODELS = "interaction_models"
PHRASES = "interaction_models/phrases"
WORDING = "speech/wording"
EXERCISES = "skill/exercises/data"
GUIDANCE = "skill/exercises/guidance.toml"
SAFETY = "skill/exercises/safety.toml"
LISTING = "skill/packaging/listing"
MANIFEST = "skill/packaging/manifest.toml"
RULES = "skill/lint/languages"


class Unreadable(Exception):
    """Unreadable data file: missing, or no text."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.finding = Finding(file, 0, reason, "write this file, as UTF-8")


@dataclass(frozen=True)
class Project:
    """Project folder that holds the data files in their places."""

    root: Path

    @classmethod
    def shipped(cls) -> "Project":
        """This very installation."""
        return cls(Path(skill.__file__).parent.parent)

    def text(self, file: str) -> str:
        """The contents of a file; Unreadable where there is none."""
        try:
            return (self.root / file).read_text("utf-8")
        except FileNotFoundError:
            raise Unreadable(file, "this file is missing") from None
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(file, f"this file cannot be read: {error}") from None

    @cached_property
    def models(self) -> dict[str, str]:
        """The text of each locale's interaction model."""
        return self._named(MODELS, "json")

    @cached_property
    def phrases(self) -> dict[str, dict[str, str]]:
        """The phrases of each language, of which its models are made, by file."""
        return {
            path.stem: self._texts([path, *(path.with_suffix("") / "exercises").glob("*.yaml")])
            for path in sorted((self.root / PHRASES).glob("*.yaml"))
        }

    @cached_property
    def wordings(self) -> dict[str, dict[str, str]]:
        """The Fluent texts of each language, by file."""
        files = sorted((self.root / WORDING).glob("*/*.ftl"))
        languages = dict.fromkeys(file.parent.name for file in files)
        return {
            language: self._texts(file for file in files if file.parent.name == language)
            for language in languages
        }

    @cached_property
    def exercises(self) -> dict[str, str]:
        """The facts of the exercises, by file."""
        return self._texts((self.root / EXERCISES).glob("*.toml"))

    def read_facts(self) -> tuple[Exercises, Safety]:
        """Parse the facts.

        Raises:
            BrokenData: a file has a fault.
            Unreadable: a file is missing, or is no text.
        """
        guidance, safety = (DataFile(file, self.text(file)) for file in (GUIDANCE, SAFETY))
        exercises = [DataFile(*item) for item in self.exercises.items()]
        return read_exercises(guidance, exercises), read_safety(safety)

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
        """The languages of the models' locales for which every file is there."""
        parts = (self.phrases, self.wordings, self.rules, self.listings)
        return tuple(
            language for language in self._spoken if all(language in part for part in parts)
        )

    @property
    def _spoken(self) -> list[str]:
        return sorted({language_of(locale) for locale in self.models})

    def incomplete(self) -> Iterator[Finding]:
        """The files that a language lacks in which there are models."""
        for language in self._spoken:
            if language not in self.phrases:
                problem = f"there are models in {language}, and no phrases to make them of"
                yield Finding(f"{PHRASES}/{language}.yaml", 0, problem, "write this file")
            if language not in self.wordings:
                problem = f"nothing is said in {language}"
                yield Finding(f"{WORDING}/{language}", 0, problem, "write its files")
            if language not in self.rules:
                yield no_rules(language)
            if language not in self.listings:
                problem = f"the store is told nothing about the skill in {language}"
                yield Finding(f"{LISTING}/{language}.toml", 0, problem, "write this file")

    def _texts(self, files: Iterable[Path]) -> dict[str, str]:
        names = sorted(file.relative_to(self.root).as_posix() for file in files)
        return {name: self.text(name) for name in names}

    def _named(self, folder: str, ending: str) -> dict[str, str]:
        files = sorted((self.root / folder).glob(f"*.{ending}"))
        return {file.stem: self.text(f"{folder}/{file.name}") for file in files}


def language_of(locale: str) -> str:
    """The language of a locale such as en-US."""
    return locale.partition("-")[0]


def no_rules(language: str) -> Finding:
    """What a check must know of a language is missing."""
    problem = f"there are no rules for {language}"
    return Finding(f"{RULES}/{language}.toml", 0, problem, "write this file")
