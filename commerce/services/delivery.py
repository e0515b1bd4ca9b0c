"""Rows that stand for an e-mail to be sent: who may send it now, and when a failed one is tried again."""

from datetime import timedelta
from typing import TypeVar

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from commerce.models import OrderEmail, OrderLinksRequest

Row = TypeVar("Row", OrderEmail, OrderLinksRequest)

# Longer than the worker lets a task run, so that nobody else starts while one may still be sending.
LEASE = timedelta(minutes=5)
MAXIMUM_ATTEMPTS = 12
LONGEST_WAIT = timedelta(hours=6)


def due(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Those of the rows that nobody is sending, that do not wait for another attempt and have one left."""
    free = Q(leased_until=None) | Q(leased_until__lt=timezone.now())
    return rows.filter(free, attempts__lt=MAXIMUM_ATTEMPTS)


def lease(rows: QuerySet[Row], key: int, *, early: bool = False) -> bool:
    """Take a due row for one attempt, with `early` also one that waits for its first. A conditional update,
    so that of several workers one gets it.
    """
    taken = (due(rows) | rows.filter(attempts=0) if early else due(rows)).filter(pk=key)
    return bool(taken.update(leased_until=timezone.now() + LEASE, attempts=F("attempts") + 1))


def postpone(row: OrderEmail | OrderLinksRequest) -> None:
    """The attempt failed: the next one waits twice as long as this one did."""
    wait = min(timedelta(minutes=2**row.attempts), LONGEST_WAIT)
    type(row)._default_manager.filter(pk=row.pk).update(leased_until=timezone.now() + wait)
