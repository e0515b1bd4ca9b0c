"""Which variants are sold, and how the Hub knows their product."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.models import ProductGroupPage, ProductVariant


@dataclass(frozen=True)
class Mapping:
    """How a product group is known to the Hub, and what shoppers read about personalizing it."""

    reference: str
    pipeline_id: int | None = None
    note: str = ""


def sellable_variant(sku: str) -> ProductVariant | None:
    """The variant with this SKU if it is on sale on a live page, with page, prices and pictures loaded."""
    return sellable_variants([sku]).get(sku)


def sellable_variants(skus: Iterable[str]) -> dict[str, ProductVariant]:
    """The variants on sale among these SKUs, by SKU, in two queries whatever their number."""
    variants = (
        ProductVariant.objects.filter(sku__in=set(skus), is_active=True, page__live=True)
        .select_related("page", "page__picture", "image")
        .prefetch_related("page__price_breaks")
    )
    return {variant.sku: variant for variant in variants}


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
