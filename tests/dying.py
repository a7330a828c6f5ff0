"""The production server with a thread that dies when it is asked to.

Run as `python -m tests.dying PORT`.
"""

import os
import sys
import threading

from flask import Flask

from skill.server.serve import ServerOptions, serve
from skill.settings import Settings
from skill.web import create_app


def application() -> Flask:
    app = create_app()

    def die() -> None:
        raise LookupError("what a person said")

    @app.post("/die")
    def die_soon() -> str:
        threading.Thread(target=die, name="ours").start()
        return "soon"

    return app


if __name__ == "__main__":
    serve(ServerOptions(port=int(sys.argv[1])), Settings.from_environment(os.environ), application)
