"""Command `progress`: a person's calendar and totals."""

import click

from skill.cli.operator_errors import operator_errors


@click.command()
@click.argument("alexa_id", required=False)
def progress(alexa_id: str | None) -> None:
    """A person's calendar and totals. ALEXA_ID is a user or person id; by default, you here."""
    with operator_errors():
        from datetime import date

        from skill.alexa.identity import key_of
        from skill.cli.operator_store import operator_store
        from skill.cli.progress_calendar import calendar
        from skill.speaker.device_requests import LOCAL_PERSON

        store, key = operator_store(), key_of(alexa_id or LOCAL_PERSON)
        click.echo(calendar(store.recall(key), store.history(key), date.today()))  # noqa: DTZ011
