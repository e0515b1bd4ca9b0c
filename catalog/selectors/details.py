"""Everything the page of a product shows beyond its own fields, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Value, When

from catalog.mapping.selectors.hub_mapping import HubMapping, hub_mapping
from core.templatetags.packs import pack_note, per_unit
from home.models import SiteImage
from home.models.base import SHARED_RENDITION
from home.selectors.cards import CARD_RENDITIONS, Card, cards_for
from home.selectors.privacy import public_only

from .choices import ChoiceGroup, choice_groups, choice_title
from .pictures import load_pictures
from .pricing import Price, prices_by_quantity
from .stock import load_stock

if TYPE_CHECKING:
    from catalog.models import ProductGroupPage, ProductVariant
    from catalog.querysets import ProductGroupQuerySet

RELATED_PRODUCTS = 4
# The renditions that components/product_gallery.html asks for.
GALLERY_RENDITIONS = ("fill-800x600|format-webp", "fill-1200x900|format-webp", "fill-160x120|format-webp")


@dataclass(frozen=True)
class ProductDetails:
    """What a product page shows. `chosen` is the variant preselected; None when nothing can be bought."""

    pictures: list[SiteImage]
    variants: list[ProductVariant]
    prices: dict[str, list[Price]]
    chosen: ProductVariant | None
    choice_title: str
    choice_groups: list[ChoiceGroup]
    mapping: HubMapping | None
    related: list[Card]

    @property
    def is_sold_out(self) -> bool:
        """Whether there is something on sale, but nothing left of it."""
        return self.chosen is None and any(variant.is_active for variant in self.variants)

    @property
    def price_rows(self) -> list[tuple[ProductVariant, list[Price]]]:
        """The price table's rows; a single one when every variant costs the same."""
        rows = [(variant, self.prices[variant.sku]) for variant in self.variants if variant.is_active]
        return rows[:1] if len({variant.price for variant, _prices in rows}) == 1 else rows

    @property
    def quantities(self) -> list[int]:
        """From which quantities on prices change; [1] when they never do."""
        return [price.minimum_quantity for price in self.prices[self.chosen.sku]] if self.chosen else [1]

    @property
    def counts_packs(self) -> bool:
        """Whether every quantity is one of packs."""
        return all(variant.pack_size > 1 for variant in self.variants if variant.is_active)

    @property
    def script_data(self) -> dict:
        """What product.js needs to follow the shopper's choice: prices of one piece, as decimals."""
        positions = {picture.pk: position for position, picture in enumerate(self.pictures, start=1)}
        return {
            variant.sku: {
                "title": variant.title,
                "prices": [[p.minimum_quantity, str(p.unit_price)] for p in self.prices[variant.sku]],
                "packNote": pack_note(variant.pack_size),
                "perUnit": per_unit(variant.pack_size),
                "picture": positions.get(variant.image_id),
            }
            for variant in self.variants
            if variant.is_available
        }


def product_details(page: ProductGroupPage, *, others: ProductGroupQuerySet) -> ProductDetails:
    """Variants with prices, the gallery, and those of the other products that are closest to it."""
    source = page.source
    variants = list(source.variants.all())
    breaks = list(source.price_breaks.all())
    gallery = list(page.gallery.all())
    load_stock(variants)
    related = _related(page, others)
    load_pictures(
        [
            (page, "picture"),
            (page, "social_image"),
            *((picture, "image") for picture in gallery),
            *((variant, "image") for variant in variants),
            *((other, "picture") for other in related),
        ],
        [*GALLERY_RENDITIONS, SHARED_RENDITION, *CARD_RENDITIONS],
    )
    images = [page.picture, *(picture.image for picture in gallery), *(variant.image for variant in variants)]
    return ProductDetails(
        pictures=list({image.pk: image for image in images if image}.values()),
        variants=variants,
        prices={variant.sku: prices_by_quantity(variant.price, breaks) for variant in variants},
        chosen=next((variant for variant in variants if variant.is_available), None),
        choice_title=choice_title(variants),
        choice_groups=choice_groups(variants),
        mapping=hub_mapping(source),
        related=cards_for(related),
    )


def _related(page: ProductGroupPage, others: ProductGroupQuerySet) -> list[ProductGroupPage]:
    """The products that follow this one in its category, then those around it in the same main category."""
    if page.pk is None:
        return []
    main_category = page.trail[2] if len(page.trail) > 2 else page.trail[-1]
    others = others.descendant_of(main_category).not_page(page)
    closeness = Case(
        When(path__startswith=page.path[: -page.steplen], path__gt=page.path, then=Value(0)),
        When(path__startswith=page.path[: -page.steplen], then=Value(1)),
        default=Value(2),
    )
    return list(public_only(others).with_price_from().order_by(closeness, "path")[:RELATED_PRODUCTS])
