"""Leases: at most one worker is at a row, and a worker that died holds nothing up for long."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils import timezone

from .models import OutboxRow

logger = logging.getLogger(__name__)

# A killed worker's row rests for the lease at most, then until the next sweep (30 s).
LEASE = timedelta(seconds=20)
RENEW_EVERY_SECONDS = 6.0


@contextmanager
def renewed(row: OutboxRow) -> Iterator[None]:
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


def _renew_until(stop: threading.Event, row: OutboxRow) -> None:
    while not stop.wait(RENEW_EVERY_SECONDS):
        try:
            if not renew(row):
                return
        except DatabaseError as trouble:
            # Another try comes long before the lease ends.
            logger.warning("A lease could not be renewed: %s", type(trouble).__name__)
        finally:
            connection.close()


def renew(row: OutboxRow) -> bool:
    """Go on for another full term; False when the lease is somebody else's by now."""
    rows = type(row)._default_manager.filter(pk=row.pk, lease=row.lease)
    return bool(rows.update(leased_until=timezone.now() + LEASE))
