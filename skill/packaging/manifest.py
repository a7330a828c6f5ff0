"""Skill manifest (skill.json), in the shape that Amazon wants."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from skill.packaging.endpoint_address import EndpointAddress
from skill.packaging.listing import About, Listing

SMALL_ICON, LARGE_ICON = "assets/images/icon-small.png", "assets/images/icon-large.png"
"""Within skill-package."""


class Links(Struct, frozen=True):
    """Links to the texts for people; empty for nowhere yet."""

    privacy: str = ""
    terms: str = ""


def manifest(
    about: About, listings: Mapping[str, Listing], endpoint: EndpointAddress, links: Links
) -> dict[str, Any]:
    """Skill manifest: the contents of skill.json.

    Args:
        about: what is told in every language.
        listings: what is told, by locale, its invocation name filled in.
        endpoint: where requests go.
        links: addresses of the privacy policy and the terms.
    """
    instructions = next(iter(listings.values())).testing_instructions
    body = {
        "manifestVersion": "1.0",
        "publishingInformation": {
            "locales": {locale: _published(listing) for locale, listing in listings.items()},
            "isAvailableWorldwide": True,
            "distributionMode": "PUBLIC",
            "testingInstructions": instructions,
            "category": about.category,
            "distributionCountries": [],
        },
        "privacyAndCompliance": {**about.privacy, **_linked(listings, links)},
        "permissions": [{"name": name} for name in about.permissions],
        "apis": {
            "custom": {
                "endpoint": _endpoint(endpoint),
                "interfaces": [{"type": interface} for interface in about.interfaces],
            }
        },
        "events": {
            "endpoint": _endpoint(endpoint),
            "subscriptions": [{"eventName": event} for event in about.events],
        },
    }
    return {"manifest": body}


def _published(listing: Listing) -> dict[str, Any]:
    return {
        "name": listing.name,
        "summary": listing.summary,
        "description": listing.description,
        "smallIconUri": f"file://{SMALL_ICON}",
        "largeIconUri": f"file://{LARGE_ICON}",
        "keywords": list(listing.keywords),
        "examplePhrases": list(listing.example_phrases),
    }


def _linked(listings: Mapping[str, Listing], links: Links) -> dict[str, Any]:
    found = {"privacyPolicyUrl": links.privacy, "termsOfUseUrl": links.terms}
    given = {name: url for name, url in found.items() if url}
    return {"locales": {locale: dict(given) for locale in listings}} if given else {}


def _endpoint(endpoint: EndpointAddress) -> dict[str, str]:
    if not endpoint.certificate:
        return {"uri": endpoint.uri}
    return {"uri": endpoint.uri, "sslCertificateType": endpoint.certificate}
