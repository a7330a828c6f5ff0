"""The store that the operator's settings name."""

from skill.settings import BadSetting, Settings
from skill.store import Store, open_store


def chosen_store(settings: Settings) -> Store:
    """Open it.

    Raises:
        BadSetting: BACK_COACH_STORE is of no known kind, or what it needs is not installed.
        StoreFailed: it cannot be opened.
    """
    try:
        return open_store(settings.store_url, settings.retention_days)
    except ValueError as error:
        raise BadSetting(f"BACK_COACH_STORE: {error}") from None
