"""The command `back-coach`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from interaction_models import NoSuchLocale
from skill.exercises import BrokenData
from skill.settings import BadSetting
from skill.speaker.device_requests import LOCAL_PERSON
from skill.store import Store, StoreFailed

EXTRAS = {
    **dict.fromkeys(
        ("hassil", "prompt_toolkit", "rapidfuzz", "rich", "espeakng_loader", "numpy"),
        "'back-coach[speaker]'",
    ),
    **dict.fromkeys(("ask_smapi_model", "jsonschema"), "'back-coach[package]'"),
}
"""Which extra brings what a command imports."""


@click.group(invoke_without_command=True)
@click.version_option(package_name="back-coach")
@click.pass_context
def main(context: click.Context) -> None:
    """A voice coach for people with a stiff back. With no command: the local smart speaker."""
    if context.invoked_subcommand is None:
        _speaker()


def _speaker() -> None:
    """The page and the terminal; the terminal alone where there is no voice."""
    with _operator_errors():
        from skill.cli.local_page import talk_on_page
        from skill.cli.local_speaker import talk_live
        from speech.tts.base import TextToSpeechUnavailable

        try:
            talk_on_page("en-US", click.echo)
        except TextToSpeechUnavailable as reason:
            click.echo(f"There is no page: {reason}.", err=True)
            talk_live("en-US")


@main.command()
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
    with _operator_errors():
        from skill.cli.local_speaker import talk_fast, talk_live

        if fast:
            for line in talk_fast(sys.stdin, start, locale):
                click.echo(line)
        else:
            talk_live(locale)


@main.command()
def lengths() -> None:
    """How long each exercise takes, to say and to do, at each pace."""
    from skill.cli.lengths import table
    from skill.content import Content
    from skill.exercises import load_facts
    from speech.wording import Wording

    with _operator_errors():
        click.echo(table(Content(*load_facts(), Wording.for_language("en"))))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option(
    "--threads",
    default=32,
    show_default=True,
    type=click.IntRange(2, 1024),
    help="Requests in work at once in each worker.",
)
@click.option("--json-logs", is_flag=True, help="Log lines as JSON objects.")
@click.option("--access-log/--no-access-log", default=True, help="A line about each request.")
def serve(**options: Any) -> None:
    """The Alexa endpoint for production; settings are BACK_COACH_… variables."""
    import os

    from skill.server.serve import ServerOptions
    from skill.server.serve import serve as serve_until_stopped
    from skill.settings import Settings

    with _operator_errors():
        serve_until_stopped(ServerOptions(**options), Settings.from_environment(os.environ))


@main.command()
def check() -> None:
    """Look for faults that would only show on Alexa: in models, speech, facts and package."""
    from skill.lint.check import PARTS
    from skill.lint.check import check as findings_of
    from skill.lint.findings import format_findings
    from skill.lint.project import Project

    with _operator_errors():
        found = findings_of(Project.shipped())
    if found:
        click.echo(format_findings(found))
        click.echo(f"{len(found)} found")
        sys.exit(1)
    click.echo(f"nothing found in {', '.join(PARTS)}")


@main.command()
@click.option("--endpoint", required=True, help="https address of the skill, or a Lambda's ARN.")
@click.option(
    "--certificate",
    type=click.Choice(["Trusted", "Wildcard", "SelfSigned"]),
    default="Trusted",
    show_default=True,
    help="Kind of the endpoint's certificate.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dist/alexa"),
    show_default=True,
    help="Folder to write to.",
)
@click.option("--locales", default="", help="Such as en-US,en-GB; by default all.")
@click.option("--invocation-name", default="", help="In place of the models' own.")
@click.option("--privacy-url", default="", help="Where the privacy text can be read.")
@click.option("--terms-url", default="", help="Where the terms can be read.")
def package(**options: Any) -> None:
    """The skill as an ask-cli project, ready to be deployed or imported."""
    from skill.cli.make_package import PackageOptions, make
    from skill.lint.smapi_schema import NoSchema

    with _operator_errors(NoSchema):
        for line in make(PackageOptions(**options)):
            click.echo(line)


@main.command()
@click.argument("alexa_id", default=LOCAL_PERSON)
def progress(alexa_id: str) -> None:
    """A person's calendar and totals. ALEXA_ID is a user or person id; by default, you here."""
    from datetime import date

    from skill.alexa.identity import key_of

    with _operator_errors():
        from rich.console import Console

        from skill.cli.progress_calendar import calendar

        store, key = _store(), key_of(alexa_id)
        Console().print(calendar(store.recall(key), store.history(key), date.today()))  # noqa: DTZ011


@main.command()
@click.argument("alexa_id")
def forget(alexa_id: str) -> None:
    """Erase everything about a user or person id, and about everybody in that household."""
    from skill.alexa.identity import key_of

    with _operator_errors():
        _store().forget_household(key_of(alexa_id))
        click.echo("forgotten")


def _store() -> Store:
    """The store that the environment names."""
    import os

    from skill.chosen_store import chosen_store
    from skill.settings import Settings

    unverified = {**os.environ, "BACK_COACH_VERIFY_REQUESTS": "off"}
    return chosen_store(Settings.from_environment(unverified))


@main.command("create-table")
@click.argument("table", required=False)
def create_table(*, table: str | None) -> None:
    """Make the DynamoDB table that BACK_COACH_STORE names, or the one named here."""
    import os

    from skill.store.opening import create

    with _operator_errors(ValueError):
        url = f"dynamodb://{table}" if table else os.environ.get("BACK_COACH_STORE", "")
        click.echo(f"Table {create(url)} is ready.")


@contextmanager
def _operator_errors(*more: type[Exception]) -> Iterator[None]:
    """Turns what an operator can mend into one line and exit status 2."""
    known: tuple[type[Exception], ...] = (BadSetting, StoreFailed, BrokenData, NoSuchLocale, *more)
    try:
        yield
    except known as error:
        reason = str(error)
    except ModuleNotFoundError as error:
        if error.name not in EXTRAS:
            raise
        reason = f"{error.name} is missing; install it with: pip install {EXTRAS[error.name]}"
    else:
        return
    click.echo(f"back-coach: {reason}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
