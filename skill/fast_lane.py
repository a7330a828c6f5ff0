"""The road that nearly every request takes, beside Flask's own and quicker."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from skill.alexa.steps import Steps

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

IN_STEPS = "back_coach.in_steps"
"""In the environ of a server that takes an answer in steps, empty until the last.

Most servers want a status before anything is yielded, be it empty.
"""

_FAILED = "back_coach.failed"


class FastLane:
    """WSGI middleware in front of Flask's view of a path, for answers of one type.

    Contexts, routing and response objects take Flask a fifth of all the time that a request
    costs. They are spared where nothing went wrong; what went wrong is told to Flask, whose error
    handlers are the only ones.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        path: str,
        answer: Callable[["WSGIEnvironment"], Steps],
        content_type: str,
    ) -> None:
        """Stands in front of an application.

        Args:
            app: takes every other path and method, and whatever ``answer`` raised.
            path: the one that is answered here, if it is POSTed to.
            answer: comes to the body of the answer.
            content_type: of every answer.
        """
        self._app = app
        self._path = path
        self._answer = answer
        self._content_type = content_type

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """One request."""
        if environ.get("PATH_INFO") != self._path or environ["REQUEST_METHOD"] != "POST":
            return self._app(environ, start)
        steps = self._in_steps(environ, start)
        return steps if IN_STEPS in environ else [b"".join(steps)]

    def _in_steps(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterator[bytes]:
        try:
            body = yield from self._answer(environ)
        except Exception as error:
            environ[_FAILED] = error
            yield from passed_on(self._app(environ, start))
            return
        length = str(len(body))
        start("200 OK", [("Content-Type", self._content_type), ("Content-Length", length)])
        yield body


def passed_on(answer: Iterable[bytes]) -> Iterator[bytes]:
    """All of an application's answer, which is closed after it, as WSGI demands."""
    try:
        yield from answer
    finally:
        getattr(answer, "close", _nothing)()


def failure(environ: "WSGIEnvironment") -> Exception:
    """What was raised in the fast lane; a view raises it again, for the error handlers."""
    raised = environ[_FAILED]
    assert isinstance(raised, Exception)  # noqa: S101 - set above
    return raised


def _nothing() -> None:
    pass
