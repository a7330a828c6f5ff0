"""Work in steps: whoever has several pieces of it may do the same step of all, one by one."""

from collections.abc import Generator

STEP = b""
"""What is yielded at the end of a step. It is also what WSGI yields while there is no answer."""

Steps = Generator[bytes, None, bytes]
"""Yields ``STEP`` between two steps, and returns the answer."""
