"""The beginning: an order asks for print files."""

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from personalization.models import Design, RenderProject

ADVANCE = "personalization.tasks.advance_render_project"


def request_render(
    *,
    design: Design,
    order_id: str,
    order_url: str,
    line_id: str,
    line_index: int,
    title: str,
    sku: str,
    quantity: int,
    pipeline_id: int | None = None,
) -> RenderProject:
    """Note that an order line needs print files. Called inside the order's transaction; asks the Hub nothing.

    Idempotent by `line_id`: the row that is there already is returned unchanged.
    """
    project, created = RenderProject.objects.get_or_create(
        line_id=line_id,
        defaults={
            "design": design,
            "order_id": order_id,
            "order_url": order_url,
            "line_index": line_index,
            "title": title,
            "sku": sku,
            "quantity": quantity,
            "pipeline_id": pipeline_id,
            "next_attempt_at": timezone.now(),
        },
    )
    if created:
        wake_on_commit(project.pk)
    return project


def wake_on_commit(project_id: int) -> None:
    """Queue a wake-up call once the transaction is through; the sweep is there for calls that get lost."""
    transaction.on_commit(lambda: async_task(ADVANCE, project_id), robust=True)
