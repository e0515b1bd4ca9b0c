"""What happens to an order after checkout."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from catalog import selectors as catalog
from catalog.mapping.selectors.hub_mapping import hub_mapping
from catalog.models import ProductVariant
from catalog.services.stock import put_back
from core.audit.actors import CHECKOUT, HOLD, SHOPPER, WORKER, Actor, name_of
from personalization.models import Design, RenderProject
from personalization.rendering.services import PrintFileWishes, cancel_projects, lock_projects, request_render

from ..models import Order, OrderEvent, OrderItem, OutgoingEmail
from .emails import owe_email

Status = Order.Status

# A completed order has been handed out: to take it back is a refund, not a cancellation.
ALLOWED_CHANGES = {
    Status.ON_HOLD: {Status.PROCESSING, Status.CANCELLED},
    Status.PROCESSING: {Status.COMPLETED, Status.CANCELLED},
    Status.COMPLETED: set(),
    Status.CANCELLED: set(),
}


# In production it is the shop that decides; a shopper writes to it.
CANCELLABLE_BY_SHOPPER = {Status.ON_HOLD}


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
    # It has been ordered: whether the page is private by now changes nothing.
    variants = catalog.sellable_variants([item.sku for item in waiting], closed=()) if waiting else {}
    for item in waiting:
        if item.design is not None:
            variant = variants.get(item.sku)
            item.render_project = _request_render(order, item, design=item.design, variant=variant)
    OrderItem.objects.bulk_update(waiting, ["render_project"])
    if not items and order.status == Status.PROCESSING:
        change_status(order, Status.COMPLETED, by=by)


@transaction.atomic
def release_order(order: Order, *, by: Actor) -> Order:
    """End an order's hold before its time, or when it is over. Raises IllegalStatusChange if it has none."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.status != Status.ON_HOLD:
        raise IllegalStatusChange(f"{order.code}: not on hold but {order.status}")
    release_for_production(order, by=by)
    order.refresh_from_db()
    return order


def release_all_held(*, by: Actor) -> int:
    """End the hold of every order, each in a transaction of its own; how many there were."""
    return _release_each(Order.objects.filter(status=Status.ON_HOLD), by=by)


def release_due_orders(*, limit: int) -> int:
    """End the holds whose time has come, the longest over first; how many there were."""
    due = Order.objects.filter(status=Status.ON_HOLD, held_until__lte=timezone.now())
    return _release_each(due.order_by("held_until")[:limit], by=HOLD)


def may_cancel(order: Order, *, by: Actor) -> bool:
    """Whether this person may cancel the order as it is now: a shopper during the hold, staff until it is
    completed.
    """
    if name_of(by) == SHOPPER and order.status not in CANCELLABLE_BY_SHOPPER:
        return False
    return Status.CANCELLED in ALLOWED_CHANGES[Status(order.status)]


@transaction.atomic
def cancel_order(*, order: Order, by: Actor, reason: str) -> Order:
    """Cancel an order and its render projects, put back what it took from stock, and owe its shopper an
    e-mail. The Hub is told afterwards.

    Raises IllegalStatusChange when it is too late for this person to cancel, and then nothing has changed.
    """
    lock_projects(order.code)
    order = Order.objects.select_for_update().get(pk=order.pk)
    if not may_cancel(order, by=by):
        raise IllegalStatusChange(f"{order.code}: {name_of(by)} may not cancel it, it is {order.status}")
    change_status(order, Status.CANCELLED, by=by, why=reason)
    cancel_projects(order.code, by=by, why=reason)
    put_back(order_code=order.code, by=by, why=reason)
    owe_email(order, OutgoingEmail.Kind.CANCELLED)
    return order


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
    owe_email(order, OutgoingEmail.Kind.READY)


def _release_each(orders: Iterable[Order], *, by: Actor) -> int:
    released = 0
    for order in orders:
        try:
            release_order(order, by=by)
        except IllegalStatusChange:
            # Cancelled or released in the meantime.
            continue
        released += 1
    return released


def _request_render(
    order: Order, item: OrderItem, *, design: Design, variant: ProductVariant | None
) -> RenderProject:
    return request_render(
        design=design,
        order_id=order.code,
        # The Hub shows this address to the merchant's staff; the shopper's would open the order to everybody.
        order_url=order.desk_url,
        line_id=f"{order.code}-{item.position}",
        line_index=item.position - 1,
        title=item.title,
        sku=item.sku,
        quantity=item.quantity,
        wishes=_wishes(variant) if variant else None,
    )


def _wishes(variant: ProductVariant) -> PrintFileWishes | None:
    """What the product's page says about its print files today; None if it is not personalized any more."""
    mapping = hub_mapping(variant.page)
    if mapping is None:
        return None
    return PrintFileWishes(
        making=mapping.making,
        pipeline_id=mapping.pipeline_id,
        fields=dict(variant.options),
        width_mm=mapping.print_width_mm,
        height_mm=mapping.print_height_mm,
        pages=mapping.print_pages,
    )
