"""Hello world behind our endpoint and server: `python -m tests.bench.our_hello PORT FOLDER …`.

Further words are the workers and threads. The skill is the one of `sdk_hello`, and verified.
"""

import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from ask_sdk_core.skill_builder import SkillBuilder

from skill.alexa.endpoint import Endpoint
from skill.server.serve import ServerOptions, serve
from skill.store import open_configured
from skill.web import endpoint_app
from tests.signed_requests import settings, verifier


def application(folder: Path) -> Any:
    """The Flask application that trusts a folder's root."""
    builder = SkillBuilder()

    @builder.request_handler(can_handle_func=lambda _: True)
    def hello(handler_input: Any) -> Any:
        return handler_input.response_builder.speak("Hello, world.").response

    deployment = settings(folder)
    endpoint = Endpoint(
        builder.create(),
        skill_id=deployment.skill_id,
        signature=verifier(folder),
        clock=lambda: datetime.now(UTC),
    )
    return endpoint_app(endpoint, open_configured(deployment), only_from_here=False)


def main() -> None:
    """Serve until told to stop."""
    port, place, workers, threads = sys.argv[1:]
    serving = ServerOptions(port=int(port), workers=int(workers), threads=int(threads))
    serve(serving, settings(Path(place)), partial(application, Path(place)))


if __name__ == "__main__":
    main()
