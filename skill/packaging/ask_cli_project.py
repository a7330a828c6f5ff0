"""Ask-cli project: the contents of all its files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any

from interaction_models.model import read_model, rename_invocation
from skill.packaging.endpoint_address import EndpointAddress
from skill.packaging.listing import About, BadListing, Listing
from skill.packaging.manifest import LARGE_ICON, SMALL_ICON, Links, manifest

RESOURCES = "ask-resources.json"
PACKAGE = "skill-package"
MANIFEST = f"{PACKAGE}/skill.json"
MODELS = f"{PACKAGE}/interactionModels/custom"


@dataclass(frozen=True)
class PackageSpec:
    """Package specification: what a package is made of."""

    about: About
    listings: Mapping[str, Listing]
    """By language."""
    models: Mapping[str, str]
    """The text of each locale's interaction model."""
    endpoint: EndpointAddress
    links: Links = field(default_factory=Links)
    invocation: str = ""
    """In place of the models' own; empty to leave those."""


def package(spec: PackageSpec) -> dict[str, bytes]:
    """Build the package: the contents of each file, by its path with slashes.

    Raises:
        BadListing: a locale's language has no listing, or there is no locale.
        BadModel: a text is no interaction model.
    """
    models = {locale: _named(text, spec.invocation) for locale, text in spec.models.items()}
    if not models:
        raise BadListing("a package needs a locale")
    listings = {
        locale: _listing(spec, locale).naming(read_model(model).invocation_name)
        for locale, model in models.items()
    }
    files = {
        RESOURCES: _json(_resources()),
        MANIFEST: _json(manifest(spec.about, listings, spec.endpoint, spec.links)),
        **{f"{PACKAGE}/{name}": _icon(name) for name in (SMALL_ICON, LARGE_ICON)},
    }
    for locale, model in models.items():
        files[f"{MODELS}/{locale}.json"] = model.encode()
        language = locale.partition("-")[0]
        files[f"privacy.{language}.md"] = f"{listings[locale].privacy}\n".encode()
        files[f"terms.{language}.md"] = f"{listings[locale].terms}\n".encode()
    return files


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files below a folder, which is made where it is not there; raises OSError."""
    for name, contents in files.items():
        path = folder.joinpath(*PurePosixPath(name).parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents)


def _named(text: str, invocation: str) -> str:
    return rename_invocation(text, invocation) if invocation else text


def _listing(spec: PackageSpec, locale: str) -> Listing:
    language = locale.partition("-")[0]
    if language not in spec.listings:
        raise BadListing(f"{locale}: nothing is told about the skill in {language!r}")
    return spec.listings[language]


def _icon(name: str) -> bytes:
    picture = resources.files("skill.packaging") / "icons" / PurePosixPath(name).name
    return picture.read_bytes()


def _resources() -> dict[str, Any]:
    skill = {"skillMetadata": {"src": f"./{PACKAGE}"}}
    return {"askcliResourcesVersion": "2020-03-31", "profiles": {"default": skill}}


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
