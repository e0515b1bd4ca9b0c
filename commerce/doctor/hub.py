"""Drift between the shop and the Hub: one list of the Hub's projects is compared with our rows."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.conf import settings
from django.utils.translation import gettext as _

from core.audit.actors import DOCTOR
from personalization.hub import HubNotFound, Project, get_hub
from personalization.models import RenderProject
from personalization.rendering.services import (
    give_up_missing,
    is_status_owed,
    note_surplus,
    status_code_for,
    tell_hub_again,
)

from ..models import OrderItem
from .findings import Finding, Kind, NotMended

Status = RenderProject.Status
CANCELLED = "cancelled"


def differences(since: datetime) -> Iterator[Finding]:
    """Everything that differs among the projects created since. Raises HubError."""
    # The rows before the list: what the worker creates meanwhile is in the list at most.
    rows = list(RenderProject.objects.filter(created_at__gte=since).select_related("status_job"))
    listed = get_hub().projects_created(since=since)
    by_line = {row.line_id: row for row in rows}
    yield from _missing(rows, {project.id for project in listed})
    for project in listed:
        if is_cancelled(project):
            continue
        row = by_line.get(project.order_line_item_id)
        if row is None:
            yield from _without_order(project)
        elif _is_surplus(row, project):
            yield _surplus(row, project)
        elif row.hub_project_id == project.id:
            yield from _status(row, project)
    yield from _cancelled_by_mistake(rows, listed)


def is_cancelled(project: Project) -> bool:
    code = settings.CCHUB["STATUS_CODES"].get(CANCELLED)
    return code is not None and project.status == code


def cancel_in_hub(project_id: int) -> None:
    """Nothing is deleted: the designs may belong to another project, and people may know better."""
    code = settings.CCHUB["STATUS_CODES"].get(CANCELLED)
    if code is None:
        raise NotMended(_("CCHUB_STATUS_CODES names no status for cancelled projects. Remove it in the Hub."))
    get_hub().force_project_status(project_id, status=code)


def _missing(rows: list[RenderProject], listed: set[int]) -> Iterator[Finding]:
    for row in rows:
        if row.status not in (Status.RENDERING, Status.FETCHING) or row.hub_project_id in listed:
            continue
        if not _is_in_hub(row.hub_project_id):
            yield Finding(
                Kind.PROJECT_NOT_IN_HUB,
                row.line_id,
                _("The Hub does not have its project %(id)s.") % {"id": row.hub_project_id},
                partial(give_up_missing, row, by=DOCTOR),
            )


def _is_in_hub(project_id: int) -> bool:
    try:
        get_hub().project(project_id)
    except HubNotFound:
        return False
    return True


def _without_order(project: Project) -> Iterator[Finding]:
    """Only projects that this shop has made: others may share the Hub's storefront, like a test system."""
    is_ours = project.order_url.startswith(f"{settings.SHOP_BASE_URL}/")
    code, _dash, position = project.order_line_item_id.rpartition("-")
    is_ordered = (
        position.isdecimal()
        and OrderItem.objects.filter(order__code=code, position=int(position), design__isnull=False).exists()
    )
    if is_ours and not is_ordered:
        yield Finding(
            Kind.PROJECT_WITHOUT_ORDER,
            f"{project.id}",
            _("It is for line %(line)s, which no order has.") % {"line": project.order_line_item_id},
            partial(cancel_in_hub, project.id),
        )


def _is_surplus(row: RenderProject, project: Project) -> bool:
    """Without a project of its own, a row that is not cancelled would adopt this one."""
    if row.hub_project_id is None:
        return row.status == Status.CANCELLED
    return project.id != row.hub_project_id and project.id not in row.abandoned_hub_projects


def _surplus(row: RenderProject, project: Project) -> Finding:
    def mend() -> None:
        row.refresh_from_db(fields=["hub_project_id"])
        if row.hub_project_id == project.id:
            raise NotMended(_("The line has just been given this project. Look again."))
        cancel_in_hub(project.id)
        note_surplus(row, project.id)

    return Finding(
        Kind.SURPLUS_PROJECT,
        row.line_id,
        _("The Hub has project %(other)s beside %(id)s.") % {"other": project.id, "id": row.hub_project_id},
        mend,
    )


def _status(row: RenderProject, project: Project) -> Iterator[Finding]:
    """Codes that the shop never sets are the print shop's own, further along its own way."""
    expected = status_code_for(row)
    known = set(settings.CCHUB["STATUS_CODES"].values())
    if expected is None or project.status == expected or is_status_owed(row):
        return
    if project.status in known or row.status == Status.CANCELLED:
        yield Finding(
            Kind.HUB_STATUS_DIFFERS,
            row.line_id,
            _("The Hub says %(theirs)s, the shop %(ours)s.") % {"theirs": project.status, "ours": expected},
            partial(tell_hub_again, row),
        )


def _cancelled_by_mistake(rows: list[RenderProject], listed: list[Project]) -> Iterator[Finding]:
    """The project of a line that is to be printed is cancelled in the Hub."""
    cancelled = {project.id: project for project in listed if is_cancelled(project)}
    for row in rows:
        if row.status != Status.CANCELLED and row.hub_project_id in cancelled:
            yield from _status(row, cancelled[row.hub_project_id])
