"""The outbox of render projects: who may work at one now, and what staff see of how that ends."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Q
from django.utils import timezone

from core.outbox import LeaseLost, Outbox
from core.outbox.outcomes import words_for
from personalization.models import RenderJob

from .states import Status, move, note

logger = logging.getLogger(__name__)

ADVANCE = "personalization.tasks.advance_render_project"
# A project that is about to be created keeps its pause: if an earlier attempt has an unknown outcome, the
# Hub's list needs that time to show what came of it. The others may be looked at early, because a hint came.
EARLY = Q(project__status__in=[Status.RENDERING, Status.FETCHING])


class RenderOutbox(Outbox[RenderJob]):
    """Shows staff at the project what holds it up, and ends one that cannot be worked at as failed.

    Whatever is to be written under a lease that is lost by then is left to whoever has the project now.
    """

    def claim(self, key: Any, *, early: Q | None = None) -> RenderJob | None:
        """Take the lease of an open project; None when another worker has it, it is finished, or it may not
        be tried yet.
        """
        job = super().claim(key, early=EARLY if early is None else early)
        if job is not None:
            _make_due(job)
        return job

    def take_in(self, row: RenderJob, error: Exception) -> None:
        with _unless_taken_over(row):
            if isinstance(error, LeaseLost):
                raise error
            note(row.pk, lease=row.lease, reason=words_for(error))
            super().take_in(row, error)

    def give_up(self, row: RenderJob, reason: str) -> None:
        with _unless_taken_over(row):
            move(row.pk, Status.FAILED, lease=row.lease, reason=reason)


RENDERS = RenderOutbox(RenderJob, task=ADVANCE)


def _make_due(job: RenderJob) -> None:
    """Also one that was claimed early: what a killed worker began goes on as soon as its lease ends."""
    now = timezone.now()
    early = RenderJob.objects.filter(pk=job.pk, lease=job.lease, due_at=job.due_at)
    if job.due_at > now and early.update(due_at=now):
        job.due_at = now


@contextmanager
def _unless_taken_over(job: RenderJob) -> Iterator[None]:
    try:
        yield
    except LeaseLost:
        logger.warning("Render project %s was taken over by another worker", job.pk)
