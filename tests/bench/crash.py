"""Kill -9 under load, restart, go on: what was recorded, and how often.

python -m tests.bench.crash
"""

import argparse
import random
import tempfile
from pathlib import Path

import msgspec

from tests.crashes import run


def main() -> None:
    """Print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=3000)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    options = parser.parse_args()
    chance = random.Random(1)
    most = options.requests // (options.kills + 1)
    for workers in options.workers:
        kills = [chance.randint(most // 2, most) for _ in range(options.kills)]
        with tempfile.TemporaryDirectory() as place:
            outcome = run(Path(place), requests=options.requests, workers=workers, kills=kills)
        figures = " ".join(f"{k}={v}" for k, v in msgspec.structs.asdict(outcome).items())
        print(f"workers={workers} kills={len(kills)} {figures}")


if __name__ == "__main__":
    main()
