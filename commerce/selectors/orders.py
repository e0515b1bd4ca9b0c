"""Reads of orders, and who may see which."""

from django.db.models import Prefetch, QuerySet
from django.utils.crypto import constant_time_compare

from commerce.models import Order, OrderItem
from personalization.models import PrintFile, RenderProject, StorefrontUser

from .pictures import images_with_renditions


def orders_of(owner: StorefrontUser | None) -> QuerySet[Order]:
    """The visitor's orders, newest first, with their items and pictures."""
    if owner is None:
        return Order.objects.none()
    items = OrderItem.objects.select_related("design").prefetch_related(images_with_renditions())
    return Order.objects.filter(owner=owner).prefetch_related(Prefetch("items", items))


def order_by_secret(*, code: str, secret: str) -> Order | None:
    """The order that this code and secret open; None for a wrong code and a wrong secret alike."""
    order = Order.objects.filter(code=code).first()
    known = order.secret if order else "x" * 32
    return order if constant_time_compare(known, secret) and order else None


def order_items(order: Order) -> list[OrderItem]:
    """The order's items with designs, pictures, projects and print files."""
    items = order.items.select_related("design", "render_project")
    return list(items.prefetch_related("render_project__files", images_with_renditions()))


def print_file_of(order_id: int, file_id: int) -> PrintFile | None:
    """A print file of this order, once its project is ready: until then it may fail its checks."""
    return (
        PrintFile.objects.select_related("project__order_item__order")
        .filter(
            pk=file_id,
            project__order_item__order=order_id,
            project__status=RenderProject.Status.READY,
        )
        .first()
    )
