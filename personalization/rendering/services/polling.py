"""How far the Hub is with a project."""

import logging
import uuid
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from personalization.hub import HubNotFound, get_hub
from personalization.hub.types import ProcessingResults
from personalization.models import RenderProject

from .pauses import before_next_look
from .states import Status, move, note

logger = logging.getLogger(__name__)

COMPLETED, FAILED = "Completed", "Failed"
ENDED = frozenset({COMPLETED, FAILED})
# A project may be missing from the Hub's answers for a moment after it was created.
NEWBORN = timedelta(minutes=2)


def look(project: RenderProject, lease: uuid.UUID | None) -> ProcessingResults | timedelta | None:
    """Ask for the processing results and move on if the rendering has ended: to fetching (then the results
    are returned) or failed (None). Else the pause until the next look.

    Statuses that the shop does not know mean "not yet". Raises HubError and LeaseLost.
    """
    try:
        results = get_hub().processing_results(project.number_in_hub)
    except HubNotFound:
        if project.submitted_at and timezone.now() - project.submitted_at < NEWBORN:
            raise
        reason = _("The project no longer exists in the Hub. Recreate it to print this line.")
        move(project.pk, Status.FAILED, lease=lease, reason=reason)
        return None
    if results.status == FAILED:
        reason = results.description or _("The Hub gave no reason.")
        _fail(project, lease, results, reason)
        return None
    if results.status == COMPLETED and not results.files:
        reason = _("The Hub completed the project without any files. Check the pipeline’s last task.")
        _fail(project, lease, results, reason)
        return None
    if results.status == COMPLETED:
        if project.status == Status.RENDERING:
            move(project.pk, Status.FETCHING, lease=lease, hub_processing_status=results.status)
        return results
    return _not_yet(project, lease, results)


def _fail(project: RenderProject, lease: uuid.UUID | None, results: ProcessingResults, reason: str) -> None:
    logger.error("The project of %s failed in the Hub: %s", project.line_id, reason)
    move(project.pk, Status.FAILED, lease=lease, reason=reason, hub_processing_status=results.status)


def _not_yet(project: RenderProject, lease: uuid.UUID | None, results: ProcessingResults) -> timedelta:
    status = results.status
    if project.status == Status.FETCHING:
        move(project.pk, Status.RENDERING, lease=lease, hub_processing_status=status)
    else:
        note(project.pk, lease=lease, hub_processing_status=status, reason="", waits_for_configuration=False)
    return before_next_look(project.submitted_at)
