"""Package maker: writes the ask-cli project, and refuses one that Amazon would not take."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from msgspec import Struct

from interaction_models import NoSuchLocale
from skill.lint.findings import format_findings
from skill.lint.package_files import findings_in, package_spec
from skill.lint.project import Project, Unreadable
from skill.packaging.ask_cli_project import PackageSpec, package, write
from skill.packaging.endpoint_address import BadEndpoint, read_endpoint
from skill.packaging.listing import BadListing
from skill.packaging.manifest import Links
from skill.settings import BadSetting
from speech.wording import MissingWords


class BadPackage(BadSetting):
    """Invalid package: Amazon would not take it; the message holds each fault and its fix."""


class PackageOptions(Struct, frozen=True):
    """Package options of an operator; empty texts for the defaults."""

    endpoint: str
    certificate: str
    out: Path
    locales: str
    """Separated by commas; empty for all."""
    invocation_name: str
    privacy_url: str
    terms_url: str


def make(options: PackageOptions) -> Iterator[str]:
    """Make the package, and tell each file that is written.

    Raises:
        BadPackage: Amazon would not take the package, or it cannot be written.
        LookupError: there is no model for a locale, or Amazon's types are not installed.
    """
    try:
        files = package(_spec(options))
    except (BadEndpoint, BadListing, MissingWords, Unreadable) as error:
        raise BadPackage(str(error)) from None
    found = sorted(findings_in(files))
    if found:
        raise BadPackage(format_findings(found))
    try:
        write(files, options.out)
    except OSError as error:
        raise BadPackage(f"{options.out} cannot be written: {error}") from None
    yield from (str(options.out / name) for name in files)


def _spec(options: PackageOptions) -> PackageSpec:
    for url in (options.privacy_url, options.terms_url):
        if url and not url.startswith("https://"):
            raise BadPackage(f"{url!r} is no https address")
    spec = package_spec(Project.shipped())
    return replace(
        spec,
        models=_chosen(spec, options.locales),
        endpoint=read_endpoint(options.endpoint, options.certificate),
        links=Links(options.privacy_url, options.terms_url),
        invocation=options.invocation_name,
    )


def _chosen(spec: PackageSpec, locales: str) -> dict[str, str]:
    wanted = [locale.strip() for locale in locales.split(",") if locale.strip()]
    for locale in wanted:
        if locale not in spec.models:
            known = ", ".join(spec.models)
            raise NoSuchLocale(f"no interaction model for locale {locale!r}; there are: {known}")
    return {locale: spec.models[locale] for locale in wanted or spec.models}
