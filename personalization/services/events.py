"""Call-backs of the Hub's pipelines: stored first, followed by the worker."""

from django.db import transaction
from django_q.tasks import async_task

from personalization.models import HubEvent


@transaction.atomic
def receive_hint(*, project_id: int | None, order_id: str) -> HubEvent:
    """Store a call-back and let the worker look at what it is about. Asks the Hub nothing; repeats are
    harmless.
    """
    event = HubEvent.objects.create(project_id=project_id, order_id=order_id)
    transaction.on_commit(
        lambda: async_task("personalization.tasks.process_hub_event", event.pk), robust=True
    )
    return event
