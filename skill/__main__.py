"""Command line `back-coach`: the group of commands; each is a file in `skill/cli`."""

import click

from skill.cli.check import check
from skill.cli.create_table import create_table
from skill.cli.default import run_local_speaker
from skill.cli.forget import forget
from skill.cli.lengths import lengths
from skill.cli.new_exercise import new_exercise
from skill.cli.package import package
from skill.cli.progress import progress
from skill.cli.serve import serve
from skill.cli.talk import talk


@click.group(invoke_without_command=True)
@click.version_option(package_name="back-coach")
@click.pass_context
def main(context: click.Context) -> None:
    """A voice coach for people with a stiff back. With no command: the local smart speaker."""
    if context.invoked_subcommand is None:
        run_local_speaker()


COMMANDS = (talk, lengths, serve, check, new_exercise, package, progress, forget, create_table)

for command in COMMANDS:
    main.add_command(command)


if __name__ == "__main__":
    main()
