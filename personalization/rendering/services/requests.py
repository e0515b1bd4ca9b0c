"""The beginning: an order asks for print files."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from personalization.models import Design, RenderProject

ADVANCE = "personalization.tasks.advance_render_project"


@dataclass(frozen=True, kw_only=True)
class PrintFileWishes:
    """How a line's print files are to be made, and what they have to be like, as far as the shop knows.

    `fields` are what the pipeline may ask for by name. Sizes are of the trimmed page in millimetres; `pages`
    are those of one design. What is None is not checked.
    """

    making: str = RenderProject.Making.PRODUCT
    pipeline_id: int | None = None
    fields: dict[str, str] = field(default_factory=dict)
    width_mm: Decimal | None = None
    height_mm: Decimal | None = None
    pages: int | None = None


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
    wishes: PrintFileWishes | None = None,
) -> RenderProject:
    """Note that an order line needs print files. Called inside the order's transaction; asks the Hub nothing.

    Idempotent by `line_id`: the row that is there already is returned unchanged.
    """
    wishes = wishes or PrintFileWishes()
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
            "making": wishes.making,
            "pipeline_id": wishes.pipeline_id,
            "fields": wishes.fields,
            "expected_width_mm": wishes.width_mm,
            "expected_height_mm": wishes.height_mm,
            "expected_pages": wishes.pages,
            "next_attempt_at": timezone.now(),
        },
    )
    if created:
        wake_on_commit(project.pk)
    return project


def wake_on_commit(project_id: int) -> None:
    """Queue a wake-up call once the transaction is through; the sweep is there for calls that get lost."""
    transaction.on_commit(lambda: async_task(ADVANCE, project_id), robust=True)
