"""How the Hub knows a product group."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalog.mapping.blocks import PIPELINE, PRODUCT
from personalization.editors import NO_WISHES, EditorWishes
from personalization.hub import ProductKey
from personalization.models import Design

if TYPE_CHECKING:
    from catalog.models import ProductGroupPage


@dataclass(frozen=True)
class HubMapping:
    """How a product group is known to the Hub, how its print files are made and what they have to be like,
    and what shoppers read about personalizing it.

    `product_id` is the Hub's number of a product that has no reference in this shop; `reference` is empty
    then. `making` is a value of `RenderProject.Making`; `pipeline_id` is set only for the one that needs it.
    Sizes are of the trimmed page in millimetres, pages those of one design; None: nobody has said.
    """

    reference: str
    product_id: int | None = None
    wishes: EditorWishes = NO_WISHES
    button_label: str = ""
    introduction: str = ""
    making: str = PRODUCT
    pipeline_id: int | None = None
    note: str = ""
    print_width_mm: Decimal | None = None
    print_height_mm: Decimal | None = None
    print_pages: int | None = None
    approval_text: str = ""

    @property
    def product(self) -> ProductKey:
        """How the Hub is asked about the product."""
        return self.reference if self.product_id is None else self.product_id

    def is_of(self, design: Design) -> bool:
        """Whether the design was made of the product that is mapped now."""
        if self.product_id is None:
            return design.product_reference == self.reference
        return design.hub_product_id == self.product_id


def hub_mapping(group: ProductGroupPage) -> HubMapping | None:
    """The group's mapping to the Hub; None when the group is not personalized. Asks the database nothing."""
    for block in group.personalization:
        value = block.value
        return HubMapping(
            reference="" if value["hub_product_id"] else value["product_reference"] or group.reference,
            product_id=value["hub_product_id"],
            wishes=EditorWishes(component=value["editor"] or "", place=value["editor_place"] or ""),
            button_label=value["button_label"] or "",
            introduction=value["introduction"] or "",
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
