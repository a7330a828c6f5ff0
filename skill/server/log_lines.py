"""Log lines for people, or one JSON object each for machines, that never hold an answer up."""

import json
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, Final

ACCESS: Final = "skill.access"
"""Who says what a request came to."""

MOST_LINES = 10_000
"""Lines that may wait to be written; further ones are dropped, and counted."""

COMPANY_SECONDS = 0.02
"""How long a line waits for others: a thread that woke for each would hold up the answers."""

FLUSH_SECONDS = 0.5
"""How long an end waits for lines to be written."""

_OUT, _ERR = 1, 2
"""Standard output and standard error. Not as Python's streams: those have locks, and a thread
that holds one for ever would keep its process from ending."""


class TextLines(logging.Formatter):
    """Text log formatter: `2026-06-01T12:00:00.000Z WARNING skill.web: refused with 400: …`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        said = _printable(_message(record))
        return f"{_iso(record.created)} {record.levelname} {record.name}: {said}"


class JsonLines(logging.Formatter):
    """JSON log formatter: one object a line, with time, level, logger and message."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        fields = {
            "time": _iso(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        return json.dumps(fields, ensure_ascii=True)


class LineWriter:
    """Bounded queue of lines, and a thread that writes them: a pipe may have no reader."""

    def __init__(self, descriptor: int, told: Callable[[int], str], most: int = MOST_LINES) -> None:
        """Starts the thread.

        Args:
            descriptor: of the file or pipe.
            told: the line about so many that were dropped.
            most: lines that may wait.
        """
        self._descriptor = descriptor
        self._told = told
        self._most = most
        self._lock = threading.Lock()
        self._lines: deque[str] = deque()
        self._dropped = 0
        self._arrived = threading.Event()
        self._hurry = threading.Event()
        self._is_written = threading.Event()
        self._is_written.set()
        self._thread = threading.Thread(target=self._write_on, name="log", daemon=True)
        self._thread.start()

    def put(self, line: str) -> None:
        """Have a line written, or dropped if too many wait already."""
        with self._lock:
            if len(self._lines) >= self._most:
                self._dropped += 1
                return
            self._lines.append(line)
            self._is_written.clear()
        self._arrived.set()

    def flush(self, seconds: float = FLUSH_SECONDS) -> None:
        """Return when everything is written, or after so many seconds."""
        # In a process that was forked the thread is missing, and the lines are the parent's.
        if self._thread.is_alive():
            self._hurry.set()
            self._is_written.wait(seconds)

    def _write_on(self) -> None:
        while True:
            self._arrived.wait()
            self._hurry.wait(COMPANY_SECONDS)
            self._arrived.clear()
            while self._write_batch():
                pass
            self._is_written.set()

    def _write_batch(self) -> bool:
        """Write what waits; whether there was anything, and it could be written."""
        with self._lock:
            if not self._lines:
                return False
            lines, dropped = list(self._lines), self._dropped
            self._lines.clear()
            self._dropped = 0
        told = [self._told(dropped)] if dropped else []
        left = memoryview("".join([*lines, *told]).encode(errors="backslashreplace"))
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
        except OSError:
            # A full disk or a closed pipe: it is tried again with the next line.
            with self._lock:
                self._dropped += dropped + len(lines)
            return False
        return True


class LineHandler(logging.Handler):
    """Log handler that writes to standard error by a thread."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self.setFormatter(JsonLines() if as_json else TextLines())
        self._writer = LineWriter(_ERR, partial(_dropped, self.format))

    def emit(self, record: logging.LogRecord) -> None:
        """Have the record written."""
        self._writer.put(f"{self.format(record)}\n")

    def flush(self) -> None:
        """Write what can be written in a short time."""
        self._writer.flush()


class AccessLog:
    """Access log: a line about each request, without the cost of a log record."""

    def __init__(self, *, as_json: bool) -> None:
        formatter = JsonLines() if as_json else TextLines()
        self._writer = LineWriter(_OUT, partial(_dropped, formatter.format))
        self._line = _as_json if as_json else _as_text

    def write(self, request: Mapping[str, str | int | float]) -> None:
        """Have a line written about what a request came to."""
        self._writer.put(self._line(_iso(time.time()), request))

    def flush(self) -> None:
        """Write what can be written in a short time."""
        self._writer.flush()


def config(*, as_json: bool) -> dict[str, Any]:
    """For `logging.config.dictConfig`: everything but requests, to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"events": {"()": LineHandler, "as_json": as_json}},
        "root": {"handlers": ["events"], "level": "INFO"},
        "loggers": {"_granian": {"level": "INFO"}},
    }


def _dropped(form: Callable[[logging.LogRecord], str], count: int) -> str:
    said = "%d log lines were dropped: nobody read them in time"
    told = {"name": __name__, "levelno": logging.WARNING, "levelname": "WARNING"}
    return form(logging.makeLogRecord({**told, "msg": said, "args": (count,)})) + "\n"


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
