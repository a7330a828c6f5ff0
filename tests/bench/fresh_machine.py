"""What `make run` costs on a fresh machine: megabytes, packages, seconds until the page is there.

python -m tests.bench.fresh_machine

It clones what is committed, with an empty home and nothing else set, so that nothing that is
already here can help. Plain Python is enough for it.
"""

import os
import re
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

PROJECT = Path(__file__).parents[2]
GOAL = 250
"""Megabytes at most."""
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


def seconds_to_the_page(project: Path, home: Path) -> float:
    """Seconds from `make run` until the page is served."""
    began = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=project,
        env={"PATH": os.environ["PATH"], "HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout
        said = []
        for line in process.stdout:
            said.append(line)
            if found := ADDRESS.search(line):
                urllib.request.urlopen(found[0]).read()
                return time.perf_counter() - began
        raise RuntimeError("make run served no page:\n" + "".join(said))
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate()


def megabytes(folder: Path) -> float:
    """What a folder takes on the disk."""
    return sum(path.lstat().st_blocks for path in folder.rglob("*")) * 512 / 1e6


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place:
        project, home = Path(place) / "project", Path(place) / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", PROJECT, project], check=True)
        first = seconds_to_the_page(project, home)
        second = min(seconds_to_the_page(project, home) for _ in range(3))
        installed = megabytes(project / ".venv")
        print(f"first make run: {first:.0f} s to the page; the next: {second:.1f} s")
        print(
            f"installed: {installed:.0f} MB, at most {GOAL}; in the home: {megabytes(home):.1f} MB"
        )
        print(f"packages: {len([*project.glob('.venv/lib/*/site-packages/*.dist-info')])}")
        if installed > GOAL:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
