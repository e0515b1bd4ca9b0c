"""What goes with pages that somebody is about to delete."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page

from catalog.models import ProductGroupPage, ProductVariant
from commerce.models import Cart, Order

OPEN_STATES = (Order.Status.ON_HOLD, Order.Status.PROCESSING)


@dataclass(frozen=True)
class Deletion:
    """The products among pages and below them, their SKUs, and who has ordered them or wants to."""

    titles: tuple[str, ...]
    skus: tuple[str, ...]
    carts: int
    orders: int
    open_orders: int


def deletion_of(pages: Iterable[Page]) -> Deletion:
    """Counts in five queries, however many pages there are."""
    chosen = Q(pk__in=())
    for page in pages:
        chosen |= Q(path__startswith=page.path)
    # An alias shows the variants of another page, which stays.
    products = ProductGroupPage.objects.filter(chosen, alias_of=None).order_by("path")
    variants = ProductVariant.objects.filter(page__in=products.order_by().values("pk"))
    skus = tuple(variants.order_by("page__path", "sort_order").values_list("sku", flat=True))
    orders = Order.objects.filter(items__sku__in=skus).distinct()
    return Deletion(
        titles=tuple(products.values_list("title", flat=True)),
        skus=skus,
        carts=Cart.objects.filter(items__sku__in=skus).distinct().count() if skus else 0,
        orders=orders.count() if skus else 0,
        open_orders=orders.filter(status__in=OPEN_STATES).count() if skus else 0,
    )
