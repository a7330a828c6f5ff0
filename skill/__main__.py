"""Command line `back-coach`: the group of commands; each is a file in `skill/cli`."""

import click

from skill.cli.backup import backup
from skill.cli.check import check
from skill.cli.create_table import create_table
from skill.cli.default import run_local_speaker
from skill.cli.expire import expire
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


for command in (talk, lengths, serve, check, new_exercise, package):
    main.add_command(command)
for of_the_store in (progress, forget, expire, backup, create_table):
    main.add_command(of_the_store)


if __name__ == "__main__":
    main()
