"""Which variants are sold."""

from collections.abc import Iterable

from catalog.models.variants import ProductVariant

from .stock import load_stock


def sellable_variant(sku: str) -> ProductVariant | None:
    """The variant with this SKU if it is on sale on a live page, with page, prices and pictures loaded."""
    return sellable_variants([sku]).get(sku)


def sellable_variants(skus: Iterable[str]) -> dict[str, ProductVariant]:
    """The variants on sale among these SKUs, by SKU, in three queries whatever their number.

    One that is sold out is still on sale: its `stock` says what is left.
    """
    # PostgreSQL takes no NUL, and asks about none.
    possible = {sku for sku in skus if "\0" not in sku}
    variants = list(
        ProductVariant.objects.filter(sku__in=possible, is_active=True, page__live=True)
        .select_related("page", "page__picture", "image")
        .prefetch_related("page__price_breaks")
    )
    load_stock(variants)
    return {variant.sku: variant for variant in variants}
