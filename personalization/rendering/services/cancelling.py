"""The render projects of a cancelled order."""

from core.audit.actors import Actor
from personalization.models import RenderProject

from .states import Status, lease_of, move


def lock_projects(order_id: str) -> list[RenderProject]:
    """The render projects of an order, locked until the transaction ends.

    A project that finishes locks itself, then its order; whoever needs both takes them in this order too.
    """
    return list(RenderProject.objects.select_for_update().filter(order_id=order_id).order_by("pk"))


def cancel_projects(order_id: str, *, by: Actor, why: str) -> None:
    """Cancel the render projects of an order, inside the caller's transaction. Asks the Hub nothing.

    A worker that is at one of them loses its lease and stops. The Hub is told afterwards, also of a project
    that the worker was just creating.
    """
    for project in lock_projects(order_id):
        if project.status != Status.CANCELLED:
            move(project.pk, Status.CANCELLED, lease=lease_of(project.pk), by=by, why=why)
