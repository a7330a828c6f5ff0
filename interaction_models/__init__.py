"""Interaction models: what people may say, one deployable Alexa model per locale."""

from importlib.resources import files

from interaction_models.model import LanguageModel, read_model


class NoSuchLocale(LookupError):
    """Unknown locale: no model is shipped for it."""


def locales() -> tuple[str, ...]:
    """List the locales that have a shipped model, sorted, such as ``("en-US",)``."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


def load_text(locale: str) -> str:
    """Load the JSON text of the shipped interaction model of a locale.

    Raises:
        NoSuchLocale: no model is shipped for this locale.
    """
    if locale not in locales():
        known = ", ".join(locales()) or "none"
        raise NoSuchLocale(f"no interaction model for locale {locale!r}; there are: {known}")
    return files(__name__).joinpath(f"{locale}.json").read_text(encoding="utf-8")


def load(locale: str) -> LanguageModel:
    """Load the shipped language model of a locale.

    Raises:
        NoSuchLocale: no model is shipped for this locale.
    """
    return read_model(load_text(locale))
