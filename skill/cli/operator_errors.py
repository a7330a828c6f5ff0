"""Operator errors: what an operator can mend is one line on standard error, and exit status 2."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

EXTRAS = {
    **dict.fromkeys(
        ("hassil", "prompt_toolkit", "rapidfuzz", "espeakng_loader", "numpy"),
        "'back-coach[speaker]'",
    ),
    "granian": "granian",
    **dict.fromkeys(("ask_smapi_model", "jsonschema"), "'back-coach[package]'"),
}
"""Which extra brings what a command imports."""


@contextmanager
def operator_errors(*more: type[Exception]) -> Iterator[None]:
    """Exit with status 2 and one line for a bad setting, store, data file, locale, or `more`.

    A module that an extra brings is one as well: the line says how to install it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in EXTRAS:
            raise
        reason = f"{error.name} is missing; install it with: pip install {EXTRAS[error.name]}"
    except Exception as error:
        if not isinstance(error, (*_known(), *more)):
            raise
        reason = str(error)
    else:
        return
    click.echo(f"back-coach: {reason}", err=True)
    sys.exit(2)


def _known() -> tuple[type[Exception], ...]:
    # Only imported once there is an error: most of a quick command's time would go there.
    from interaction_models import NoSuchLocale
    from skill.exercises import BrokenData
    from skill.settings import BadSetting
    from skill.store import StoreFailed
    from speech.wording import BrokenWording

    return BadSetting, StoreFailed, BrokenData, BrokenWording, NoSuchLocale
