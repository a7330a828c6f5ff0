"""Command `create-table`: makes the DynamoDB table."""

import os

import click

from skill.cli.operator_errors import operator_errors


@click.command("create-table")
@click.argument("table", required=False)
def create_table(*, table: str | None) -> None:
    """Make the DynamoDB table that BACK_COACH_STORE names, or the one named here."""
    with operator_errors(ValueError):
        from skill.store.opening import create

        url = f"dynamodb://{table}" if table else os.environ.get("BACK_COACH_STORE", "")
        click.echo(f"Table {create(url)} is ready.")
