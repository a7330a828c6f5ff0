"""A server that speaks the requests and errors of Alexa's Reminders and settings APIs."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class AlexaServices:
    """What one household's device has set, and what goes wrong next."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.reminders: dict[str, dict[str, Any]] = {}
        self.zone: str | None = "Europe/London"
        self.zone_answer: tuple[int, bytes] | None = None
        """In place of the zone."""
        self.creation_answer: tuple[int, bytes] | None = None
        """What is said of a reminder that was created."""
        self.fault: tuple[int, str] | None = None
        self.asked: list[str] = []
        self.address = ""


@contextmanager
def serving(token: str) -> Iterator[AlexaServices]:
    """The services on a loopback port, for callers that have the access token."""
    services = AlexaServices(token)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(services))
    services.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield services
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(services: AlexaServices) -> type[BaseHTTPRequestHandler]:  # noqa: C901 - five methods
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._note()
            if not self._is_allowed():
                return
            if self.path.endswith("/settings/System.timeZone"):
                if services.zone_answer is not None:
                    self._write(*services.zone_answer)
                elif services.zone is None:
                    self._answer(403, {"type": "FORBIDDEN", "message": "no"})
                else:
                    self._answer(200, services.zone)
            elif self.path == "/v1/alerts/reminders":
                alerts = list(services.reminders.values())
                self._answer(200, {"totalCount": str(len(alerts)), "alerts": alerts})
            else:
                self._answer(404, {"code": "NOT_FOUND", "message": self.path})

        def do_POST(self) -> None:
            self._note()
            if not self._is_allowed():
                return
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fault = _fault_in(body)
            if fault is not None:
                self._answer(400, {"code": fault, "message": "bad request"})
                return
            token = f"reminder-{len(services.reminders) + 1}"
            services.reminders[token] = {"alertToken": token, "status": "ON", **body}
            if services.creation_answer is not None:
                self._write(*services.creation_answer)
                return
            self._answer(200, {"alertToken": token, "status": "ON", "version": "1"})

        def do_DELETE(self) -> None:
            self._note()
            if not self._is_allowed():
                return
            token = self.path.rpartition("/")[2]
            if services.reminders.pop(token, None) is None:
                self._answer(404, {"code": "ALERT_NOT_FOUND", "message": token})
            else:
                self._answer(200, None)

        def _note(self) -> None:
            services.asked.append(f"{self.command} {self.path}")

        def _is_allowed(self) -> bool:
            if self.headers.get("Authorization") != f"Bearer {services.token}":
                self._answer(401, {"code": "UNAUTHORIZED", "message": "no token"})
                return False
            if services.fault is not None:
                status, code = services.fault
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self._answer(status, {"code": code, "message": "on purpose"})
                return False
            return True

        def _answer(self, status: int, body: object) -> None:
            self._write(status, b"" if body is None else json.dumps(body).encode())

        def _write(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    return Handler


def _fault_in(body: dict[str, Any]) -> str | None:
    """The documented code of what is wrong with a reminder; None if nothing is."""
    trigger = body.get("trigger", {})
    if trigger.get("type") not in ("SCHEDULED_ABSOLUTE", "SCHEDULED_RELATIVE"):
        return "INVALID_TRIGGER_TYPE"
    rules = trigger.get("recurrence", {}).get("recurrenceRules", [])
    if not rules or not all(rule.startswith("FREQ=") for rule in rules):
        return "INVALID_TRIGGER_RECURRENCE"
    content = body.get("alertInfo", {}).get("spokenInfo", {}).get("content", [])
    if not content or not all(part.get("locale") and part.get("text") for part in content):
        return "INVALID_ALERT_INFO"
    return None if body.get("requestTime") else "INVALID_REQUEST_TIME"
