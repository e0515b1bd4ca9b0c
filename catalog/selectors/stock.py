"""What is left of what is sold. Checkout asks again, behind its locks."""

from collections.abc import Iterable

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalog.models.stock import Stock
from catalog.models.variants import ProductVariant

SOLD_OUT = Q(is_counted=True, quantity=0)
LOW = Q(is_counted=True, quantity__gt=0, quantity__lte=F("low_from"))


def load_stock(variants: Iterable[ProductVariant]) -> None:
    """Gives variants their `stock`, in one query whatever their number; None for those sold without limit."""
    waiting = list(variants)
    if not waiting:
        return
    counted = Stock.objects.filter(sku__in={variant.sku for variant in waiting}, is_counted=True)
    stocks = {stock.sku: stock for stock in counted}
    for variant in waiting:
        variant.stock = stocks.get(variant.sku)


def named_stocks() -> QuerySet[Stock]:
    """All stocks with the `product`, the `variant` and the `pack_size` that carry their SKU.

    None, None and 1 where no page does.
    """
    carriers = ProductVariant.objects.filter(sku=OuterRef("sku"))
    return Stock.objects.annotate(
        product=Subquery(carriers.values("page__title")[:1]),
        variant=Subquery(carriers.values("title")[:1]),
        pack_size=Coalesce(Subquery(carriers.values("pack_size")[:1]), 1),
    )


def uncounted_variants() -> QuerySet[ProductVariant]:
    """The variants that have no stock yet, by product."""
    variants = ProductVariant.objects.exclude(sku__in=Stock.objects.values("sku"))
    return variants.select_related("page").order_by("page__title", "sort_order")
