"""Certificate cache: signing certificates, fetched once, judged once, kept for a while."""

import threading
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from skill.alexa.verification.certificate_chain import CachedCertificate, Judge
from skill.alexa.verification.certificate_download import Fetch
from skill.alexa.verification.errors import ChainUnavailable, RequestRejected, VerificationError


@dataclass(frozen=True, slots=True)
class CertificateCacheLimits:
    """Limits: how much is kept and how much may go on at once, for strangers may ask too."""

    leaves: int = 16
    failures: int = 256
    downloads: int = 4
    """At once. The last one is kept free for URLs that have held a good chain before."""
    waiting: int = 16
    """Requests that may wait for a download at once; further ones are told to try again.

    Fewer than the server has threads, so that some stay free for requests that need no wait."""
    wait_seconds: float = 3.5
    refresh_age: timedelta = timedelta(hours=12)
    """From here on a chain is fetched again in the background, while its leaf is still used."""
    max_age: timedelta = timedelta(hours=24)
    failure_age: timedelta = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class CertificateCacheCounts:
    """Counts of what is held and under way at this moment."""

    leaves: int
    failures: int
    downloads: int
    waiting: int


@dataclass(frozen=True, slots=True)
class _Known:
    leaf: CachedCertificate
    since: datetime


@dataclass(frozen=True, slots=True)
class _Failure:
    # The kind and the words only: a kept exception would keep its frames, and so the bodies.
    kind: type[VerificationError]
    reason: str
    since: datetime

    def error(self) -> VerificationError:
        return self.kind(self.reason)


_Outcome = _Known | _Failure
_Item = TypeVar("_Item")


class CertificateCache:
    """Cache of verified certificates by URL; safe between threads, bounded in every way."""

    def __init__(
        self, fetch: Fetch, judge: Judge, limits: CertificateCacheLimits | None = None
    ) -> None:
        self._fetch = fetch
        self._judge = judge
        self._limits = limits or CertificateCacheLimits()
        self._lock = threading.Lock()
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._failures: OrderedDict[str, _Failure] = OrderedDict()
        self._downloads: dict[str, Future[_Outcome]] = {}
        self._waiting = 0

    def leaf(self, url: str, now: datetime) -> CachedCertificate:
        """The leaf at ``url``; raises ``RequestRejected`` or ``ChainUnavailable``."""
        with self._lock:
            if (leaf := self._usable(url, now)) is not None:
                return leaf
            if (failure := self._recent_failure(url, now)) is not None:
                raise failure.error()
            download = self._downloads.get(url) or self._start(url, now)
            if download is None or self._waiting >= self._limits.waiting:
                raise ChainUnavailable("too many certificate downloads at once")
            self._waiting += 1
        return self._wait_for(download, now)

    def counts(self) -> CertificateCacheCounts:
        """What is held and under way at this moment."""
        with self._lock:
            return CertificateCacheCounts(
                len(self._known), len(self._failures), len(self._downloads), self._waiting
            )

    def _usable(self, url: str, now: datetime) -> CachedCertificate | None:
        known = self._known.get(url)
        if known is None or not _in_date(known.leaf, now):
            return None
        # A clock that was set back makes the age unknowable, which counts as too old.
        age = now - known.since
        if not timedelta(0) <= age < self._limits.max_age:
            return None
        self._known.move_to_end(url)
        if age >= self._limits.refresh_age and self._recent_failure(url, now) is None:
            self._start(url, now)
        return known.leaf

    def _recent_failure(self, url: str, now: datetime) -> _Failure | None:
        failure = self._failures.get(url)
        if failure is None:
            return None
        if timedelta(0) <= now - failure.since < self._limits.failure_age:
            return failure
        del self._failures[url]
        return None

    def _start(self, url: str, now: datetime) -> Future[_Outcome] | None:
        """Begin a download in its own thread, or None if too many are under way."""
        slots = self._limits.downloads
        if url not in self._known:
            slots = max(1, slots - 1)
        if url in self._downloads or len(self._downloads) >= slots:
            return None
        # A thread, because name resolution has no timeout: the request must not hang with it.
        work = threading.Thread(target=self._download, args=(url, now), daemon=True)
        download = self._downloads[url] = Future()
        try:
            work.start()
        except RuntimeError:
            del self._downloads[url]
            return None
        return download

    def _download(self, url: str, now: datetime) -> None:
        outcome = self._outcome(url, now)
        with self._lock:
            if isinstance(outcome, _Known):
                _put(self._known, url, outcome, self._limits.leaves)
                self._failures.pop(url, None)
            else:
                _put(self._failures, url, outcome, self._limits.failures)
            download = self._downloads.pop(url)
        download.set_result(outcome)

    def _outcome(self, url: str, now: datetime) -> _Outcome:
        try:
            return _Known(self._judge(self._fetch(url), now), now)
        except VerificationError as error:
            return _Failure(type(error), error.reason, now)
        except BaseException:  # the place in the queue must be given back whatever happens
            return _Failure(ChainUnavailable, "certificate chain could not be judged", now)

    def _wait_for(self, download: Future[_Outcome], now: datetime) -> CachedCertificate:
        try:
            outcome = download.result(self._limits.wait_seconds)
        except TimeoutError as error:
            raise ChainUnavailable("certificate server is slow") from error
        finally:
            with self._lock:
                self._waiting -= 1
        if isinstance(outcome, _Failure):
            raise outcome.error()
        if not _in_date(outcome.leaf, now):
            raise RequestRejected("certificate is out of date")
        return outcome.leaf


def _in_date(leaf: CachedCertificate, now: datetime) -> bool:
    return leaf.not_before <= now <= leaf.not_after


def _put(kept: OrderedDict[str, _Item], url: str, item: _Item, most: int) -> None:
    kept[url] = item
    kept.move_to_end(url)
    while len(kept) > most:
        kept.popitem(last=False)
