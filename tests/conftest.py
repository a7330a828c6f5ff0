"""What every test may need: the shipped facts and words, and a morning."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis.configuration import set_hypothesis_home_dir

from skill.content import Content


def pytest_configure(config: pytest.Config) -> None:
    # A ".hypothesis" folder in the project's root would stop the next collection with a warning.
    cache: pytest.Cache | None = getattr(config, "cache", None)
    if cache is not None:
        set_hypothesis_home_dir(cache.mkdir("hypothesis"))


@pytest.fixture(scope="session")
def content() -> Content:
    """What the coach knows as shipped."""
    return Content.for_language("en")


@pytest.fixture(scope="session")
def morning() -> datetime:
    """A Monday, 8 o'clock where the person lives."""
    return datetime(2025, 3, 3, 8, tzinfo=ZoneInfo("America/New_York"))
