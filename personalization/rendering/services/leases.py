"""Leases: at most one worker is at a render project, and a worker that died holds nothing up for long."""

import uuid
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from personalization.models import RenderProject

from .states import FINISHED, LeaseLost, Status

# Longer than the queue lets any task run: a lease that has run out belongs to a worker that is gone.
LEASE = timedelta(seconds=150)
# A wake-up call that has not been followed for this long was lost with the queue.
WAKE_UP_LOST = timedelta(minutes=5)


def free(now) -> Q:
    """Render projects that no living worker is at."""
    return Q(leased_until=None) | Q(leased_until__lt=now)


def claim(project_id: int) -> uuid.UUID | None:
    """Take the lease of an open project; None when another worker has it, it is finished, or it may not be
    tried yet.

    A project that is about to be created keeps its pause: if an earlier attempt has an unknown outcome, the
    Hub's list needs that time to show what came of it. The others may be looked at early, because a hint
    came.
    """
    now = timezone.now()
    lease = uuid.uuid4()
    early = Q(status__in=[Status.RENDERING, Status.FETCHING])
    claimed = (
        RenderProject.objects.filter(free(now), early | Q(next_attempt_at__lte=now), pk=project_id)
        .exclude(status__in=FINISHED)
        .update(lease=lease, leased_until=now + LEASE, woken_at=None)
    )
    return lease if claimed else None


def renew(project_id: int, lease: uuid.UUID) -> None:
    """Go on for another full term. Raises LeaseLost."""
    leased_until = timezone.now() + LEASE
    if not RenderProject.objects.filter(pk=project_id, lease=lease).update(leased_until=leased_until):
        raise LeaseLost(str(project_id))


def release(project_id: int, lease: uuid.UUID) -> None:
    """Give the lease back, if it is still ours."""
    RenderProject.objects.filter(pk=project_id, lease=lease).update(lease=None, leased_until=None)


def mark_woken(project_id: int) -> bool:
    """Note that a wake-up call is about to be queued; False when one is in the queue already."""
    now = timezone.now()
    unwoken = Q(woken_at=None) | Q(woken_at__lt=now - WAKE_UP_LOST)
    return bool(RenderProject.objects.filter(unwoken, free(now), pk=project_id).update(woken_at=now))
