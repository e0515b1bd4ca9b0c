"""What one piece costs, by quantity. Every amount is in the shop's currency, rounded to its smallest step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings

from core.money import round_money

if TYPE_CHECKING:
    from catalog.models import PriceBreak, ProductVariant


@dataclass(frozen=True)
class Price:
    """The price of one piece from a quantity on."""

    minimum_quantity: int
    discount_percent: Decimal
    unit_price: Decimal


def unit_price(variant: ProductVariant, *, quantity: int) -> Decimal:
    """The price of one piece at a quantity: less the discount of the highest price break reached."""
    reached = [price for price in price_table(variant) if price.minimum_quantity <= max(quantity, 1)]
    return reached[-1].unit_price


def price_table(variant: ProductVariant) -> list[Price]:
    """The prices of a variant by quantity, from one piece up; each quantity once."""
    return prices_by_quantity(variant.price, variant.page.price_breaks.all())


def prices_by_quantity(price: Decimal, breaks: Iterable[PriceBreak]) -> list[Price]:
    """A price and what price breaks make of it, from one piece up."""
    percents = sorted((b.minimum_quantity, b.discount_percent) for b in breaks)
    return [
        Price(minimum, percent, round_money(price * (100 - percent) / 100, settings.SHOP_CURRENCY))
        for minimum, percent in {1: Decimal(0), **dict(percents)}.items()
    ]
