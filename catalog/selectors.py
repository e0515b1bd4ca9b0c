"""Reads of the catalog that other rooms rely on."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .models import ProductGroupPage, ProductVariant

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Mapping:
    """How a product group is known to the Hub."""

    reference: str


def sellable_variant(sku: str) -> ProductVariant | None:
    """The active variant with this SKU on a live page, its page loaded; None when it is not sold."""
    return (
        ProductVariant.objects.select_related("page")
        .prefetch_related("page__price_breaks")
        .filter(sku=sku, is_active=True, page__live=True)
        .first()
    )


def unit_price(variant: ProductVariant, *, quantity: int) -> Decimal:
    """The price of one piece at a quantity, rounded to the cent, in the shop's currency."""
    breaks = [b for b in variant.page.price_breaks.all() if b.minimum_quantity <= quantity]
    if not breaks:
        return variant.price
    percent = max(breaks, key=lambda price_break: price_break.minimum_quantity).discount_percent
    return (variant.price * (100 - percent) / 100).quantize(CENT, ROUND_HALF_UP)


def mapping(group: ProductGroupPage) -> Mapping | None:
    """The group's mapping to the Hub; None when the group is not personalized."""
    return None
