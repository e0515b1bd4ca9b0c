"""Makes a draft page of a Hub product. Nothing is published, and the Hub is only read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeGuard

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Page

from catalog.mapping.selectors.connections import connected_reference
from catalog.models import ProductGroupPage, ProductVariant
from catalog.skus import SkuTaken, skus_elsewhere
from core.fields import sku_characters
from core.money import round_money
from core.wording import some_of
from personalization.hub import Product, get_hub
from personalization.hub import ProductVariant as HubVariant

from .imported_pictures import FetchedPictures, fetch_pictures, keep_pictures

SKU_LENGTH = ProductVariant._meta.get_field("sku").max_length
TITLE_LENGTH = ProductVariant._meta.get_field("title").max_length
MOST_GRAMS = 1_000_000
NAME_LENGTH = 200
MOST_SKUS = 5
PAGE_TITLE_LENGTH = ProductGroupPage._meta.get_field("title").max_length
MOST_MONEY = Decimal("9999999.99")
SUMMARY_LENGTH = ProductGroupPage._meta.get_field("summary").max_length


class ImportRefused(Exception):
    """Nothing was imported; `message` tells the editor why."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class HubProduct:
    """All that is needed of a Hub product, fetched before anything is written."""

    product: Product
    variants: Sequence[HubVariant]
    reference: str
    pictures: FetchedPictures


@dataclass(frozen=True)
class Imported:
    """The new draft, and what the editor should know about it."""

    page: ProductGroupPage
    notes: list[str]


def import_product(*, product_id: int, parent: Page, user: User) -> Imported:
    """A draft page below `parent` with the variants, options, weights and pictures of a Hub product.

    A variant whose SKU is missing, unusable or taken is left out, with a note. Prices are the Hub's numbers,
    and so are weights, which are read as grams. Raises ImportRefused when no variant is left, and HubError.
    """
    source = _fetch(product_id)
    variants, notes = _variants(source.variants)
    if source.variants and not variants:
        nothing = _("Nothing was imported, because no variant of “%s” could be taken over.")
        raise ImportRefused(" ".join([nothing % source.product.name, *notes]))
    notes += source.pictures.notes
    if any(variant.weight_grams for variant in variants):
        notes.append(_("Weights are the Hub's numbers, read as grams. Please look them over."))
    try:
        return _create(source, variants, notes, parent=parent, user=user)
    except SkuTaken as clash:
        # Taken since we looked.
        raise ImportRefused(f"{_('Nothing was imported.')} {clash.messages[0]}") from clash


def _fetch(product_id: int) -> HubProduct:
    hub = get_hub()
    product = hub.product(product_id)
    variants = hub.product_variants(product_id)
    return HubProduct(
        product=product,
        variants=variants,
        reference=connected_reference(hub, product_id),
        pictures=fetch_pictures(hub, product, [variant.sku for variant in variants]),
    )


def _variants(found: Sequence[HubVariant]) -> tuple[list[ProductVariant], list[str]]:
    counts = Counter(variant.sku for variant in found)
    elsewhere = skus_elsewhere(counts, page_id=None)
    variants: list[ProductVariant] = []
    # One sentence for all SKUs of which the same has to be said.
    skus_of: dict[str, list[str]] = {}
    for variant in found:
        problem = _problem(variant.sku, counts, elsewhere)
        if not problem:
            variants.append(_variant(variant, sort_order=len(variants)))
        if not problem and not _is_price(variant.price):
            problem = _("The Hub has no price for {skus}. Enter one, then tick “on sale”.")
        if problem:
            skus_of.setdefault(problem, []).append(variant.sku)
    notes = [
        note.replace("{skus}", some_of(list(dict.fromkeys(skus)), most=MOST_SKUS))
        for note, skus in skus_of.items()
    ]
    return variants, notes


def _problem(sku: str, counts: Counter[str], elsewhere: dict[str, str]) -> str:
    """Why a variant is left out; `{skus}` stands for those that are left out for it."""
    if not sku:
        return _("A variant without SKU was left out: give it one in the Hub, or add it here.")
    if sku in elsewhere:
        return _("Left out: {skus}, already used by “%s”.") % elsewhere[sku]
    if counts[sku] > 1:
        return _("Left out: {skus}, because more than one variant in the Hub has this SKU.")
    try:
        sku_characters(sku)
    except ValidationError as error:
        return _("Left out: {skus}. %s") % error.messages[0]
    if len(sku) > SKU_LENGTH:
        return _("Left out: {skus}, because the SKU is too long.")
    return ""


def _variant(known: HubVariant, *, sort_order: int) -> ProductVariant:
    price = known.price if _is_price(known.price) else None
    return ProductVariant(
        sku=known.sku,
        title=(", ".join(known.options.values()) or known.sku)[:TITLE_LENGTH],
        price=Decimal(0) if price is None else round_money(price, settings.SHOP_CURRENCY),
        options=[[name, value] for name, value in known.options.items()],
        weight_grams=_grams(known.weight),
        is_active=known.available and price is not None,
        sort_order=sort_order,
    )


def _is_price(price: Decimal | None) -> TypeGuard[Decimal]:
    return price is not None and 0 <= price <= MOST_MONEY


def _grams(weight: Decimal | None) -> int | None:
    return round(weight) if weight is not None and 0 <= weight <= MOST_GRAMS else None


@transaction.atomic
def _create(
    source: HubProduct, variants: list[ProductVariant], notes: list[str], *, parent: Page, user: User
) -> Imported:
    product = source.product
    title = product.name or source.reference or _("Product %s of the Hub") % product.id
    description = " ".join(strip_tags(product.description).split())
    titles = {variant.sku: variant.title for variant in variants}
    picture, pictures, complaints = keep_pictures(source.pictures, titles=titles, title=title, user=user)
    for variant in variants:
        variant.image = pictures.get(variant.sku)
    page = ProductGroupPage(
        title=title[:PAGE_TITLE_LENGTH],
        summary=description[:SUMMARY_LENGTH],
        picture=picture,
        body=[("paragraph", f"<p>{escape(description)}</p>")] if len(description) > SUMMARY_LENGTH else [],
        personalization=[("customers_canvas", _block(source))],
        live=False,
        has_unpublished_changes=True,
        owner=user,
    )
    page.variants = variants
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    return Imported(page, [*notes, *complaints])


def _block(source: HubProduct) -> dict[str, Any]:
    """The mapping: by the product's reference in this shop, or by its number in the Hub."""
    known_by = (
        {"product_reference": source.reference} if source.reference else {"hub_product_id": source.product.id}
    )
    return {**known_by, "product_name": source.product.name[:NAME_LENGTH]}
