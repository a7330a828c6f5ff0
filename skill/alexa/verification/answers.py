"""Answers remembered within this process."""

import heapq
import itertools
import threading
from collections import OrderedDict
from datetime import datetime

from skill.alexa.verification.replay import Claim, RequestKey


class MemoryAnswers:
    """An ``AnswerStore`` for one process, bounded in count, bytes and time; thread-safe.

    When the bytes run out the oldest answers are let go, yet their requests stay known, so that
    none has its effect twice. When ``most`` runs out, the requests closest to expiry are let go.
    """

    def __init__(self, most: int = 100_000, most_bytes: int = 16 * 1024 * 1024) -> None:
        self._most = most
        self._most_bytes = most_bytes
        # Locked by itself, for a condition takes its lock by way of three calls.
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._claimed: dict[RequestKey, datetime] = {}
        self._answered: set[RequestKey] = set()
        self._order = itertools.count()
        self._expiry: list[tuple[datetime, int, RequestKey]] = []
        self._answers: OrderedDict[RequestKey, bytes] = OrderedDict()
        self._bytes = 0

    def claim(self, key: RequestKey, now: datetime, until: datetime) -> bytes | Claim:
        """The answer if there is one, else what to do."""
        with self._lock:
            self._expire(now)
            if (answer := self._answers.get(key)) is not None:
                return answer
            if key in self._answered:
                return Claim.FORGOTTEN
            if key in self._claimed:
                return Claim.TAKEN
            self._claimed[key] = until
            return Claim.GRANTED

    def keep(self, key: RequestKey, answer: bytes) -> None:
        """Remember the answer to a claimed request."""
        with self._lock:
            heapq.heappush(self._expiry, (self._claimed.pop(key), next(self._order), key))
            self._answered.add(key)
            self._answers[key] = answer
            self._bytes += len(answer)
            self._make_room()
            self._changed.notify_all()

    def release(self, key: RequestKey) -> None:
        """Give a claim up with no answer."""
        with self._lock:
            del self._claimed[key]
            self._changed.notify_all()

    def wait(self, key: RequestKey, seconds: float) -> None:
        """Return when the claim has ended, or after ``seconds``."""
        with self._lock:
            self._changed.wait_for(lambda: key not in self._claimed, seconds)

    def size(self) -> tuple[int, int]:
        """How many requests are known, and how many bytes of answers are kept."""
        with self._lock:
            return len(self._answered), self._bytes

    def _expire(self, now: datetime) -> None:
        while self._expiry and self._expiry[0][0] <= now:
            self._forget_first()

    def _make_room(self) -> None:
        while len(self._answered) > self._most:
            self._forget_first()
        while self._bytes > self._most_bytes:
            _, answer = self._answers.popitem(last=False)
            self._bytes -= len(answer)

    def _forget_first(self) -> None:
        _, _, key = heapq.heappop(self._expiry)
        self._answered.discard(key)
        self._bytes -= len(self._answers.pop(key, b""))
