"""What the README says is so."""

from pathlib import Path

from skill.cli.length_table import length_table
from skill.content import Content

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def test_the_table_of_lengths_is_the_one_that_the_command_prints(content: Content) -> None:
    between = README.split("<!-- lengths -->")[1].split("<!-- /lengths -->")[0]
    assert between.strip() == length_table(content)


def test_every_target_it_names_is_in_the_makefile() -> None:
    makefile = (Path(__file__).parent.parent / "Makefile").read_text("utf-8")
    named = {word.split("`")[0] for word in README.split("`make ")[1:]}
    assert {name for name in named if f"\n{name}:" not in makefile} == set()
