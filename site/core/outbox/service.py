"""One loop of work: what is due, who is at it, when it is tried again, when it is given up."""

import random
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import Case, F, PositiveIntegerField, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.brokers import get_broker
from django_q.tasks import async_task

from .leases import LEASE, is_free, renewed
from .models import OutboxRow
from .outcomes import GiveUp, Later, log_defect, words_for

Row = TypeVar("Row", bound=OutboxRow)
Status = OutboxRow.Status

MOST_DOUBLINGS = 20
# A call that is in the queue already is harmless, and one that is not may have been lost with a worker.
LONGEST_QUEUE = 200
MOST_CHARACTERS = 2000
FREE = {"lease": None, "leased_until": None}


class Outbox(Generic[Row]):
    """The rows of a model, and how they are worked at.

    `task` is the dotted path of the background job that takes a row's key. Pauses double from `first_pause`
    to `longest_pause`, with jitter. A row is given up after `most_errors` unexpected errors in a row. Rows
    that are done stay if `keeps_done`, else they go.
    """

    def __init__(
        self,
        model: type[Row],
        *,
        task: str,
        first_pause: timedelta = timedelta(seconds=10),
        longest_pause: timedelta = timedelta(minutes=15),
        most_errors: int = 8,
        keeps_done: bool = False,
    ):
        self.rows = model._default_manager
        self.task = task
        self.first_pause = first_pause
        self.longest_pause = longest_pause
        self.most_errors = most_errors
        self.keeps_done = keeps_done

    def due(self) -> QuerySet[Row]:
        """Rows that wait, that nobody living is at, and whose time has come."""
        return self._free().filter(due_at__lte=timezone.now())

    def wake_on_commit(self, key: Any) -> None:
        """Queue a wake-up call once the transaction is through; a sweep is there for calls that get lost."""
        transaction.on_commit(lambda: self.queue(key), robust=True)

    def wake(self, key: Any) -> bool:
        """Make the row due at once, whatever became of it, and queue it; False if there is none."""
        found = self.make_due(self.rows.filter(pk=key))
        if found:
            self.wake_on_commit(key)
        return bool(found)

    def make_due(self, rows: QuerySet[Row]) -> int:
        """Make these rows due, whatever became of them; how many. Sweeps queue them, so many at a time."""
        return rows.update(status=Status.WAITING, due_at=timezone.now(), attempts=0, errors=0)

    def owe(self, key: Any, *, by: datetime | None = None) -> None:
        """Make sure that there is a row with this key, due at once, or `by` then at the latest.

        For rows whose key is that of what they are about. Wakes nobody.
        """
        now = timezone.now()
        _row, is_new = self.rows.get_or_create(pk=key, defaults={"due_at": by or now})
        if is_new:
            return
        if by is None:
            self.rows.filter(pk=key).update(status=Status.WAITING, due_at=now, attempts=0, errors=0)
        else:
            later = self.rows.filter(~Q(status=Status.WAITING) | Q(due_at__gt=by), pk=key)
            later.update(status=Status.WAITING, due_at=by, errors=0)

    def wake_due(self, *, limit: int, among: Q | None = None) -> None:
        """For sweeps: queue what is due, the longest due first, but do not let the queue grow without end."""
        room = min(limit, LONGEST_QUEUE - get_broker().queue_size())
        if room <= 0:
            return
        due = self.due().filter(among or Q()).order_by("due_at", "pk")
        for key in due.values_list("pk", flat=True)[:room]:
            self.queue(key)

    def run(self, key: Any, work: Callable[[Row], timedelta | None], *, early: Q | None = None) -> bool:
        """Work at the row if it is due, or `early` holds for it; whether this call did, and it went well.

        Safe to call at any time, any number of times, by any number of workers. What `work` returns or raises
        says how the row goes on, see `core.outbox`.
        """
        row = self.claim(key, early=early)
        if row is None:
            return False
        with renewed(row):
            try:
                self.finish(row, again=work(row))
            except Later as trouble:
                self.postpone(row, trouble)
            except GiveUp as trouble:
                self.give_up(row, trouble.reason)
            except Exception as error:
                self.take_in(row, error)
            else:
                return True
        return False

    def claim(self, key: Any, *, early: Q | None = None) -> Row | None:
        """Take the row's lease; None when it is not due (nor `early`), or another worker has it.

        A lease that ran out means that the worker died. A row that did that too often is given up.
        """
        now = timezone.now()
        due = Q(due_at__lte=now)
        if early is not None:
            # Apart, for it may join: PostgreSQL looks again at the row that it waited for, but not at what a
            # join becomes in an UPDATE, and would let everybody in who waited.
            due |= Q(pk__in=self.rows.filter(early).values("pk"))
        lease = uuid.uuid4()
        died = When(leased_until__isnull=False, then=F("errors") + 1)
        errors = Case(died, default=F("errors"), output_field=PositiveIntegerField())
        if not self._free().filter(due, pk=key).update(lease=lease, leased_until=now + LEASE, errors=errors):
            return None
        row = self.rows.get(pk=key)
        if row.errors < self.most_errors:
            return row
        self.give_up(row, _("The worker died at this %(times)s times.") % {"times": row.errors})
        return None

    def finish(self, row: Row, *, again: timedelta | None = None) -> None:
        """Done; or `again` after a pause. A row that has been woken meanwhile stays due."""
        well: dict[str, Any] = {"attempts": 0, "errors": 0, "reason": ""}
        if again is not None:
            self._write(row, due_at=timezone.now() + again, **well)
        elif self.keeps_done:
            self._write(row, status=Status.DONE, errors=0, reason="")
        elif not self._mine(row).filter(due_at=row.due_at).delete()[0]:
            self._mine(row).update(**well, **FREE)

    def postpone(self, row: Row, trouble: Later) -> None:
        """Due again after the pause that so many attempts ask for, or the trouble itself."""
        attempts = row.attempts + (1 if trouble.is_attempt else 0)
        pause = max(self.pause(max(attempts, 1)), trouble.after) if trouble.is_attempt else trouble.after
        self._write(row, due_at=timezone.now() + pause, attempts=attempts, reason=trouble.reason)

    def take_in(self, row: Row, error: Exception) -> None:
        """A defect: logged, and tried again a few times."""
        log_defect(f"{type(row).__name__} {row.pk}", error)
        row.errors += 1
        if row.errors >= self.most_errors:
            self.give_up(row, words_for(error))
            return
        due_at = timezone.now() + self.pause(row.errors)
        self._write(row, due_at=due_at, errors=row.errors, reason=words_for(error))

    def give_up(self, row: Row, reason: str) -> None:
        """Not to be tried again by itself. The reason says why."""
        self._write(row, status=Status.GIVEN_UP, errors=row.errors, reason=reason)

    def pause(self, attempts: int) -> timedelta:
        """The pause after so many failed attempts, with jitter, so that not all rows come back at once."""
        doubled: timedelta = self.first_pause * 2 ** min(attempts - 1, MOST_DOUBLINGS)
        jitter = random.uniform(0.8, 1.25)  # noqa: S311 - spreads load, hides nothing
        pause: timedelta = max(min(doubled, self.longest_pause) * jitter, self.first_pause)
        return pause

    def _write(self, row: Row, *, due_at: Any = None, status: str = Status.WAITING, **values: Any) -> None:
        """Under the lease, which ends. When the row becomes due is left alone if it was woken meanwhile."""
        if "reason" in values:
            values["reason"] = values["reason"].replace("\x00", "")[:MOST_CHARACTERS]
        when = {"due_at": due_at} if due_at else {}
        mine = self._mine(row)
        if not mine.filter(due_at=row.due_at).update(status=status, **when, **values, **FREE):
            mine.update(**values, **FREE)

    def _free(self) -> QuerySet[Row]:
        return self.rows.filter(is_free(timezone.now()), status=Status.WAITING)

    def _mine(self, row: Row) -> QuerySet[Row]:
        return self.rows.filter(pk=row.pk, lease=row.lease)

    def queue(self, key: Any) -> None:
        """Put a wake-up call into the queue, now."""
        async_task(self.task, key if isinstance(key, int) else str(key))
