"""A pipeline has called back: look now instead of later."""

import time
from collections.abc import Callable

from django.db.models import Q
from django.utils import timezone
from django_q.brokers import get_broker

from personalization.models import HubEvent, RenderProject

from .advance import advance
from .states import Status

# The call comes from the pipeline's last tasks but one: the project is usually completed a moment later.
LOOKS = 6
SECONDS_BETWEEN_LOOKS = 2
MOST_PROJECTS = 50


def follow_hint(event: HubEvent, *, sleep: Callable[[float], None] = time.sleep) -> None:
    """Look at the projects that a call-back may be about; about 10 seconds long, unless other work waits in
    the queue.

    A hint about a project that is unknown, finished or not yet saved does nothing. Trouble stays with the
    project's row.
    """
    waiting = _projects(event)
    for number in range(LOOKS):
        if number:
            if _others_wait():
                break
            sleep(SECONDS_BETWEEN_LOOKS)
        waiting = [pk for pk in waiting if _still_renders(pk)]
        if not waiting:
            break
    HubEvent.objects.filter(pk=event.pk).update(processed_at=timezone.now())


def _projects(event: HubEvent) -> list[int]:
    about = Q(hub_project_id=event.project_id) if event.project_id else Q()
    if event.order_id:
        about |= Q(order_id=event.order_id)
    rendering = RenderProject.objects.filter(about, status__in=[Status.RENDERING, Status.FETCHING])
    return list(rendering.order_by("pk").values_list("pk", flat=True)[:MOST_PROJECTS])


def _still_renders(project_id: int) -> bool:
    """Look once; whether it is worth looking again soon (not while the Hub gives trouble)."""
    went_well = advance(project_id)
    return went_well and RenderProject.objects.filter(pk=project_id, status=Status.RENDERING).exists()


def _others_wait() -> bool:
    return bool(get_broker().queue_size() > 0)
