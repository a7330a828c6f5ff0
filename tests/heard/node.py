"""The npm package that stands in for Alexa, fetched once into the virtual environment."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(sys.prefix) / "node"
VIRTUAL_ALEXA = "virtual-alexa@0.7.8"
SCRIPTS = Path(__file__).parent
FETCHING = 120
"""Seconds."""
RUNNING = 300


def reason_without() -> str | None:
    """Fetch what is missing; return why there is no virtual Alexa here, or None where there is."""
    npm = shutil.which("npm")
    if shutil.which("node") is None or npm is None:
        return "node and npm are not installed"
    if (FOLDER / "node_modules" / "virtual-alexa" / "package.json").is_file():
        return None
    FOLDER.mkdir(parents=True, exist_ok=True)
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    command = [npm, "install", "--prefix", str(FOLDER), *quiet, VIRTUAL_ALEXA]
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=FETCHING
        )
    except subprocess.TimeoutExpired:
        return f"npm could not fetch {VIRTUAL_ALEXA} within {FETCHING} seconds"
    return f"npm could not fetch {VIRTUAL_ALEXA}" if done.returncode else None


def run(script: str, question: Any) -> list[Any]:
    """Run a script beside this file; give it a question, and return its lines of JSON."""
    done = subprocess.run(
        ["node", str(SCRIPTS / script)],
        check=False,
        input=json.dumps(question),
        capture_output=True,
        text=True,
        timeout=RUNNING,
        env={**os.environ, "NODE_PATH": str(FOLDER / "node_modules")},
    )
    if done.returncode:
        raise RuntimeError(f"{script}: {done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
