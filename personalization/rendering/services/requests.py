"""The beginning: an order asks for print files."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import IntegrityError, transaction

from personalization.models import Design, RenderJob, RenderProject

from .leases import RENDERS


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
    project = RenderProject(
        design=design,
        order_id=order_id,
        order_url=order_url,
        line_id=line_id,
        line_index=line_index,
        title=title,
        sku=sku,
        quantity=quantity,
        making=wishes.making,
        pipeline_id=wishes.pipeline_id,
        fields=wishes.fields,
        expected_width_mm=wishes.width_mm,
        expected_height_mm=wishes.height_mm,
        expected_pages=wishes.pages,
    )
    try:
        # Nearly always there is none yet, so nobody looks first.
        with transaction.atomic():
            project.save(force_insert=True)
            RenderJob.objects.create(project=project)
    except IntegrityError:
        return RenderProject.objects.get(line_id=line_id)
    RENDERS.wake_on_commit(project.pk)
    return project
