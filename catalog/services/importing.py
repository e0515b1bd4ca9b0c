"""Makes a draft page of a Hub product. Nothing is published, and the Hub is only read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.images.permissions import permission_policy as image_permission_policy
from wagtail.models import Collection, Page

from catalog.models import ProductGroupPage, ProductVariant
from catalog.models.variants import sku_characters
from catalog.skus import skus_elsewhere
from home.models import SiteImage
from personalization.hub import HubError, Product, get_hub
from personalization.hub import ProductVariant as HubVariant
from personalization.services.previews import UnusablePicture, to_webp

SKU_LENGTH = ProductVariant._meta.get_field("sku").max_length
TITLE_LENGTH = ProductVariant._meta.get_field("title").max_length
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
    picture: bytes | None = field(repr=False)


@dataclass(frozen=True)
class Imported:
    """The new draft, and what the editor should know about it."""

    page: ProductGroupPage
    notes: list[str]


def import_product(*, product_id: int, parent: Page, user) -> Imported:
    """A draft page below `parent` with the variants, options and the picture of a Hub product.

    A variant whose SKU is missing, unusable or taken is left out, with a note. Prices are the Hub's numbers.
    Raises ImportRefused when no variant is left, and HubError.
    """
    source = _fetch(product_id)
    variants, notes = _variants(source.variants)
    if source.variants and not variants:
        nothing = _("Nothing was imported, because no variant of “%s” could be taken over.")
        raise ImportRefused(" ".join([nothing % source.product.name, *notes]))
    if not source.reference:
        notes.append(_("The product is not connected yet: type this page's product reference into the Hub."))
    return _create(source, variants, notes, parent=parent, user=user)


def _fetch(product_id: int) -> HubProduct:
    hub = get_hub()
    product = hub.product(product_id)
    connections = hub.product_references(product_id=product_id, take=1).items
    # A filter that the Hub does not know would give somebody else's reference.
    mine = [known.reference for known in connections if known.product_id == product_id]
    return HubProduct(
        product=product,
        variants=hub.product_variants(product_id),
        reference=mine[0] if mine else "",
        picture=_picture(product),
    )


def _picture(product: Product) -> bytes | None:
    """The product's picture from the Hub's own hosts, made again as WebP; None when there is none to use."""
    if not product.image_url:
        return None
    try:
        return to_webp(get_hub().fetch_preview(product.image_url).content)
    except (HubError, UnusablePicture):
        return None


def _variants(found: Sequence[HubVariant]) -> tuple[list[ProductVariant], list[str]]:
    counts = Counter(variant.sku for variant in found)
    elsewhere = skus_elsewhere(counts, page_id=None)
    variants, notes = [], []
    for variant in found:
        problem = _problem(variant.sku, counts, elsewhere)
        if problem:
            notes.append(problem)
            continue
        if variant.price is None or variant.price < 0:
            notes.append(_("The Hub has no price for %s. Enter one, then tick “on sale”.") % variant.sku)
        variants.append(_variant(variant, sort_order=len(variants)))
    return variants, list(dict.fromkeys(notes))


def _problem(sku: str, counts: Counter, elsewhere: dict[str, str]) -> str:
    if not sku:
        return _("A variant without SKU was left out: give it one in the Hub, or add it here.")
    if sku in elsewhere:
        clash = {"sku": sku, "page": elsewhere[sku]}
        return _("%(sku)s was left out: the SKU is already used by “%(page)s”.") % clash
    if counts[sku] > 1:
        return _("%s was left out: more than one variant in the Hub has this SKU.") % sku
    try:
        sku_characters(sku)
    except ValidationError as error:
        return _("%(sku)s was left out. %(reason)s") % {"sku": sku, "reason": error.messages[0]}
    if len(sku) > SKU_LENGTH:
        return _("%s was left out: the SKU is too long.") % sku
    return ""


def _variant(known: HubVariant, *, sort_order: int) -> ProductVariant:
    has_price = known.price is not None and known.price >= 0
    return ProductVariant(
        sku=known.sku,
        title=(", ".join(known.options.values()) or known.sku)[:TITLE_LENGTH],
        price=known.price.quantize(Decimal("0.01")) if has_price else Decimal(0),
        options=[[name, value] for name, value in known.options.items()],
        is_active=known.available and has_price,
        sort_order=sort_order,
    )


@transaction.atomic
def _create(
    source: HubProduct, variants: list[ProductVariant], notes: list[str], *, parent: Page, user
) -> Imported:
    product = source.product
    title = product.name or source.reference or _("Product %s of the Hub") % product.id
    block = {"product_reference": source.reference, "product_name": product.name if source.reference else ""}
    page = ProductGroupPage(
        title=title,
        summary=" ".join(strip_tags(product.description).split())[:SUMMARY_LENGTH],
        picture=_keep_picture(source, title, user, notes),
        personalization=[("customers_canvas", block)],
        live=False,
        has_unpublished_changes=True,
        owner=user,
    )
    page.variants = variants
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    return Imported(page, notes)


def _keep_picture(source: HubProduct, title: str, user, notes: list[str]) -> SiteImage | None:
    if source.picture is None:
        if source.product.image_url:
            notes.append(_("The picture could not be taken over. Please add one."))
        return None
    collections = image_permission_policy.collections_user_has_permission_for(user, "add")
    collection: Collection | None = collections.first()
    if collection is None:
        notes.append(_("You may not add images, so the picture was left out."))
        return None
    return SiteImage.objects.create(
        title=title,
        description=title,
        file=ImageFile(BytesIO(source.picture), name=f"{slugify(title) or 'product'}.webp"),
        collection=collection,
        uploaded_by_user=user,
    )
