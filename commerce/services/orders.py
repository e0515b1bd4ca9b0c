"""What happens to an order after checkout."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from catalog import selectors as catalog
from personalization.actors import CHECKOUT, WORKER, Actor, name_of
from personalization.models import RenderProject
from personalization.services.rendering import request_render

from ..models import Order, OrderEmail, OrderEvent, OrderItem
from .emails import owe_email

Status = Order.Status

# A completed order has been handed out: to take it back is a refund, not a cancellation.
ALLOWED_CHANGES = {
    Status.ON_HOLD: {Status.PROCESSING, Status.CANCELLED},
    Status.PROCESSING: {Status.COMPLETED, Status.CANCELLED},
    Status.COMPLETED: set(),
    Status.CANCELLED: set(),
}


class IllegalStatusChange(Exception):
    """An order cannot go from its status to this one."""


@transaction.atomic
def change_status(order: Order, status: Order.Status, *, by: Actor, why: str = "") -> None:
    """Move an order to another status and write that into its audit; the only place that does. The caller
    holds the order's row lock.

    Raises IllegalStatusChange, and then nothing has changed.
    """
    before = Status(order.status)
    if status not in ALLOWED_CHANGES[before]:
        raise IllegalStatusChange(f"{order.code}: {before} to {status}")
    order.status = status
    order.held_until = None
    order.completed_at = timezone.now() if status == Status.COMPLETED else None
    order.save(update_fields=["status", "held_until", "completed_at"])
    OrderEvent.objects.create(
        order=order, actor=name_of(by), from_status=before, to_status=status, reason=why
    )


@transaction.atomic
def release_for_production(order: Order, *, by: Actor = CHECKOUT) -> None:
    """Start everything that follows checkout: one render project per personalized item.

    An order on hold is processed from now on. An order without personalized items is completed at once.
    The place for payment is before this call. Called again, it adds only what is missing.
    Raises IllegalStatusChange for a cancelled order.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.status in (Status.ON_HOLD, Status.CANCELLED):
        change_status(order, Status.PROCESSING, by=by)
    items = list(order.items.filter(design__isnull=False).select_related("design"))
    waiting = [item for item in items if item.render_project_id is None]
    variants = catalog.sellable_variants([item.sku for item in waiting]) if waiting else {}
    for item in waiting:
        item.render_project = _request_render(order, item, variants.get(item.sku))
    OrderItem.objects.bulk_update(waiting, ["render_project"])
    if not items and order.status == Status.PROCESSING:
        change_status(order, Status.COMPLETED, by=by)


@transaction.atomic
def complete_when_ready(order_code: str) -> None:
    """Complete an order whose render projects are all ready, and owe its shopper the good news.

    The row lock lets one of several projects that finish together be the last. An order with a failed or
    unfinished project stays as it is, and so does a code that is no order's.
    """
    order = Order.objects.select_for_update().filter(code=order_code).first()
    if order is None or order.status != Status.PROCESSING:
        return
    personalized = order.items.filter(design__isnull=False)
    if personalized.exclude(render_project__status=RenderProject.Status.READY).exists():
        return
    change_status(order, Status.COMPLETED, by=WORKER)
    owe_email(order, OrderEmail.Kind.READY)


def _request_render(order: Order, item: OrderItem, variant) -> RenderProject:
    mapping = catalog.mapping(variant.page) if variant else None
    return request_render(
        design=item.design,
        order_id=order.code,
        # The Hub shows this address to the merchant's staff; the shopper's would open the order to everybody.
        order_url=settings.SHOP_BASE_URL + reverse("order_desk:inspect", args=[order.pk]),
        line_id=f"{order.code}-{item.position}",
        line_index=item.position - 1,
        title=item.title,
        sku=item.sku,
        quantity=item.quantity,
        pipeline_id=mapping.pipeline_id if mapping else None,
    )
