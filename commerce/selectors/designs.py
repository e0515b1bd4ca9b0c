"""Reads of "My designs": what a shopper has made, and what can be done with it today."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog import selectors as catalog
from catalog.mapping.selectors.hub_mapping import hub_mapping
from catalog.models import ProductGroupPage, ProductVariant
from commerce.models import CartItem, OrderItem
from home.models import SiteImage
from home.selectors.cards import share_site_paths
from home.selectors.privacy import closed_paths
from personalization.models import Design, StorefrontUser

from .pictures import load_renditions


@dataclass(frozen=True)
class Obstacle:
    """Why something cannot be ordered, and where to go instead; without an address there is nowhere."""

    reason: str
    url: str = ""
    advice: str = ""


@dataclass(frozen=True)
class DesignCard:
    """A design with its product as it is sold today; `obstacle` says why it cannot be ordered or opened."""

    design: Design
    variant: ProductVariant | None
    variant_title: str
    obstacle: Obstacle | None
    cart_item: CartItem | None
    order_item: OrderItem | None
    is_ordered: bool

    @property
    def image(self) -> SiteImage | None:
        """The product's picture; None when it has none or is no longer sold."""
        return self.variant.picture if self.variant else None

    @property
    def preview_url(self) -> str:
        """The shop's own copy of the design's preview; empty until it is copied."""
        return self.design.preview.url if self.design.preview else ""

    @property
    def can_open(self) -> bool:
        """Whether the editor would open it."""
        return self.obstacle is None and not self.design.is_print_only

    @property
    def kept_words(self) -> str:
        """How long the shop keeps the design, in plain words; empty when nobody has promised anything yet."""
        if self.design.gone_at is not None:
            return ""
        if self.is_ordered:
            return _("Kept with your order.")
        if self.cart_item:
            return _("Kept as long as it is in your cart.")
        if self.design.kept_until is None:
            return ""
        date = date_format(timezone.localtime(self.design.kept_until))
        return _("Kept until %(date)s.") % {"date": date}

    @property
    def edit_url(self) -> str:
        """Where the editor opens the design."""
        return f"{reverse('personalize', args=[self.design.sku])}?design={self.design.pk}"


def designs_of(owner: StorefrontUser | None) -> QuerySet[Design]:
    """What the shopper has made, the newest change first, without copies that they have not saved yet."""
    if owner is None:
        return Design.objects.none()
    items = OrderItem.objects.select_related("order").order_by("-order__created_at")
    made = Design.objects.filter(owner=owner, is_untouched=False).select_related("cart_item")
    return made.prefetch_related(Prefetch("order_items", items)).order_by("-changed_at", "pk")


def design_cards(designs: Iterable[Design], *, closed: tuple[str, ...] | None = None) -> list[DesignCard]:
    """Designs with what the catalog and the orders say about them, in a number of queries that no list
    changes. `closed` as for `sellable_variants`.
    """
    designs = list(designs)
    variants = catalog.sellable_variants((design.sku for design in designs), closed=closed)
    products = products_behind(
        [
            (design.sku, design.product_reference, design.title)
            for design in designs
            if design.sku not in variants
        ],
        closed=closed,
    )
    share_site_paths(page for page in [*products.values(), *(each.page for each in variants.values())])
    cards = [_card(design, variants.get(design.sku), products.get(design.sku)) for design in designs]
    load_renditions(card.image for card in cards)
    return cards


def obstacle_to(
    design: Design, variant: ProductVariant | None, *, product: ProductGroupPage | None, is_gone: bool
) -> Obstacle | None:
    """What keeps the design from being ordered as it is; None when nothing does.

    `variant` is what its SKU is on sale as, `product` what its product is now when it is not, `is_gone`:
    the Hub has it no more.
    """
    if variant is None:
        return unsold(product)
    mapping = hub_mapping(variant.page)
    if mapping is None:
        reason = _("This product is no longer made from a design of your own.")
        return Obstacle(reason, variant.page.url, _("Look at the product"))
    if not mapping.is_of(design):
        reason = _("This product is made differently by now, and your design does not fit it any more.")
        return Obstacle(reason, new_design_url(variant), _("Start a new design"))
    if variant.is_sold_out:
        return sold_out(variant)
    if is_gone:
        reason = _("This design has expired: it was not used for a long time and is no longer kept.")
        return Obstacle(reason, new_design_url(variant), _("Start a new design"))
    return None


def unsold(product: ProductGroupPage | None) -> Obstacle:
    """For a SKU that is not on sale, with its product if that still is."""
    if product is None:
        search = reverse("search")
        return Obstacle(_("We no longer sell this product."), search, _("See what else we have"))
    reason = _("We no longer sell this option of the product.")
    return Obstacle(reason, product.url, _("See the options that there are"))


def sold_out(variant: ProductVariant) -> Obstacle:
    """For a variant of which nothing is left."""
    return Obstacle(_("It is sold out at the moment."), variant.page.url, _("Look at the product"))


def new_design_url(variant: ProductVariant) -> str:
    """Where the editor opens with an empty design."""
    return reverse("personalize", args=[variant.sku])


def products_behind(
    unsold: Collection[tuple[str, str, str]], *, closed: tuple[str, ...] | None = None
) -> Mapping[str, ProductGroupPage]:
    """The live products of SKUs that are not on sale, by SKU, found by SKU, product reference or title.

    A renamed SKU leaves no trace in the catalog, but its product is still what it was. Without those that the
    visitor may not see (`closed`, as for `sellable_variants`).
    """
    if not unsold:
        return {}
    closed = closed_paths() if closed is None else closed
    skus, references, titles = (set(values) for values in zip(*unsold, strict=True))
    variants = ProductVariant.objects.filter(sku__in=skus, page__live=True).select_related("page")
    by_sku = {variant.sku: variant.page for variant in variants}
    live = ProductGroupPage.objects.live()
    pages = list(live.filter(reference__in=references - {""}) | live.filter(title__in=titles))
    by_title = {page.title: page for page in pages}
    by_reference = {page.reference: page for page in pages}
    found = {
        sku: by_sku.get(sku) or by_reference.get(reference) or by_title.get(title)
        for sku, reference, title in unsold
    }
    return {sku: page for sku, page in found.items() if page and not page.path.startswith(closed)}


def _card(design: Design, variant: ProductVariant | None, product: ProductGroupPage | None) -> DesignCard:
    ordered = list(design.order_items.all())
    # Guests' orders may have moved on to an account that read their address; its link is not theirs any more.
    own = [item for item in ordered if item.order.owner_id == design.owner_id]
    return DesignCard(
        design=design,
        variant=variant,
        variant_title=variant.title if variant else "",
        obstacle=obstacle_to(design, variant, product=product, is_gone=design.gone_at is not None),
        cart_item=getattr(design, "cart_item", None),
        order_item=own[0] if own else None,
        is_ordered=bool(ordered),
    )
