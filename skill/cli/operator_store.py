"""Store of the operator: the one that the environment names, for commands that look into it."""

import os
from collections.abc import Mapping

from skill.settings import Settings
from skill.store import Store, open_configured


def operator_store() -> Store:
    """Open the store that BACK_COACH_STORE names; no other setting of the endpoint is needed.

    Raises:
        BadSetting: the store is of no known kind.
        StoreFailed: it cannot be opened.
    """
    return open_configured(operator_settings(os.environ))


def operator_settings(environment: Mapping[str, str]) -> Settings:
    """Settings as far as an operator's command needs them: nobody sends requests to it."""
    return Settings.from_environment({**environment, "BACK_COACH_VERIFY_REQUESTS": "off"})
