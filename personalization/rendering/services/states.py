"""Which moves a render project may make; the only code that changes its status."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.audit.actors import WORKER, Actor, name_of
from core.outbox import LeaseLost
from personalization.models import ProjectEvent, RenderJob, RenderProject
from personalization.signals import render_project_finished

from .hub_status import owe_status

Status = RenderProject.Status

MOVES: dict[str, frozenset[str]] = {
    Status.WAITING: frozenset({Status.CREATING, Status.FAILED, Status.CANCELLED}),
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
    "reason": "",
    "waits_for_configuration": False,
    "creation_sent_at": None,
    "missed_at": None,
}


class IllegalMove(Exception):
    """A render project cannot go from its status to this one."""


def move(
    project_id: int,
    to: str,
    *,
    lease: uuid.UUID | None,
    by: Actor = WORKER,
    why: str = "",
    due_at: datetime | None = None,
    **changes: Any,
) -> RenderProject:
    """Bring a render project into another status, together with `changes` of other fields and a row for the
    audit, in one transaction.

    `lease` is the lease under which the caller works; None only where nobody does (staff). Every move
    leaves the troubles of the status before behind. Where nobody works at it, the next step is due now, or at
    `due_at`; a worker says when, once it is through. A finished project has none. `why` defaults to the
    reason among the changes. Ready and failed send `render_project_finished` inside the transaction.
    Raises IllegalMove or LeaseLost, and then nothing has changed.
    """
    with transaction.atomic():
        project = locked(project_id, lease=lease)
        if to not in MOVES[project.status]:
            raise IllegalMove(f"{project.line_id}: {project.status} to {to}")
        now, before = timezone.now(), project.status
        event = ProjectEvent(project=project, actor=name_of(by), from_status=before, to_status=to)
        values = {"status": to, "finished_at": now if to in FINISHED else None} | UNTROUBLED
        values |= storable(changes)
        for name, value in values.items():
            setattr(project, name, value)
        project.save(update_fields=list(values))
        event.reason = why or project.reason
        event.save(force_insert=True)
        _plan(project, None if lease else due_at or now)
        owe_status(project, before=before)
        if to in ANNOUNCED:
            render_project_finished.send(sender=RenderProject, project=project)
    return project


def note(
    project_id: int,
    *,
    lease: uuid.UUID | None,
    due_at: datetime | None = None,
    **changes: Any,
) -> None:
    """Write fields other than the status under the lease, together with when the next step is due, if that
    cannot wait until the worker is through. Raises LeaseLost.
    """
    with transaction.atomic():
        locked(project_id, lease=lease)
        if due_at:
            RenderJob.objects.filter(pk=project_id).update(due_at=due_at)
        if changes:
            RenderProject.objects.filter(pk=project_id).update(**storable(changes))


def locked(project_id: int, *, lease: uuid.UUID | None) -> RenderProject:
    """The project, locked until the transaction ends, for whoever has this lease. Raises LeaseLost."""
    project = RenderProject.objects.select_for_update().get(pk=project_id)
    if lease_of(project_id) != lease:
        raise LeaseLost(project.line_id)
    return project


def lease_of(project_id: int) -> uuid.UUID | None:
    """Under which lease somebody works at the project; None when nobody does."""
    jobs = RenderJob.objects.select_for_update().filter(pk=project_id)
    return jobs.values_list("lease", flat=True).first()


def _plan(project: RenderProject, due_at: datetime | None) -> None:
    when = {"due_at": due_at} if due_at else {}
    jobs = RenderJob.objects.filter(pk=project.pk)
    if project.status in FINISHED:
        jobs.delete()
    elif not jobs.update(**when, attempts=0, errors=0):
        RenderJob.objects.create(project=project, **when)


def storable(changes: dict[str, Any]) -> dict[str, Any]:
    """The changes with texts of the Hub made fit for the database: short enough, and without NUL."""
    limits = {"reason": MAXIMUM_REASON, "hub_processing_status": MAXIMUM_PROCESSING_STATUS}
    texts = {
        name: changes[name].replace("\x00", "")[:limit] for name, limit in limits.items() if name in changes
    }
    return changes | texts
