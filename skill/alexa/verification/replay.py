"""One request is answered once, however often it comes."""

import enum
import time
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final, Protocol

from skill.alexa.steps import Steps
from skill.alexa.verification.errors import AnswerPending, RequestRejected
from skill.alexa.verification.timestamp import TOLERANCE, Clock

RequestKey = bytes
"""The digest of a request id: of one length, whatever the id."""


class Claim(enum.Enum):
    """What a store says to a worker that wants to answer a request."""

    GRANTED = "granted"
    """Nobody has: answer it, then ``keep`` or ``release`` it."""
    TAKEN = "taken"
    """Somebody is about it right now."""
    FORGOTTEN = "forgotten"
    """It was answered, but the answer was too much to keep."""


class AnswerStore(Protocol):
    """Where answers are remembered; workers in several processes may share one.

    ``claim`` must be atomic among all of them. A shared store gives a claim up when the process
    that holds it has died, and may implement ``wait`` as a short sleep.
    """

    def claim(self, key: RequestKey, now: datetime, until: datetime) -> bytes | Claim:
        """The answer if there is one, else what to do; a grant is remembered up to ``until``."""

    def keep(self, key: RequestKey, answer: bytes) -> None:
        """Remember the answer to a claimed request."""

    def release(self, key: RequestKey) -> None:
        """Give a claim up with no answer: the request may be answered by another try."""

    def wait(self, key: RequestKey, seconds: float) -> None:
        """Return when the claim on the request may have ended, or after ``seconds``."""


class Replay:
    """Answers each request id once; safe to share between threads."""

    def __init__(self, store: AnswerStore, clock: Clock, wait_seconds: float = 6.0) -> None:
        self._store: Final = store
        self._clock: Final = clock
        self._wait_seconds: Final = wait_seconds

    def answer(
        self,
        request_id: str,
        compute: Steps,
        window: timedelta = 2 * TOLERANCE,
    ) -> Steps:
        """The remembered answer, or else the one that ``compute`` comes to, which is remembered.

        ``window`` is how long the request could still pass as fresh. If ``compute`` raises, or is
        given up, nothing is remembered.

        Raises:
            AnswerPending: another thread's answer takes too long.
            Refused: the id is empty, or its answer was too much to keep.
        """
        if not request_id:
            raise RequestRejected("request has no id")
        key = blake2b(request_id.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        claim = self._claim(key, window)
        if isinstance(claim, bytes):
            return claim
        if claim is Claim.FORGOTTEN:
            raise RequestRejected("request was answered before")
        return (yield from self._compute(key, compute))

    def _claim(self, key: RequestKey, window: timedelta) -> bytes | Claim:
        deadline = time.monotonic() + self._wait_seconds
        while True:
            now = self._clock()
            claim = self._store.claim(key, now, now + window)
            if claim is not Claim.TAKEN:
                return claim
            left = deadline - time.monotonic()
            if left <= 0:
                raise AnswerPending("the same request is still being answered")
            self._store.wait(key, left)

    def _compute(self, key: RequestKey, compute: Steps) -> Steps:
        try:
            answer = yield from compute
        except BaseException:
            self._store.release(key)
            raise
        self._store.keep(key, answer)
        return answer
