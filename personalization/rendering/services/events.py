"""Call-backs of the Hub's pipelines: stored first, followed by the worker."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_q.tasks import async_task

from personalization.models import HubEvent

# A pipeline that calls twice, or whose call is repeated on the way, does so within seconds.
SAME_CALL = timedelta(seconds=10)


@transaction.atomic
def receive_hint(*, project_id: int | None, order_id: str) -> HubEvent:
    """Store a call-back and let the worker look at what it is about. Asks the Hub nothing.

    A repeat of a call that is still to be followed is counted there, and makes no work of its own.
    """
    if repeated := _count_repeat(project_id, order_id):
        return repeated
    event = HubEvent.objects.create(project_id=project_id, order_id=order_id)
    transaction.on_commit(
        lambda: async_task("personalization.tasks.process_hub_event", event.pk), robust=True
    )
    return event


def _count_repeat(project_id: int | None, order_id: str) -> HubEvent | None:
    same = HubEvent.objects.filter(
        project_id=project_id,
        order_id=order_id,
        processed_at=None,
        received_at__gte=timezone.now() - SAME_CALL,
    )
    first = same.order_by("pk").first()
    # Conditional: if the worker has just finished with it, this call needs a look of its own.
    if first and same.filter(pk=first.pk).update(repeats=F("repeats") + 1):
        return first
    return None
