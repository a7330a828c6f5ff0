"""Mutation of requests at every door, as the table in docs/safety.md: `python -m …`."""

import logging
import tempfile
from pathlib import Path

from tests.alexa.doors import all_doors
from tests.alexa.mutations import run, table


def main() -> None:
    """Print the figures, and every mutation that was not answered as it should be."""
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        figures = run(all_doors(Path(folder)))
    print("\n".join([*table(figures), *figures.faults]))


if __name__ == "__main__":
    main()
