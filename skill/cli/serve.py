"""Command `serve`: the Alexa endpoint as a production server."""

import os
from typing import Any

import click

from skill.cli.operator_errors import operator_errors


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes; by default one for each core.",
)
@click.option(
    "--threads",
    default=4,
    show_default=True,
    type=click.IntRange(2, 1024),
    help="Requests in work at once in each worker.",
)
@click.option("--json-logs", is_flag=True, help="Log lines as JSON objects.")
@click.option("--access-log/--no-access-log", default=True, help="A line about each request.")
def serve(**options: Any) -> None:
    """The Alexa endpoint for production; settings are BACK_COACH_… variables."""
    with operator_errors():
        from skill.server.serve import ServerOptions
        from skill.server.serve import serve as serve_until_stopped
        from skill.settings import Settings

        chosen = {name: value for name, value in options.items() if value is not None}
        serve_until_stopped(ServerOptions(**chosen), Settings.from_environment(os.environ))
