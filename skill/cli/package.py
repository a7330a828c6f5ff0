"""Command `package`: the skill as an ask-cli project."""

from pathlib import Path
from typing import Any

import click

from skill.cli.operator_errors import operator_errors


@click.command()
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

    with operator_errors(NoSchema):
        for line in make(PackageOptions(**options)):
            click.echo(line)
