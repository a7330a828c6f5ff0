"""How a fault comes into a copy of the data."""

from collections.abc import Callable

from skill.lint.project import Project

Planted = Callable[[str, str, str], Project]
"""Puts one text in place of another, once, in a file; gives the project as it is then."""
