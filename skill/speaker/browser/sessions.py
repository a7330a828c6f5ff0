"""Sessions of the browser: all open pages by their id, up to a limit."""

import uuid
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from skill.speaker.browser.browser_session import BrowserSession

MOST_SESSIONS = 8
"""Pages that may be open at once; the one that was quiet for longest gives way."""


class Sessions:
    """Open browser sessions by id; safe for several threads."""

    def __init__(self, create: Callable[[str, bool], BrowserSession]) -> None:
        """`create` makes a session for a locale, with or without a screen."""
        self._create = create
        self._lock = Lock()
        self._sessions: OrderedDict[str, BrowserSession] = OrderedDict()

    def open(self, locale: str, *, has_screen: bool) -> tuple[str, BrowserSession]:
        """Create a session: its id and itself.

        Raises:
            LookupError: nothing is understood in this locale.
        """
        session, session_id = self._create(locale, has_screen), uuid.uuid4().hex
        with self._lock:
            self._sessions[session_id] = session
            is_full = len(self._sessions) > MOST_SESSIONS
            old = self._sessions.popitem(last=False)[1] if is_full else None
        if old is not None:
            old.leave()
        return session_id, session

    def __getitem__(self, session_id: str) -> BrowserSession:
        """Session with this id; KeyError where it was closed."""
        with self._lock:
            self._sessions.move_to_end(session_id)
            return self._sessions[session_id]

    def close(self, session_id: str, position: float | None = None) -> None:
        """Close a session at a second of its answer; does nothing where it is gone."""
        with self._lock:
            session = self._sessions.pop(session_id, None)
        if session is not None:
            with session.lock:
                session.leave(position)
