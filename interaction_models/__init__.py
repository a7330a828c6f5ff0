"""What people may say: one deployable Alexa interaction model per locale."""

import json
from importlib.resources import files
from typing import Any


class NoSuchLocale(LookupError):
    """Nothing is shipped for a locale."""


def locales() -> tuple[str, ...]:
    """Return the locales that have a shipped model, sorted, such as ``("en-US",)``."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


def load(locale: str) -> dict[str, Any]:
    """Return the shipped interaction model of a locale, in Alexa's own JSON shape.

    Raises:
        NoSuchLocale: no model is shipped for this locale.
    """
    if locale not in locales():
        known = ", ".join(locales()) or "none"
        raise NoSuchLocale(f"no interaction model for locale {locale!r}; there are: {known}")
    text = files(__name__).joinpath(f"{locale}.json").read_text(encoding="utf-8")
    model: dict[str, Any] = json.loads(text)
    return model
