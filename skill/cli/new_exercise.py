"""Command `new-exercise`: writes the skeleton of an exercise."""

import click

from skill.cli.operator_errors import operator_errors


@click.command("new-exercise")
@click.argument("exercise_id", metavar="ID")
@click.option("--posture", metavar="POSTURE", help="Such as lying, hands-and-knees or seated.")
@click.option("--sided/--not-sided", default=None, help="Whether each side works in turn.")
@click.option(
    "--phase",
    "phases",
    metavar="PHASE=MOVE,…",
    multiple=True,
    default=("movement=move",),
    help="A phase and its moves, such as bend=draw. Give one for each phase.",
)
def new_exercise(
    *, exercise_id: str, posture: str | None, sided: bool | None, phases: tuple[str, ...]
) -> None:
    """Write the skeleton of the exercise ID: its facts, its sentences, and its names.

    `back-coach check` then names every place that is still to be written.
    """
    from skill.cli.exercise_skeleton import NoSkeleton, Outline, read_phase, skeleton
    from skill.lint.project import Project, Unreadable

    with operator_errors(NoSkeleton, Unreadable, OSError):
        project = Project.shipped()
        if not (project.root / "pyproject.toml").is_file():
            raise NoSkeleton(
                "this is an installed package, not the project; "
                "install the project itself with: pip install -e ."
            )
        outline = Outline(exercise_id, [read_phase(phase) for phase in phases], posture, sided)
        files = skeleton(project, outline)
        for file, text in files.items():
            path = project.root / file
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as out:
                out.write(text)
            click.echo(f"written: {file}")
    click.echo("Fill them in; `back-coach check` names every place that is left.")
