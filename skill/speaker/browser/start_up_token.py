"""Start-up token: a secret in the address that the terminal shows, and from then on in a cookie.

Loopback keeps other machines out, but not the other users of this one; they cannot read the
terminal.
"""

from __future__ import annotations

import secrets

from flask import Flask, Response, request

WHERE_THE_ADDRESS_STANDS = (
    "This page opens with the whole address, token and all, "
    "that stands in the terminal where back-coach was started."
)

_KEY = "BACK_COACH_START_UP_TOKEN"


def require_start_up_token(app: Flask) -> None:
    """Give an application a token of its own, and refuse with 403 what comes without it."""
    app.config[_KEY] = token = secrets.token_urlsafe()

    def refuse_without_token() -> Response | None:
        # Browsers keep one cookie by a name for all ports of a host.
        cookie = f"back-coach-{request.environ['SERVER_PORT']}"
        if request.path == "/" and _is_same(request.args.get("token", ""), token):
            # The address without the token is the one that is shown, and kept in the history.
            welcome = Response(status=303, headers={"Location": "/"})
            welcome.set_cookie(cookie, token, httponly=True, samesite="Strict")
            return welcome
        if _is_same(request.cookies.get(cookie, ""), token):
            return None
        return Response(WHERE_THE_ADDRESS_STANDS, status=403, mimetype="text/plain")

    app.before_request(refuse_without_token)


def start_address(app: Flask, root: str) -> str:
    """Address that opens an application, with its token, if it asks for one."""
    token = app.config.get(_KEY)
    return f"{root}?token={token}" if token else root


def _is_same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode())
