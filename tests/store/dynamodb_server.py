"""A DynamoDB-compatible server: moto's, in a process of its own, on a free port that it prints."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

PROJECT = Path(__file__).resolve().parents[2]
IS_INSTALLED = all(find_spec(name) for name in ("boto3", "moto", "flask_cors"))
NO_ACCOUNT = {
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_REGION": "eu-west-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
"""What boto3 wants to be told, and a local server does not look at."""


def serve() -> None:
    """Answer requests one after another, as long as somebody holds standard input open."""
    from moto.dynamodb.models.dynamo_type import Item  # noqa: PLC0415 - may be missing
    from moto.moto_server.werkzeug_app import (  # noqa: PLC0415 - may be missing
        DomainDispatcherApplication,
        create_backend_app,
    )

    # moto copies its whole table before each transaction. Items are only ever replaced here, never
    # updated in place, so the copy may share them; else 10,000 recordings take hours.
    Item.__deepcopy__ = lambda self, memo: self  # type: ignore[method-assign]
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, one_at_a_time(application), threaded=True)
    print(server.port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


def one_at_a_time(application: Callable[..., Iterable[bytes]]) -> Callable[..., list[bytes]]:
    """moto's transactions are none among threads: they would undo each other."""
    lock = threading.Lock()

    def application_alone(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        with lock:
            return list(application(environ, start_response))

    return application_alone


@contextmanager
def running() -> Iterator[str]:
    """Its address, while it runs."""
    command = [sys.executable, "-m", "tests.store.dynamodb_server"]
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        env={**os.environ, **NO_ACCOUNT},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        assert port, "the server did not start"
        yield f"http://127.0.0.1:{port}"
        process.stdin.close()


if __name__ == "__main__":
    serve()
