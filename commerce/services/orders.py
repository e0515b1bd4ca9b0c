"""What happens to an order after checkout."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from catalog import selectors as catalog
from personalization.models import RenderProject
from personalization.services.rendering import request_render

from ..models import Order, OrderEmail, OrderItem
from .emails import owe_email

ALLOWED_CHANGES = {
    Order.Status.PROCESSING: {Order.Status.COMPLETED},
    Order.Status.COMPLETED: set(),
}


class IllegalStatusChange(Exception):
    """An order cannot go from its status to this one."""


def change_status(order: Order, status: Order.Status) -> None:
    """Move an order to another status; the only place that does. The caller holds the order's row lock.

    Raises IllegalStatusChange, and then nothing has changed.
    """
    if status not in ALLOWED_CHANGES[Order.Status(order.status)]:
        raise IllegalStatusChange(f"{order.code}: {order.status} to {status}")
    order.status = status
    order.completed_at = timezone.now() if status == Order.Status.COMPLETED else None
    order.save(update_fields=["status", "completed_at"])


@transaction.atomic
def release_for_production(order: Order) -> None:
    """Start everything that follows checkout: one render project per personalized item.

    An order without such items is completed at once. The place for payment is before this call.
    Called again, it adds only what is missing.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    items = list(order.items.filter(design__isnull=False).select_related("design"))
    waiting = [item for item in items if item.render_project_id is None]
    variants = catalog.sellable_variants([item.sku for item in waiting]) if waiting else {}
    for item in waiting:
        item.render_project = _request_render(order, item, variants.get(item.sku))
    OrderItem.objects.bulk_update(waiting, ["render_project"])
    if not items and order.status == Order.Status.PROCESSING:
        change_status(order, Order.Status.COMPLETED)


@transaction.atomic
def complete_when_ready(order_code: str) -> None:
    """Complete an order whose render projects are all ready, and owe its shopper the good news.

    The row lock lets one of several projects that finish together be the last. An order with a failed or
    unfinished project stays as it is, and so does a code that is no order's.
    """
    order = Order.objects.select_for_update().filter(code=order_code).first()
    if order is None or order.status != Order.Status.PROCESSING:
        return
    personalized = order.items.filter(design__isnull=False)
    if personalized.exclude(render_project__status=RenderProject.Status.READY).exists():
        return
    change_status(order, Order.Status.COMPLETED)
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
