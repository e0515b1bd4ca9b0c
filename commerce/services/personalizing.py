"""From an editor into the cart."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from catalog.mapping.selectors.hub_mapping import HubMapping
from catalog.models import ProductVariant
from personalization.designs.selectors import owned_design
from personalization.designs.services.editing import image_origins
from personalization.designs.services.storing import earlier_version, save_design, supersede
from personalization.models import Design, StorefrontUser
from personalization.shoppers.services.account_merge import present_self

from .cart import put_design


@dataclass(frozen=True)
class Made:
    """What an editor handed over, of which family it is, the design that it was opened for, and what it
    reports about print quality, in whatever shape.
    """

    output: dict[str, Any]
    editor: str
    design_id: str | None
    quality: Any

    def is_readable(self) -> bool:
        """Whether it has the right types; it comes from a browser."""
        return (
            isinstance(self.output, dict)
            and isinstance(self.editor, str)
            and isinstance(self.design_id, str | None)
        )


def put_what_was_made(
    *,
    owner: StorefrontUser,
    variant: ProductVariant,
    mapping: HubMapping,
    made: Made,
    closed: tuple[str, ...] | None = None,
) -> Design:
    """Save the design and give it its line in the cart, in one transaction.

    It takes the place of the design that the editor was opened for, or that was saved under the same id.
    `closed` are the paths of pages that the shopper may not see. May ask the Hub, so not for a transaction.
    Raises DesignRejected and CartError.
    """
    skus = set(variant.page.variants.filter(is_active=True).values_list("sku", flat=True))
    origins = image_origins(mapping.product)
    with transaction.atomic():
        owner = present_self(owner)
        design = save_design(
            owner=owner,
            variant_sku=variant.sku,
            allowed_skus=skus,
            product_reference=mapping.reference,
            hub_product_id=mapping.product_id,
            title=variant.page.title,
            output=made.output,
            editor=made.editor,
            image_origins=origins,
            quality=made.quality,
        )
        earlier = _earlier(owner, design, made.design_id)
        put_design(
            owner=owner,
            design=design,
            quantity=design.quantity,
            replaces=_in_its_line(earlier),
            closed=closed,
        )
        if earlier:
            supersede(earlier, by=design)
    return design


def _earlier(owner: StorefrontUser, design: Design, design_id: str | None) -> Design | None:
    """The design whose place the new one takes: the one that was opened, or one saved under the same id."""
    return (owned_design(owner, design_id) if design_id else None) or earlier_version(design)


def _in_its_line(earlier: Design | None) -> Design | None:
    """What a line of the cart holds of it: for a copy opened from an order, the ordered design."""
    return earlier.copy_of if earlier and earlier.is_untouched else earlier
