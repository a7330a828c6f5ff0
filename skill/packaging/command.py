"""What `back-coach package` does: checks, writes, and tells what it wrote."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from msgspec import Struct

from interaction_models import NoSuchLocale
from skill.lint.findings import format_findings
from skill.lint.package_files import findings_in, ordered
from skill.lint.project import Project, Unreadable
from skill.packaging.endpoint_address import BadEndpoint, read_endpoint
from skill.packaging.listing import BadListing
from skill.packaging.manifest import Links
from skill.packaging.package import PackageSpec, package, write
from skill.settings import BadSetting
from speech.wording import MissingWords


class BadPackage(BadSetting):
    """Amazon would not take the package; the message holds each fault and its fix."""


class PackageOptions(Struct, frozen=True):
    """What an operator asks for; empty texts for the defaults."""

    endpoint: str
    certificate: str
    out: Path
    locales: str
    """Separated by commas; empty for all."""
    invocation_name: str
    privacy_url: str
    terms_url: str


def make(wishes: PackageOptions) -> Iterator[str]:
    """Write the package, and tell each file.

    Raises:
        BadPackage: Amazon would not take the package, or it cannot be written.
        LookupError: there is no model for a locale, or Amazon's types are not installed.
    """
    try:
        files = package(_order(wishes))
    except (BadEndpoint, BadListing, MissingWords, Unreadable) as error:
        raise BadPackage(str(error)) from None
    found = sorted(findings_in(files))
    if found:
        raise BadPackage(format_findings(found))
    try:
        write(files, wishes.out)
    except OSError as error:
        raise BadPackage(f"{wishes.out} cannot be written: {error}") from None
    yield from (str(wishes.out / name) for name in files)


def _order(wishes: PackageOptions) -> PackageSpec:
    for url in (wishes.privacy_url, wishes.terms_url):
        if url and not url.startswith("https://"):
            raise BadPackage(f"{url!r} is no https address")
    order = ordered(Project.shipped())
    return replace(
        order,
        models=_chosen(order, wishes.locales),
        endpoint=read_endpoint(wishes.endpoint, wishes.certificate),
        links=Links(wishes.privacy_url, wishes.terms_url),
        invocation=wishes.invocation_name,
    )


def _chosen(order: PackageSpec, locales: str) -> dict[str, str]:
    wanted = [locale.strip() for locale in locales.split(",") if locale.strip()]
    for locale in wanted:
        if locale not in order.models:
            known = ", ".join(order.models)
            raise NoSuchLocale(f"no interaction model for locale {locale!r}; there are: {known}")
    return {locale: order.models[locale] for locale in wanted or order.models}
