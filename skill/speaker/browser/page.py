"""Web page of the local speaker and the small HTTP API behind it; only for this machine.

Nothing of this is part of the skill's own application: only `back-coach` without `serve` puts it
together. A page may come from nowhere else: the host it calls must be this machine by name, the
origin of what it sends must be that host, and its user must have been shown the token.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable
from importlib.resources import files
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from flask import Blueprint, Flask, Response, abort, render_template_string, request
from msgspec import Meta, Struct

from skill.settings import is_loopback
from skill.speaker.browser.browser_session import BrowserSession, as_json
from skill.speaker.browser.sessions import Sessions
from skill.speaker.browser.start_up_token import require_start_up_token
from skill.speaker.browser.view import View
from speech.tts.audio_cache import AudioCache, pcm
from speech.wording import Wording

LARGEST_SOUND = 64 * 1024
"""Bytes of sound in one piece: two seconds."""

LONGEST_WORDS = 500
"""Characters of typed words that are understood: what takes a moment of processor."""

TOO_LONG = f"That is too long. Please say it in at most {LONGEST_WORDS} characters."

LONGEST_ANSWER = 24 * 60 * 60
"""Seconds: no answer is nearly as long, and no page is later in one than this."""

Position = Annotated[float, Meta(ge=0, le=LONGEST_ANSWER)]
"""Seconds of the answer that were played."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_STATIC = files("skill.speaker.browser") / "static"
_STATIC_NAMES = frozenset(file.name for file in _STATIC.iterdir())
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class SessionOptions(Struct, frozen=True):
    """Options of a session that a page opens."""

    locale: str = "en-US"
    screen: bool = False


class TypedUtterance(Struct, frozen=True):
    """Typed words, and how many seconds of the answer had been played; None if nothing was."""

    words: str
    at: Position | None = None


class PlaybackPosition(Struct, frozen=True):
    """Playback position: how many seconds of the answer were played."""

    at: Position | None = None


def page_app(
    sessions: Sessions, clips: AudioCache, words: Wording, locales: tuple[str, ...]
) -> Flask:
    """WSGI application that serves the page and its API."""
    app = Flask("skill.speaker.browser.page", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_SOUND
    app.register_blueprint(_pages(words, locales))
    app.register_blueprint(_api(sessions, clips))
    app.before_request(_only_this_machine)
    require_start_up_token(app)
    app.after_request(_guarded)
    app.register_error_handler(KeyError, lambda _: _refused(404, "no such session or sound"))
    app.register_error_handler(LookupError, lambda error: _refused(404, str(error)))
    app.register_error_handler(msgspec.DecodeError, lambda _: _refused(400, "not understood"))
    return app


def static_text(name: str) -> str:
    """Static text of the page, by its file's name."""
    return (_STATIC / name).read_text("utf-8")


def _pages(words: Wording, locales: tuple[str, ...]) -> Blueprint:
    pages = Blueprint("pages", __name__)
    shown = {key.removeprefix("page-"): key for key in words.keys if key.startswith("page-")}

    def word(name: str) -> str:
        return words(shown[name])

    @pages.get("/")
    def page() -> str:
        return render_template_string(
            static_text("page.html"),
            word=word,
            words=words,
            language=words.language,
            locales=locales,
        )

    @pages.get("/static/<name>")
    def static_file(name: str) -> Response:
        kind = _KINDS.get(name[name.rfind(".") :])
        if kind is None or name not in _STATIC_NAMES:
            abort(404)
        return Response((_STATIC / name).read_bytes(), mimetype=kind)

    return pages


def _api(sessions: Sessions, clips: AudioCache) -> Blueprint:
    api = Blueprint("api", __name__, url_prefix="/api")

    @api.post("/sessions")
    def open_session() -> Response:
        options = msgspec.json.decode(request.get_data(), type=SessionOptions)
        session_id, session = sessions.open(options.locale, has_screen=options.screen)
        answer = msgspec.json.encode(
            {
                "session": session_id,
                "rate": clips.sample_rate,
                "view": session.view(),
                "has_speech_to_text": session.has_speech_to_text,
            }
        )
        return Response(answer, mimetype="application/json")

    @api.post("/sessions/<session_id>/say")
    def say(session_id: str) -> Response:
        utterance = msgspec.json.decode(request.get_data(), type=TypedUtterance)
        if len(utterance.words) > LONGEST_WORDS:
            return _refused(400, TOO_LONG)
        return _shown(
            sessions[session_id], lambda session: session.say(utterance.words, utterance.at)
        )

    @api.post("/sessions/<session_id>/sound")
    def sound(session_id: str) -> Response:
        samples, marks = _samples(request.get_data()), request.args
        ended = msgspec.json.decode(marks["all"], type=PlaybackPosition) if "all" in marks else None
        session = sessions[session_id]
        with session.lock:
            is_heard = session.sound(samples, is_first="first" in marks, may_end="may-end" in marks)
            answer = (
                msgspec.json.encode({"is_heard": is_heard})
                if ended is None
                else as_json(session.heard(ended.at), session)
            )
        return Response(answer, mimetype="application/json")

    @api.post("/sessions/<session_id>/heard")
    def heard(session_id: str) -> Response:
        played = msgspec.json.decode(request.get_data(), type=PlaybackPosition)
        return _shown(sessions[session_id], lambda session: session.heard(played.at))

    @api.post("/sessions/<session_id>/time")
    def time(session_id: str) -> Response:
        played = msgspec.json.decode(request.get_data(), type=PlaybackPosition)
        return _shown(sessions[session_id], lambda session: session.time(played.at or 0.0))

    @api.post("/sessions/<session_id>/leave")
    def leave(session_id: str) -> Response:
        body = request.get_data()
        played = msgspec.json.decode(body, type=PlaybackPosition) if body else PlaybackPosition()
        sessions.close(session_id, played.at)
        return Response(status=204)

    @api.get("/clips/<key>")
    def clip(key: str) -> Response:
        return Response(_wave(pcm(clips.cached(key)), clips.sample_rate), mimetype="audio/wav")

    return api


def _shown(session: BrowserSession, change: Callable[[BrowserSession], View]) -> Response:
    with session.lock:
        shown = change(session)
        return Response(as_json(shown, session), mimetype="application/json")


def _samples(body: bytes) -> array[int]:
    """16-bit little-endian samples; 400 where it cannot be such."""
    if len(body) % 2:
        abort(400)
    return array("h", struct.unpack(f"<{len(body) // 2}h", body))


def _wave(sound: bytes, rate: int) -> bytes:
    """A mono 16-bit WAV file."""
    return (
        struct.pack("<4sI4s4sIHHIIHH", b"RIFF", 36 + len(sound), b"WAVE", b"fmt ", 16, 1, 1,
                    rate, 2 * rate, 2, 16)
        + struct.pack("<4sI", b"data", len(sound))
        + sound
    )  # fmt: skip


def _only_this_machine() -> Response | None:
    host = urlsplit(f"//{request.host}").hostname or ""
    if not is_loopback(request.remote_addr or "") or not is_loopback(host):
        return _refused(403, "only this machine may ask")
    origin = request.headers.get("Origin")
    own = f"{request.scheme}://{request.host}"
    if request.method != "GET" and origin != own:
        return _refused(403, "only this page may ask")
    if origin not in (None, own):
        return _refused(403, "only this page may ask")
    return None


def _guarded(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


def _refused(status: int, reason: str) -> Response:
    """Refusal in plain text: the page shows it as it stands."""
    return Response(reason, status=status, mimetype="text/plain")
