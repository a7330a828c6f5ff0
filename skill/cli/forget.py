"""Command `forget`: erasure of a household's data."""

import click

from skill.cli.operator_errors import operator_errors


@click.command()
@click.argument("alexa_id")
def forget(alexa_id: str) -> None:
    """Erase everything about a user or person id, and about everybody in that household."""
    with operator_errors():
        from skill.alexa.identity import key_of
        from skill.cli.operator_store import operator_store

        operator_store().forget_household(key_of(alexa_id))
        click.echo("forgotten")
