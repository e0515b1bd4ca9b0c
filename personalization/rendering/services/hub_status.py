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
from django.db.models import Q
from django.utils import timezone
from django_q.tasks import async_task

from personalization.hub import HubError, HubForbidden, HubNotAsked, HubNotFound, HubRejected, get_hub
from personalization.models import RenderProject

from .pauses import before_retry

logger = logging.getLogger(__name__)

Status = RenderProject.Status

TELL = "personalization.tasks.tell_hub_status"
ACTIVE, COMPLETED, CANCELLED = "active", "completed", "cancelled"
TOLD_AS = {
    Status.RENDERING: ACTIVE,
    Status.FETCHING: ACTIVE,
    # Failed is for the shop to solve; the Hub's staff see the failure at the project itself.
    Status.FAILED: ACTIVE,
    Status.READY: COMPLETED,
    Status.CANCELLED: CANCELLED,
}
# Longer than a worker may take: whoever was telling is gone by then.
TELLING = timedelta(seconds=90)
# By then every creation has ended that was under way when the project was cancelled.
CREATION_ENDED = timedelta(seconds=150)
MOST_REFUSALS = 8
MOST_AT_ONCE = 50
MOST_ROUNDS = 3


def to_tell(project: RenderProject, to: str) -> dict:
    """The changes of a row that is about to move: what there will be to tell the Hub, and when."""
    if to == Status.WAITING:
        return {"told_status": "", "tell_at": None, "tell_attempts": 0}
    word = TOLD_AS.get(to)
    if word is None or word == project.told_status or _code(word) is None:
        return {}
    now = timezone.now()
    if to == Status.CANCELLED and project.status == Status.CREATING:
        return {"tell_at": now + CREATION_ENDED, "tell_attempts": 0}
    if to == Status.CANCELLED and project.status == Status.WAITING and not project.abandoned_hub_projects:
        return {"tell_at": None}
    return {"tell_at": now, "tell_attempts": 0}


def wake_teller_on_commit(project_id: int) -> None:
    """Queue the telling once the transaction is through; the sweep is there for calls that get lost."""
    transaction.on_commit(lambda: async_task(TELL, project_id), robust=True)


def status_code_for(project: RenderProject) -> int | None:
    """The code that the Hub should have for this row; None when it is told nothing about it."""
    word = TOLD_AS.get(project.status)
    return None if word is None or project.hub_project_id is None else _code(word)


@transaction.atomic
def tell_hub_again(project: RenderProject) -> None:
    """Tell the Hub once more what it was told before, because somebody changed it there."""
    RenderProject.objects.filter(pk=project.pk, tell_at=None).update(
        told_status="", tell_at=timezone.now(), tell_attempts=0
    )
    wake_teller_on_commit(project.pk)


def wake_tellers() -> None:
    """Queue the telling of what the queue has lost or the Hub has not taken."""
    due = _due().order_by("tell_at", "pk").values_list("pk", flat=True)
    for project_id in due[:MOST_AT_ONCE]:
        async_task(TELL, project_id)


def tell_hub(project_id: int) -> None:
    """Tell the Hub the status of a project, if it is due. Safe to call at any time, by any number of
    workers.
    """
    for _round in range(MOST_ROUNDS):
        project = _claim(project_id)
        if project is None or not _tell(project):
            return


def _due():
    now = timezone.now()
    return RenderProject.objects.filter(Q(telling_until=None) | Q(telling_until__lt=now), tell_at__lte=now)


def _claim(project_id: int) -> RenderProject | None:
    claimed = _due().filter(pk=project_id).update(telling_until=timezone.now() + TELLING)
    return RenderProject.objects.get(pk=project_id) if claimed else None


def _tell(project: RenderProject) -> bool:
    """Whether the Hub took it; a move in the meantime leaves the row due for another round."""
    word = TOLD_AS[project.status]
    code = _code(word)
    try:
        for hub_project_id in _hub_projects(project) if code is not None else ():
            _force(hub_project_id, code, is_cancelled=word == CANCELLED)
    except HubError as trouble:
        _postpone(project, trouble)
        return False
    told = project.told_status if code is None else word
    RenderProject.objects.filter(pk=project.pk).update(told_status=told, telling_until=None)
    RenderProject.objects.filter(pk=project.pk, tell_at=project.tell_at).update(tell_at=None, tell_attempts=0)
    return True


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


def _postpone(project: RenderProject, trouble: HubError) -> None:
    attempts = project.tell_attempts + (0 if isinstance(trouble, HubNotAsked) else 1)
    # Missing permissions and an unavailable Hub are waited for; a status that the Hub does not have is not.
    is_refused = isinstance(trouble, HubRejected | HubNotFound) and not isinstance(trouble, HubForbidden)
    gives_up = is_refused and attempts >= MOST_REFUSALS
    logger.log(
        logging.ERROR if is_refused else logging.WARNING,
        "The Hub was not told that %s is %s (attempt %s%s): %s",
        project.line_id,
        project.status,
        attempts,
        ", the last one" if gives_up else "",
        trouble,
    )
    pause = before_retry(max(attempts, 1), retry_after=getattr(trouble, "retry_after", None))
    RenderProject.objects.filter(pk=project.pk).update(telling_until=None)
    RenderProject.objects.filter(pk=project.pk, tell_at=project.tell_at).update(
        tell_at=None if gives_up else timezone.now() + pause, tell_attempts=attempts
    )


def _code(word: str) -> int | None:
    return settings.CCHUB["STATUS_CODES"].get(word)
