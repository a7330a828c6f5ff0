"""Command `backup`: a copy of the SQLite store, taken while the server runs."""

from pathlib import Path

import click

from skill.cli.operator_errors import operator_errors


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the store into a new FILE, whole and consistent, without stopping the server."""
    with operator_errors():
        from skill.cli.operator_store import operator_store
        from skill.settings import BadSetting
        from skill.store.sqlite import SqliteStore

        store = operator_store()
        if not isinstance(store, SqliteStore):
            raise BadSetting("a table is backed up by Amazon: switch on point-in-time recovery")
        store.backup(file)
        click.echo(f"copied to {file}")
