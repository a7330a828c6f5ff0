"""Command `expire`: erasure of people who were not heard of for long, even if they are most."""

import os
import time

import click

from skill.cli.operator_errors import operator_errors


@click.command()
def expire() -> None:
    """Erase who was not heard of for BACK_COACH_RETENTION_DAYS, even if that is most people."""
    with operator_errors():
        from skill.cli.operator_store import operator_settings, operator_store

        before = time.time() - operator_settings(os.environ).retention_seconds
        click.echo(f"forgotten: {operator_store().expire(before, even_most=True)}")
