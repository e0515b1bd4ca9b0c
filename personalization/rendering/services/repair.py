"""What staff can do about a failed render project. Each asks the Hub first and changes the row after it
agreed.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit.actors import Actor
from core.outbox import LeaseLost
from personalization.hub import HubNotFound, HubRejected, get_hub
from personalization.models import RenderProject

from .leases import RENDERS
from .pauses import before_next_look
from .states import IllegalMove, Status, move
from .stored_files import delete_files


class RepairNotPossible(Exception):
    """The project cannot be repaired this way; `message` tells staff what to do instead."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def restart_processing(project: RenderProject, *, by: Actor) -> RenderProject:
    """Let the Hub render a failed project from the beginning. Raises RepairNotPossible, or HubUnavailable."""
    return _process_again(project, get_hub().restart_processing, by=by, why=_("Restarted"))


def resume_processing(project: RenderProject, *, by: Actor) -> RenderProject:
    """Let the Hub go on with the tasks that a failed project has left. Raises RepairNotPossible, or
    HubUnavailable.
    """
    return _process_again(project, get_hub().resume_processing, by=by, why=_("Resumed"))


@transaction.atomic
def recreate_project(project: RenderProject, *, by: Actor) -> RenderProject:
    """Give up the Hub's project of a failed row and make a new one. Raises RepairNotPossible."""
    abandoned = [*project.abandoned_hub_projects, *project.surplus_hub_projects]
    if project.hub_project_id is not None:
        abandoned.append(project.hub_project_id)
    moved = _reopen(
        project,
        Status.WAITING,
        by=by,
        why=_("Recreated"),
        hub_project_id=None,
        hub_processing_status="",
        submitted_at=None,
        abandoned_hub_projects=abandoned,
        surplus_hub_projects=[],
    )
    RENDERS.wake_on_commit(moved.pk)
    return moved


def _process_again(
    project: RenderProject, ask: Callable[[int], None], *, by: Actor, why: str
) -> RenderProject:
    if project.status != Status.FAILED:
        raise _too_late()
    if project.hub_project_id is None:
        raise RepairNotPossible(_("The Hub has no project of this line. Recreate it instead."))
    try:
        ask(project.hub_project_id)
    except HubNotFound:
        raise RepairNotPossible(_("The project no longer exists in the Hub. Recreate it instead.")) from None
    except HubRejected as refusal:
        message = _("The Hub refuses: %(reason)s") % {"reason": refusal.detail or refusal}
        raise RepairNotPossible(message) from None
    now = timezone.now()
    return _reopen(
        project,
        Status.RENDERING,
        by=by,
        why=why,
        hub_processing_status="",
        submitted_at=now,
        # Not at once: the Hub may still show the old failure.
        due_at=now + before_next_look(None),
    )


@transaction.atomic
def _reopen(project: RenderProject, to: str, **changes: Any) -> RenderProject:
    try:
        moved = move(project.pk, to, lease=None, opened_at=timezone.now(), overdue_at=None, **changes)
    except (IllegalMove, LeaseLost):
        raise _too_late() from None
    # Files of the earlier attempt must not be mixed with those of the next.
    delete_files(moved.files.all())
    return moved


def _too_late() -> RepairNotPossible:
    return RepairNotPossible(
        _("This line does not wait for a repair any more: somebody else, or the worker, was faster.")
    )
