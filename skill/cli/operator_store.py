"""Store of the operator: the one that the environment names, for commands that look into it."""

import os

from skill.settings import Settings
from skill.store import Store, open_configured


def operator_store() -> Store:
    """Open the store that BACK_COACH_STORE names; no other setting of the endpoint is needed.

    Raises:
        BadSetting: the store is of no known kind.
        StoreFailed: it cannot be opened.
    """
    unverified = {**os.environ, "BACK_COACH_VERIFY_REQUESTS": "off"}
    return open_configured(Settings.from_environment(unverified))
