"""Log lines for people, or one JSON object each for machines."""

import json
import logging
from datetime import UTC, datetime
from typing import Any, Final

ACCESS: Final = "skill.access"
"""The logger of requests. Its records carry `request`, a dictionary."""


class TextLines(logging.Formatter):
    """`2026-06-01T12:00:00.000Z WARNING skill.web: refused with 400: no signature`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        said = _printable(_message(record))
        return f"{_moment(record)} {record.levelname} {record.name}: {said}"


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and what a request came to."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        fields: dict[str, Any] = {
            "time": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        request = getattr(record, "request", None)
        fields |= request if isinstance(request, dict) else {"message": _message(record)}
        return json.dumps(fields, ensure_ascii=True)


class _News(logging.Filter):
    """Leaves out the server's advice on threads: ours wait for bodies and certificates."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "Python threads" not in record.getMessage()


def config(*, as_json: bool) -> dict[str, Any]:
    """For `logging.config.dictConfig`: requests to standard output, the rest to standard error."""
    formatter = "json" if as_json else "text"

    def handler(stream: str) -> dict[str, Any]:
        return {
            "class": "logging.StreamHandler",
            "formatter": formatter,
            "stream": f"ext://sys.{stream}",
        }

    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"news": {"()": _News}},
        "formatters": {"text": {"()": TextLines}, "json": {"()": JsonLines}},
        "handlers": {"access": handler("stdout"), "events": handler("stderr")},
        "root": {"handlers": ["events"], "level": "INFO"},
        "loggers": {
            ACCESS: {"handlers": ["access"], "level": "INFO", "propagate": False},
            "_granian": {"filters": ["news"], "level": "INFO"},
        },
    }


def _message(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if isinstance(request, dict):
        return " ".join(f"{name}={value}" for name, value in request.items())
    message = record.getMessage()
    if record.exc_info and record.exc_info[0] is not None:
        # Its words could quote a request; its type cannot.
        message += f" ({record.exc_info[0].__name__})"
    return message


def _moment(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _printable(text: str) -> str:
    return text if text.isprintable() else text.encode("unicode_escape").decode("ascii")
