"""Which variants are sold, and how the Hub knows their product."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.blocks import PIPELINE, PRODUCT
from catalog.models import ProductGroupPage, ProductVariant

from .stock import load_stock


@dataclass(frozen=True)
class Mapping:
    """How a product group is known to the Hub, how its print files are made and what they have to be like,
    and what shoppers read about personalizing it.

    `making` is a value of `RenderProject.Making`; `pipeline_id` is set only for the one that needs it. Sizes
    are of the trimmed page in millimetres, pages those of one design; None: nobody has said.
    """

    reference: str
    making: str = PRODUCT
    pipeline_id: int | None = None
    note: str = ""
    print_width_mm: Decimal | None = None
    print_height_mm: Decimal | None = None
    print_pages: int | None = None
    approval_text: str = ""


def sellable_variant(sku: str) -> ProductVariant | None:
    """The variant with this SKU if it is on sale on a live page, with page, prices and pictures loaded."""
    return sellable_variants([sku]).get(sku)


def sellable_variants(skus: Iterable[str]) -> dict[str, ProductVariant]:
    """The variants on sale among these SKUs, by SKU, in three queries whatever their number.

    One that is sold out is still on sale: its `stock` says what is left.
    """
    variants = list(
        ProductVariant.objects.filter(sku__in=set(skus), is_active=True, page__live=True)
        .select_related("page", "page__picture", "image")
        .prefetch_related("page__price_breaks")
    )
    load_stock(variants)
    return {variant.sku: variant for variant in variants}


def mapping(group: ProductGroupPage) -> Mapping | None:
    """The group's mapping to the Hub; None when the group is not personalized. Asks the database nothing."""
    for block in group.personalization:
        value = block.value
        return Mapping(
            reference=value["product_reference"] or group.reference,
            making=value["making"],
            pipeline_id=value["pipeline_id"] if value["making"] == PIPELINE else None,
            note=value["note"] or "",
            print_width_mm=value["print_width_mm"],
            print_height_mm=value["print_height_mm"],
            print_pages=value["print_pages"],
            approval_text=_approval_text(value),
        )
    return None


def _approval_text(value) -> str:
    if not value["asks_for_approval"]:
        return ""
    default = _("I have checked the pictures, the spelling and the layout. Print it like this.")
    return (value["approval_text"] or "").strip() or default
