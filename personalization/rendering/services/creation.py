"""The project in the Hub: exactly one per order line, although the Hub would gladly make two.

The Hub has no idempotency key. So it is asked for the order's projects before every creation, also before
the first one (one cheap call, which covers a database restored from a backup). The row notes that a creation
is sent before it is sent: while its outcome is not known, because the answer never came or the worker was
killed, the next one is sent only after two looks in vain with a pause between them, in which the Hub's list
catches up.
"""

import logging
import uuid
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from core.outbox import Later
from personalization.hub import (
    HubForbidden,
    HubNotAsked,
    HubNotFound,
    HubRejected,
    HubUnavailable,
    Project,
    get_hub,
)
from personalization.models import Design, RenderProject
from personalization.shoppers.services.account_merge import hub_owner_id

from .new_project import Making, pipeline_to_name, send
from .pauses import before_next_look, before_second_look
from .states import Status, move, note

logger = logging.getLogger(__name__)

CONFLICT = 409


def create(project: RenderProject, lease: uuid.UUID | None) -> timedelta | None:
    """Find or create the Hub's project of this row, and go on to rendering (then the pause until the first
    look is returned); or fail for a reason that staff must mend.

    Raises HubError when the outcome is unknown or the configuration has to be mended first, Later when it
    has to be looked for once more, and LeaseLost.
    """
    if project.status == Status.WAITING:
        project = move(project.pk, Status.CREATING, lease=lease)
    if project.making == Making.HIRES and len(project.design.state_ids) != 1:
        reason = _(
            "The Hub’s built-in rendering prints one design, this line has several. Choose a pipeline."
        )
        move(project.pk, Status.FAILED, lease=lease, reason=reason)
        return None
    owner_id = hub_owner_id(project.design)
    try:
        ours = _find(project)
        if not ours and project.creation_sent_at and not project.missed_at:
            raise _look_again_later(project, lease)
        ours = ours or _create(project, lease, owner_id)
    except (HubRejected, HubNotFound) as refusal:
        _check_same_owner(project, owner_id)
        if isinstance(refusal, HubForbidden):
            raise
        detail = getattr(refusal, "detail", "")
        logger.error("The Hub refuses to create the project of %s: %s", project.line_id, refusal)
        move(project.pk, Status.FAILED, lease=lease, reason=detail or str(refusal))
        return None
    return _adopt(project, lease, ours)


def _check_same_owner(project: RenderProject, owner_id: str) -> None:
    """Raises HubUnavailable when the shopper logged in while the project was being created: it is worth
    another attempt as the account.
    """
    design = Design.objects.select_related("owner").get(pk=project.design_id)
    if hub_owner_id(design) != owner_id:
        raise HubUnavailable("the shopper's designs have just moved to their account")


def _find(project: RenderProject) -> list[Project]:
    """The Hub's projects of our line, the oldest first, without those that staff have given up."""
    ours = [
        found
        for found in get_hub().find_projects(project.order_id)
        if found.order_line_item_id == project.line_id and found.id not in project.abandoned_hub_projects
    ]
    return sorted(ours, key=lambda found: found.id)


def _create(project: RenderProject, lease: uuid.UUID | None, owner_id: str) -> list[Project]:
    pipeline_id = pipeline_to_name(project)
    note(project.pk, lease=lease, creation_sent_at=timezone.now(), missed_at=None)
    try:
        return [send(project, owner_id=owner_id, pipeline_id=pipeline_id)]
    except HubNotAsked:
        note(project.pk, lease=lease, creation_sent_at=None)
        raise
    except (HubRejected, HubNotFound) as refusal:
        note(project.pk, lease=lease, creation_sent_at=None)
        # A conflict may mean that another worker was faster.
        ours = _find(project) if getattr(refusal, "status", None) == CONFLICT else []
        if not ours:
            raise
        return ours


def _look_again_later(project: RenderProject, lease: uuid.UUID | None) -> Later:
    """The look and its pause are noted at once: a worker that is killed in between must not cut it short."""
    now, pause = timezone.now(), before_second_look()
    note(project.pk, lease=lease, missed_at=now, due_at=now + pause)
    reason = "It is not known whether the Hub has created the project"
    return Later(reason, after=pause.total_seconds(), is_attempt=False)


def _adopt(project: RenderProject, lease: uuid.UUID | None, ours: list[Project]) -> timedelta:
    kept, *surplus = ours
    if surplus:
        logger.error("The Hub has %s projects for %s; the oldest is used", len(ours), project.line_id)
    move(
        project.pk,
        Status.RENDERING,
        lease=lease,
        hub_project_id=kept.id,
        hub_processing_status=kept.processing_status,
        surplus_hub_projects=[other.id for other in surplus],
        submitted_at=timezone.now(),
    )
    return before_next_look(None)
