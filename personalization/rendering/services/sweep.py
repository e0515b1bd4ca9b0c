"""The safety net, twice a minute: it finds what changed in the Hub and wakes up what is due.

It costs a call per 100 changes in the Hub, however many projects are open, and looks by itself only at a
few that have not been heard of for long. It asks the Hub nothing while no project is open.
"""

import logging
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from core.outbox.leases import release, renewed, take
from personalization.hub import HubError, HubForbidden, Project, get_hub, hub_state
from personalization.models import ProjectSweep, RenderJob, RenderProject

from .deadlines import flag_overdue
from .hub_status import STATUSES
from .leases import RENDERS
from .pauses import before_next_look
from .polling import ENDED
from .states import Status, storable

logger = logging.getLogger(__name__)

# A project may appear in the Hub's list later than the time it carries.
OVERLAP = timedelta(minutes=1)
MOST_WAKE_UPS = 200
MOST_STATUSES = 50
MOST_SINGLE_LOOKS = 20


def sweep_projects() -> None:
    """Wake up every render project that is due, unless the Hub is left alone at present.

    A second sweep at the same time does nothing: two do no harm, but they must not pile up.
    """
    sweep, _is_first = ProjectSweep.objects.get_or_create(pk=1)
    if not take(sweep):
        return
    with renewed(sweep):
        try:
            if hub_state().is_closed:
                _wake_all_due()
            flag_overdue()
        finally:
            release(sweep)


def _wake_all_due() -> None:
    renders = Q(project__status=Status.RENDERING)
    if _look_at_changes():
        RENDERS.wake_due(limit=MOST_SINGLE_LOOKS, among=renders)
    RENDERS.wake_due(limit=MOST_WAKE_UPS, among=~renders)
    STATUSES.wake_due(limit=MOST_STATUSES)


def _look_at_changes() -> bool:
    """Take in what changed since the last sweep; False while the Hub cannot say.

    A Hub that refuses the shop's credentials is asked by the projects themselves, so that each says so.
    """
    rendering = RenderProject.objects.filter(status=Status.RENDERING)
    oldest = rendering.order_by("submitted_at").values_list("submitted_at", flat=True).first()
    if oldest is None:
        return True
    seen_until = ProjectSweep.objects.get(pk=1).seen_until
    since = max(seen_until or oldest, oldest) - OVERLAP
    try:
        changed = get_hub().changed_projects(since=since)
    except HubError as trouble:
        logger.warning("The Hub does not say which projects changed: %s", trouble)
        return isinstance(trouble, HubForbidden)
    _take_in(changed)
    _remember(changed, since)
    return True


def _take_in(changed: list[Project]) -> None:
    rows = RenderProject.objects.filter(
        status=Status.RENDERING, hub_project_id__in=[project.id for project in changed]
    )
    statuses = {project.id: project.processing_status for project in changed}
    for row in rows.only("pk", "hub_project_id", "hub_processing_status", "submitted_at"):
        status = statuses[row.number_in_hub]
        if status in ENDED:
            # Due until somebody has looked, in case the wake-up call gets lost.
            now = timezone.now()
            RENDERS.owe(row.pk, by=now)
            # Whoever is at it may have looked before.
            RenderJob.objects.filter(pk=row.pk).exclude(lease=None).update(due_at=now)
            RENDERS.queue(row.pk)
        elif status != row.hub_processing_status:
            changes = storable({"hub_processing_status": status})
            RenderProject.objects.filter(pk=row.pk, status=Status.RENDERING).update(**changes)
            next_look = timezone.now() + before_next_look(row.submitted_at)
            RenderJob.objects.filter(pk=row.pk, project__status=Status.RENDERING).update(due_at=next_look)


def _remember(changed: list[Project], since: datetime) -> None:
    """The mark is the Hub's own time, so that it does not matter whether its clock and ours agree."""
    newest = max((project.last_modified for project in changed if project.last_modified), default=None)
    if newest is not None and newest > since:
        ProjectSweep.objects.update(seen_until=newest)
