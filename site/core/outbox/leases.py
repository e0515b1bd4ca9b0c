"""Leases: at most one worker is at a row, and a worker that died holds nothing up for long."""

import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import LeasedRow

logger = logging.getLogger(__name__)

# A killed worker's row rests for the lease at most, then until the next sweep (30 s).
LEASE = timedelta(seconds=20)
RENEW_EVERY_SECONDS = 6.0
# A lease that ends later than that was taken by a clock that has been put right since.
WRONGEST_CLOCK = timedelta(minutes=10)


@contextmanager
def renewed(row: LeasedRow) -> Iterator[None]:
    """Keeps the row's lease alive while the caller works, also during a slow call; by a thread of this
    process, which ends with it.
    """
    stop = threading.Event()
    thread = threading.Thread(target=_renew_until, args=(stop, row), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _renew_until(stop: threading.Event, row: LeasedRow) -> None:
    while not stop.wait(RENEW_EVERY_SECONDS):
        try:
            if not renew(row):
                return
        except DatabaseError as trouble:
            # Another try comes long before the lease ends.
            logger.warning("A lease could not be renewed: %s", type(trouble).__name__)
        finally:
            connection.close()


def renew(row: LeasedRow) -> bool:
    """Go on for another full term; False when the lease is somebody else's by now."""
    return bool(_mine(row).update(leased_until=timezone.now() + LEASE))


def take(row: LeasedRow) -> bool:
    """Take the lease of a row that is no outbox's; False when another process has it."""
    now = timezone.now()
    row.lease, row.leased_until = uuid.uuid4(), now + LEASE
    free = type(row)._default_manager.filter(is_free(now), pk=row.pk)
    return bool(free.update(lease=row.lease, leased_until=row.leased_until))


def release(row: LeasedRow) -> None:
    """Give the lease back, if it is still ours."""
    _mine(row).update(lease=None, leased_until=None)


def is_free(now: datetime) -> Q:
    """The rows that nobody living is at."""
    no_clock_of_ours = Q(leased_until__gt=now + LEASE + WRONGEST_CLOCK)
    return Q(leased_until=None) | Q(leased_until__lt=now) | no_clock_of_ours


def _mine(row: LeasedRow) -> QuerySet[LeasedRow]:
    return type(row)._default_manager.filter(pk=row.pk, lease=row.lease)
