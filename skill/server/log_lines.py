"""Log lines for people, or one JSON object each for machines."""

import json
import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final, TextIO

ACCESS: Final = "skill.access"
"""Who says what a request came to."""


class TextLines(logging.Formatter):
    """`2026-06-01T12:00:00.000Z WARNING skill.web: refused with 400: no signature`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        said = _printable(_message(record))
        return f"{_iso(record.created)} {record.levelname} {record.name}: {said}"


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and what a request came to."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        fields = {
            "time": _iso(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        return json.dumps(fields, ensure_ascii=True)


class AccessLog:
    """A line about each request, in the form of the others but without the cost of a record."""

    def __init__(self, stream: TextIO, *, as_json: bool) -> None:
        self._stream = stream
        self._line = _as_json if as_json else _as_text

    def write(self, request: Mapping[str, str | int | float]) -> None:
        """Write what a request came to; where that fails, the answer still goes out."""
        with suppress(OSError, ValueError):
            self._stream.write(self._line(_iso(time.time()), request))
            self._stream.flush()


class _News(logging.Filter):
    """Leaves out the server's advice on threads: ours wait for bodies and certificates."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "Python threads" not in record.getMessage()


def config(*, as_json: bool) -> dict[str, Any]:
    """For `logging.config.dictConfig`: everything but requests, to standard error."""
    formatter = "json" if as_json else "text"
    handler = {
        "class": "logging.StreamHandler",
        "formatter": formatter,
        "stream": "ext://sys.stderr",
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"news": {"()": _News}},
        "formatters": {"text": {"()": TextLines}, "json": {"()": JsonLines}},
        "handlers": {"events": handler},
        "root": {"handlers": ["events"], "level": "INFO"},
        "loggers": {"_granian": {"filters": ["news"], "level": "INFO"}},
    }


def _message(record: logging.LogRecord) -> str:
    message = record.getMessage()
    if record.exc_info and record.exc_info[0] is not None:
        # Its words could quote a request; its type cannot.
        message += f" ({record.exc_info[0].__name__})"
    return message


def _as_text(moment: str, request: Mapping[str, str | int | float]) -> str:
    said = _printable(" ".join([f"{name}={value}" for name, value in request.items()]))
    return f"{moment} INFO {ACCESS}: {said}\n"


def _as_json(moment: str, request: Mapping[str, str | int | float]) -> str:
    fields = {"time": moment, "level": "info", "logger": ACCESS, **request}
    return json.dumps(fields, ensure_ascii=True) + "\n"


def _iso(moment: float) -> str:
    """A Unix time as ISO 8601, to the millisecond."""
    second = int(moment)
    return f"{_iso_second(second)}.{int((moment - second) * 1000):03d}Z"


@lru_cache(maxsize=1)
def _iso_second(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))


def _printable(text: str) -> str:
    return text if text.isprintable() else text.encode("unicode_escape").decode("ascii")
