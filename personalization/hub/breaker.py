"""The circuit breaker: a Hub that is down is left alone, so that no page waits for it.

Closed, calls go through. After some failures in a row (network, time-out, 5xx) it opens: calls fail at
once. When the pause is over it is half-open: one call, the probe, may find out whether the Hub is back. The
sweep of the worker makes it (`Hub.probe`), because a probe may have to wait for a time-out. Only when no
worker has probed for a while, an ordinary call does.

All processes share the state through Django's cache. Exact is that one process probes at a time (`locks`).
Best effort is the count: failures at the very same moment may count as one, and an evicted record means
"closed". Both cost a few calls more before it opens, nothing else.
"""

import dataclasses
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.core.cache import cache

from .config import HubConfig
from .errors import HubError, HubNotAsked
from .locks import try_lock

logger = logging.getLogger("personalization.hub")

CLOSED, OPEN, HALF_OPEN = "closed", "open", "half-open"

KEPT_SECONDS = 24 * 3600
# Two sweeps: when the worker has not probed by then, it is not running.
OVERDUE_SECONDS = 60
CLAIM_SECONDS = 5


@dataclasses.dataclass(frozen=True, kw_only=True)
class HubState:
    """How the breaker stands: `state` is "closed", "open" or "half-open", `since` when.

    `last_error` says in a few words what the last failure was. `since` is None, and `last_error` empty, while
    nothing ever failed; `next_probe_at` is None while closed.
    """

    state: str
    since: datetime | None = None
    last_error: str = ""
    next_probe_at: datetime | None = None

    @property
    def is_closed(self) -> bool:
        """Whether the Hub is asked as usual."""
        return self.state == CLOSED


@dataclasses.dataclass(frozen=True, kw_only=True)
class Record:
    """What the processes share; moments are seconds since the epoch. `probe_at` is None while closed."""

    failures: int = 0
    since: float | None = None
    last_error: str = ""
    probe_at: float | None = None
    is_probing: bool = False


UNTROUBLED = Record()


class Breaker:
    """The breaker of one Hub."""

    def __init__(self, config: HubConfig):
        self._key = f"cchub:{config.fingerprint}:breaker"
        self._most_failures = config.breaker_failures
        self._pause = config.breaker_seconds
        self._longest_call = 2 * sum(config.timeout)

    @contextmanager
    def call(self) -> Iterator[None]:
        """Around a call: raises HubNotAsked while open, else takes in how the call ends."""
        record = self._read()
        is_probe = record.probe_at is not None
        if is_probe and not (self._is_due(record, OVERDUE_SECONDS) and self._claim(OVERDUE_SECONDS)):
            raise not_asked(record)
        with self._watching(record, is_probe=is_probe):
            yield

    @contextmanager
    def probe(self) -> Iterator[bool]:
        """Whether the block should make a call to see if the Hub is back; takes in how that ends."""
        record = self._read()
        is_ours = record.probe_at is not None and self._is_due(record) and self._claim()
        if not is_ours:
            yield False
            return
        with self._watching(record, is_probe=True):
            yield True

    def state(self) -> HubState:
        """How it stands now."""
        record = self._read()
        state = CLOSED
        if record.probe_at is not None:
            state = HALF_OPEN if record.is_probing or self._is_due(record) else OPEN
        return HubState(
            state=state,
            since=_moment(record.since),
            last_error=record.last_error,
            next_probe_at=_moment(record.probe_at),
        )

    @contextmanager
    def _watching(self, record: Record, *, is_probe: bool) -> Iterator[None]:
        outage = ""
        try:
            yield
        except HubError as trouble:
            outage = getattr(trouble, "outage", "")
            raise
        finally:
            if outage:
                self._failed(outage, is_probe=is_probe)
            else:
                self._answered(record)

    def _answered(self, before: Record) -> None:
        if before.probe_at is not None:
            logger.warning("The Hub is back: calls go through again")
            self._write(Record(since=time.time(), last_error=before.last_error))
        elif before.failures:
            self._write(dataclasses.replace(before, failures=0))

    def _failed(self, outage: str, *, is_probe: bool) -> None:
        now, record = time.time(), self._read()
        if record.probe_at is not None and not is_probe:
            return
        failures = record.failures + 1
        if not is_probe and failures < self._most_failures:
            self._write(dataclasses.replace(record, failures=failures, last_error=outage))
            return
        if record.probe_at is None:
            logger.error("The Hub failed %s times in a row (%s): it is left alone for now", failures, outage)
        since = record.since if record.probe_at is not None else now
        self._write(Record(failures=failures, since=since, last_error=outage, probe_at=now + self._pause))

    def _claim(self, late_by: float = 0) -> bool:
        """Take the probe; until it must have ended nobody else does."""
        with try_lock(f"{self._key}:probe", seconds=CLAIM_SECONDS) as is_ours:
            record = self._read()
            if not is_ours or record.probe_at is None or not self._is_due(record, late_by):
                return False
            probe_at = time.time() + self._longest_call
            self._write(dataclasses.replace(record, probe_at=probe_at, is_probing=True))
        return True

    def _is_due(self, record: Record, late_by: float = 0) -> bool:
        return record.probe_at is not None and time.time() >= record.probe_at + late_by

    def _read(self) -> Record:
        record: Record | None = cache.get(self._key)
        return record or UNTROUBLED

    def _write(self, record: Record) -> None:
        cache.set(self._key, record, KEPT_SECONDS)


def not_asked(record: Record) -> HubNotAsked:
    """The error of a call that is not made."""
    wait = max(1.0, (record.probe_at or 0) - time.time())
    return HubNotAsked(f"The Hub is left alone since it failed ({record.last_error})", retry_after=wait)


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
