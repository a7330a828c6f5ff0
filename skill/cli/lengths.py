"""Command `lengths`: the table of how long each exercise takes."""

import click

from skill.cli.operator_errors import operator_errors


@click.command()
def lengths() -> None:
    """How long each exercise takes, to say and to do, at each pace."""
    with operator_errors():
        from skill.cli.length_table import length_table
        from skill.content import Content

        click.echo(length_table(Content.for_language("en")))
