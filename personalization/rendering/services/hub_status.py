"""The business status that the Hub shows to its own staff, kept in step with our rows.

It says nothing about the rendering, but an integration of the Hub may start the processing when a project
becomes active. So it is told right after the creation, and again when the files are here or the project is
cancelled. The row remembers what is still to be told; it is told outside of any transaction, holds nothing
up, and is repeated until the Hub has taken it. Which codes the Hub uses for which status is a setting.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.outbox import GiveUp, Later, Outbox
from personalization.hub import HubError, HubForbidden, HubNotFound, HubRejected, get_hub
from personalization.models import RenderProject, StatusJob
from personalization.trouble import later

logger = logging.getLogger(__name__)

Status = RenderProject.Status

ACTIVE, COMPLETED, CANCELLED = "active", "completed", "cancelled"
TOLD_AS: dict[str, str] = {
    Status.RENDERING: ACTIVE,
    Status.FETCHING: ACTIVE,
    # Failed is for the shop to solve; the Hub's staff see the failure at the project itself.
    Status.FAILED: ACTIVE,
    Status.READY: COMPLETED,
    Status.CANCELLED: CANCELLED,
}
# By then every creation has ended that was under way when the project was cancelled.
CREATION_ENDED = timedelta(seconds=150)
MOST_REFUSALS = 8
MOST_ROUNDS = 3
STATUSES = Outbox(StatusJob, task="personalization.tasks.tell_hub_status")


def owe_status(project: RenderProject, *, before: str) -> None:
    """Note what there is to tell the Hub about a project that has just moved from the status `before`."""
    to = project.status
    if to == Status.WAITING:
        project.told_status = ""
        project.save(update_fields=["told_status"])
        StatusJob.objects.filter(pk=project.pk).delete()
        return
    word = TOLD_AS.get(to)
    if word is None or word == project.told_status or _code(word) is None:
        return
    if to == Status.CANCELLED and before == Status.WAITING and not project.abandoned_hub_projects:
        StatusJob.objects.filter(pk=project.pk).delete()
        return
    STATUSES.owe(project.pk)
    if to == Status.CANCELLED and before == Status.CREATING:
        StatusJob.objects.filter(pk=project.pk).update(due_at=timezone.now() + CREATION_ENDED)
    STATUSES.wake_on_commit(project.pk)


def status_code_for(project: RenderProject) -> int | None:
    """The code that the Hub should have for this row; None when it is told nothing about it."""
    word = TOLD_AS.get(project.status)
    return None if word is None or project.hub_project_id is None else _code(word)


def is_status_owed(project: RenderProject) -> bool:
    """Whether the Hub is still to be told something about it."""
    job = getattr(project, "status_job", None)
    return job is not None and job.status == StatusJob.Status.WAITING


@transaction.atomic
def tell_hub_again(project: RenderProject) -> None:
    """Tell the Hub once more what it was told before, because somebody changed it there."""
    if not StatusJob.objects.filter(pk=project.pk, status=StatusJob.Status.WAITING).exists():
        RenderProject.objects.filter(pk=project.pk).update(told_status="")
        STATUSES.owe(project.pk)
    STATUSES.wake_on_commit(project.pk)


def tell_hub(project_id: int) -> None:
    """Tell the Hub the status of a project, if it is due. Safe to call at any time, by any number of
    workers.
    """
    for _round in range(MOST_ROUNDS):
        # A move in the meantime leaves it due for another round.
        if not STATUSES.run(project_id, _tell):
            return


def _tell(job: StatusJob) -> None:
    project = job.project
    word = TOLD_AS[project.status]
    code = _code(word)
    if code is None:
        return
    try:
        for hub_project_id in _hub_projects(project):
            _force(hub_project_id, code, is_cancelled=word == CANCELLED)
    except HubError as trouble:
        raise _outcome(job, trouble) from trouble
    RenderProject.objects.filter(pk=project.pk).update(told_status=word)


def _hub_projects(project: RenderProject) -> list[int]:
    """The Hub's project of the row. Of a cancelled row all that were ever made, also one whose creation was
    under way when it was cancelled.
    """
    if project.status != Status.CANCELLED:
        return [project.hub_project_id] if project.hub_project_id is not None else []
    found = get_hub().find_projects(project.order_id)
    return [other.id for other in found if other.order_line_item_id == project.line_id]


def _force(hub_project_id: int, code: int, *, is_cancelled: bool) -> None:
    try:
        get_hub().force_project_status(hub_project_id, status=code)
    except HubNotFound:
        if not is_cancelled:
            raise


def _outcome(job: StatusJob, trouble: HubError) -> Later | GiveUp:
    """Missing permissions and an absent Hub are waited for, a status that the Hub does not have is not."""
    is_refused = isinstance(trouble, HubRejected | HubNotFound) and not isinstance(trouble, HubForbidden)
    if is_refused and job.attempts + 1 >= MOST_REFUSALS:
        logger.error(
            "The Hub was not told that %s is %s (attempt %s, the last one): %s",
            job.project,
            job.project.status,
            MOST_REFUSALS,
            trouble,
        )
        return GiveUp(str(trouble))
    return later(f"Telling the Hub that {job.project} is {job.project.status}", trouble)


def _code(word: str) -> int | None:
    code: int | None = settings.CCHUB["STATUS_CODES"].get(word)
    return code
