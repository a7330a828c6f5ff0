"""Command `check`: the linter of models, speech, facts and package."""

import sys

import click

from skill.cli.operator_errors import operator_errors


@click.command()
def check() -> None:
    """Look for faults that would only show on Alexa: in models, speech, facts and package."""
    from skill.lint.smapi_schema import NoSchema

    with operator_errors(NoSchema):
        from skill.lint.check import PARTS
        from skill.lint.check import check as findings_of
        from skill.lint.findings import format_findings
        from skill.lint.project import Project

        found = findings_of(Project.shipped())
    if found:
        click.echo(format_findings(found))
        click.echo(f"{len(found)} found")
        sys.exit(1)
    click.echo(f"nothing found in {', '.join(PARTS)}")
