"""The whole skill as it is deployed: `python -m tests.whole_skill PORT FOLDER …`.

Further words are the workers and threads. Only the certificate authority is another.
"""

import sys
from functools import partial
from pathlib import Path
from typing import Any

from skill.server.serve import ServerOptions, serve
from skill.web import create_app
from tests.signed_requests import settings, verifier


def application(folder: Path) -> Any:
    """The Flask application that trusts a folder's root."""
    return create_app(settings(folder), signature=verifier(folder))


def main() -> None:
    """Serve until told to stop."""
    port, place, workers, threads = sys.argv[1:]
    serving = ServerOptions(port=int(port), workers=int(workers), threads=int(threads))
    serve(serving, settings(Path(place)), partial(application, Path(place)))


if __name__ == "__main__":
    main()
