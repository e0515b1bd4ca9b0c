"""Reads of the catalog that other rooms rely on. Prices are those of one piece, in the shop's currency."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet

from .models import PriceBreak, ProductGroupPage, ProductVariant

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Mapping:
    """How a product group is known to the Hub, and what shoppers read about personalizing it."""

    reference: str
    pipeline_id: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Price:
    """The price of one piece from a quantity on."""

    minimum_quantity: int
    discount_percent: Decimal
    unit_price: Decimal


def sellable_variant(sku: str) -> ProductVariant | None:
    """The variant with this SKU if it is on sale on a live page, with page, prices and pictures loaded."""
    return sellable_variants([sku]).get(sku)


def sellable_variants(skus: Iterable[str]) -> dict[str, ProductVariant]:
    """The variants on sale among these SKUs, by SKU, in two queries whatever their number."""
    variants = _sellable().filter(sku__in=set(skus))
    return {variant.sku: variant for variant in variants}


def _sellable() -> QuerySet[ProductVariant]:
    return (
        ProductVariant.objects.filter(is_active=True, page__live=True)
        .select_related("page", "page__picture", "image")
        .prefetch_related("page__price_breaks")
    )


def unit_price(variant: ProductVariant, *, quantity: int) -> Decimal:
    """The price of one piece at a quantity, rounded to the cent, in the shop's currency."""
    reached = [b for b in variant.page.price_breaks.all() if b.minimum_quantity <= quantity]
    if not reached:
        return variant.price
    best = max(reached, key=lambda price_break: (price_break.minimum_quantity, price_break.discount_percent))
    return discounted(variant.price, best)


def discounted(price: Decimal, price_break: PriceBreak) -> Decimal:
    """A price less a break's discount, rounded to the cent."""
    return (price * (100 - price_break.discount_percent) / 100).quantize(CENT, ROUND_HALF_UP)


def price_table(variant: ProductVariant) -> list[Price]:
    """The prices of a variant by quantity, from one piece up; each quantity once."""
    breaks = {b.minimum_quantity: b.discount_percent for b in variant.page.price_breaks.all()}
    quantities = [1, *sorted(breaks)]
    return [
        Price(quantity, breaks.get(quantity, Decimal(0)), unit_price(variant, quantity=quantity))
        for quantity in quantities
    ]


def mapping(group: ProductGroupPage) -> Mapping | None:
    """The group's mapping to the Hub; None when the group is not personalized. Asks the database nothing."""
    for block in group.personalization:
        value = block.value
        return Mapping(
            reference=value["product_reference"] or group.reference,
            pipeline_id=value["pipeline_id"],
            note=value["note"] or "",
        )
    return None
