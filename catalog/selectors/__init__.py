"""Reads of the catalog that other rooms rely on. Prices are those of one piece, in the shop's currency."""

from .pricing import Price, price_table, unit_price
from .variants import sellable_variant, sellable_variants

__all__ = [
    "Price",
    "price_table",
    "sellable_variant",
    "sellable_variants",
    "unit_price",
]
