"""Which moves a render project may make; the only code that changes its status."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.audit.actors import WORKER, Actor, name_of
from personalization.models import ProjectEvent, RenderProject
from personalization.signals import render_project_finished

from .hub_status import to_tell, wake_teller_on_commit

Status = RenderProject.Status

MOVES: dict[str, frozenset[str]] = {
    Status.WAITING: frozenset({Status.CREATING, Status.CANCELLED}),
    Status.CREATING: frozenset({Status.RENDERING, Status.FAILED, Status.CANCELLED}),
    Status.RENDERING: frozenset({Status.FETCHING, Status.FAILED, Status.CANCELLED}),
    # Back to rendering: somebody restarted the project in the Hub while its files were being fetched.
    Status.FETCHING: frozenset({Status.READY, Status.RENDERING, Status.FAILED, Status.CANCELLED}),
    # Ready, and its order is cancelled because of another item.
    Status.READY: frozenset({Status.CANCELLED}),
    # Out of failed only by staff: recreate, or restart and resume, or bring a manual file, or cancel.
    Status.FAILED: frozenset({Status.WAITING, Status.RENDERING, Status.READY, Status.CANCELLED}),
    Status.CANCELLED: frozenset(),
}
MAXIMUM_REASON = 2000
MAXIMUM_PROCESSING_STATUS = RenderProject._meta.get_field("hub_processing_status").max_length
FINISHED = frozenset({Status.READY, Status.FAILED, Status.CANCELLED})
ANNOUNCED = frozenset({Status.READY, Status.FAILED})
UNTROUBLED = {
    "attempts": 0,
    "reason": "",
    "waits_for_configuration": False,
    "creation_sent_at": None,
    "missed_at": None,
}


class IllegalMove(Exception):
    """A render project cannot go from its status to this one."""


class LeaseLost(Exception):
    """Another worker has taken the project over; this one must stop at once."""


def move(
    project_id: int,
    to: str,
    *,
    lease: uuid.UUID | None,
    by: Actor = WORKER,
    why: str = "",
    **changes: Any,
) -> RenderProject:
    """Bring a render project into another status, together with `changes` of other fields and a row for the
    audit, in one transaction.

    `lease` is the lease under which the caller works; None only where nobody does (staff). Every move
    leaves the troubles of the status before behind. `why` defaults to the reason among the changes. Ready
    and failed send `render_project_finished` inside the transaction.
    Raises IllegalMove or LeaseLost, and then nothing has changed.
    """
    with transaction.atomic():
        project = RenderProject.objects.select_for_update().get(pk=project_id)
        if project.lease != lease:
            raise LeaseLost(project.line_id)
        if to not in MOVES[project.status]:
            raise IllegalMove(f"{project.line_id}: {project.status} to {to}")
        now = timezone.now()
        event = ProjectEvent(project=project, actor=name_of(by), from_status=project.status, to_status=to)
        values = {"status": to, "next_attempt_at": now, "finished_at": None} | UNTROUBLED
        if to in FINISHED:
            values |= {"next_attempt_at": None, "finished_at": now, "lease": None, "leased_until": None}
        values |= to_tell(project, to) | storable(changes)
        for name, value in values.items():
            setattr(project, name, value)
        project.save(update_fields=list(values))
        event.reason = why or project.reason
        event.save(force_insert=True)
        if values.get("tell_at"):
            wake_teller_on_commit(project.pk)
        if to in ANNOUNCED:
            render_project_finished.send(sender=RenderProject, project=project)
    return project


def note(project_id: int, *, lease: uuid.UUID, **changes: Any) -> None:
    """Write fields other than the status under the lease. Raises LeaseLost."""
    if not RenderProject.objects.filter(pk=project_id, lease=lease).update(**storable(changes)):
        raise LeaseLost(str(project_id))


def storable(changes: dict[str, Any]) -> dict[str, Any]:
    """The changes with texts of the Hub made fit for the database: short enough, and without NUL."""
    limits = {"reason": MAXIMUM_REASON, "hub_processing_status": MAXIMUM_PROCESSING_STATUS}
    texts = {
        name: changes[name].replace("\x00", "")[:limit] for name, limit in limits.items() if name in changes
    }
    return changes | texts
