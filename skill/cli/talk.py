"""Command `talk`: the local smart speaker in a terminal, live or on a simulated clock."""

import sys
from datetime import datetime

import click

from skill.cli.operator_errors import operator_errors


@click.command()
@click.option("--fast", is_flag=True, help="Utterances from standard input, a transcript out.")
@click.option("--locale", default="en-US", show_default=True, help="Whose words are understood.")
@click.option(
    "--start",
    type=click.DateTime(),
    default="2025-01-06T08:00:00",
    help="With --fast: when the simulated day begins (UTC).",
)
def talk(*, fast: bool, locale: str, start: datetime) -> None:
    """A smart speaker in this terminal."""
    with operator_errors():
        from skill.cli.local_speaker import talk_fast, talk_live

        if fast:
            for line in talk_fast(sys.stdin, start, locale):
                click.echo(line)
        else:
            talk_live(locale)
