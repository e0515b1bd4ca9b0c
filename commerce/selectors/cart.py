"""Reads of carts. Prices of a cart come from the catalog at the moment of reading."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from catalog import selectors as catalog
from catalog.mapping.selectors.hub_mapping import hub_mapping
from catalog.models import ProductVariant
from catalog.selectors import Price
from commerce.models import Cart, CartItem
from home.models import SiteImage
from home.selectors.cards import share_site_paths
from personalization.designs.services.quality import warnings_in_words
from personalization.models import Design, StorefrontUser

from .pictures import load_renditions

# The largest amount that an order's columns hold.
MAXIMUM_TOTAL = Decimal("9999999999.99")


@dataclass(frozen=True)
class Approval:
    """The shopper's word on the proof of a line: which sentence, who and when."""

    text: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class CartLine:
    """A line of the cart with today's price; `problem` says why it cannot be ordered, or is empty.

    `left`: how many pieces it can have at most, None without limit. `is_short`: it wants more.

    `warnings` speak against printing its design as it is. `approval_text` is what the shopper has to agree to
    about the proof, empty when not asked to; `approval` is that they did, None until then.
    """

    id: int
    sku: str
    title: str
    variant_title: str
    quantity: int
    unit_price: Decimal = Decimal("0.00")
    problem: str = ""
    variant: ProductVariant | None = None
    design: Design | None = None
    price_break: Price | None = None
    next_price_break: Price | None = None
    left: int | None = None
    is_short: bool = False
    warnings: list[str] = field(default_factory=list)
    approval_text: str = ""
    approval: Approval | None = None

    @property
    def version(self) -> str:
        """Names what the shopper sees of the design and reads about it; consents are given to it."""
        if self.design is None:
            return ""
        seen = "\n".join([self.design.version, self.approval_text, *self.warnings])
        return hashlib.sha256(seen.encode()).hexdigest()[:32]

    @property
    def needs_approval(self) -> bool:
        """Whether the shopper still has to approve the proof."""
        return bool(self.approval_text) and self.approval is None

    @property
    def total(self) -> Decimal:
        """What the line costs; a line that cannot be ordered costs nothing."""
        return self.unit_price * self.quantity

    @property
    def can_change(self) -> bool:
        """Whether another quantity or another design would help, or there is nothing to help."""
        return not self.problem or (self.is_short and self.left > 0)

    @property
    def few_left(self) -> int | None:
        """How many are left when they are few, for a line that can be ordered."""
        return self.left if self.variant and self.variant.few_left and not self.problem else None

    @property
    def pack_size(self) -> int:
        """How many pieces the unit price is for and the quantity counts by."""
        return self.variant.pack_size if self.variant else 1

    @property
    def image(self) -> SiteImage | None:
        """The product's picture; None when it has none or is no longer sold."""
        return self.variant.picture if self.variant else None

    @property
    def preview_url(self) -> str:
        """The shop's own copy of the design's preview; empty for plain lines and until it is copied."""
        return self.design.preview.url if self.design and self.design.preview else ""


@dataclass(frozen=True)
class CartContents:
    """A priced cart, in the shop's currency."""

    lines: list[CartLine] = field(default_factory=list)
    checkout_key: UUID | None = None
    currency: str = ""

    @property
    def total(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.total for line in self.lines), Decimal("0.00"))

    @property
    def is_blocked(self) -> bool:
        """Whether a line has to be changed or removed before checkout."""
        return self.is_too_much or any(line.problem for line in self.lines)

    @property
    def is_too_much(self) -> bool:
        """Whether it comes to more than an order can: with currencies of many zeros, or a price mistyped."""
        return self.total > MAXIMUM_TOTAL

    @property
    def short_lines(self) -> list[CartLine]:
        """The lines of which too few pieces are left."""
        return [line for line in self.lines if line.is_short]

    @property
    def warned_lines(self) -> list[CartLine]:
        """The lines that are printed as they are only if the shopper agrees."""
        return [line for line in self.lines if line.warnings]

    @property
    def proof_lines(self) -> list[CartLine]:
        """The lines whose proof the shopper is asked to approve, approved or not."""
        return [line for line in self.lines if line.approval_text]

    @property
    def unapproved_lines(self) -> list[CartLine]:
        """The lines whose proof the shopper has not approved yet."""
        return [line for line in self.lines if line.needs_approval]

    @property
    def fingerprint(self) -> str:
        """Changes with any line, quantity, price, design and what is said about it: what the shopper agreed
        to.
        """
        lines = (f"{line.sku}|{line.quantity}|{line.unit_price}|{line.version}" for line in self.lines)
        return hashlib.sha256("\n".join([self.currency, *lines]).encode()).hexdigest()[:32]


def cart_contents(owner: StorefrontUser | None, *, closed: tuple[str, ...] | None = None) -> CartContents:
    """The visitor's cart, priced; empty for a visitor who has none. `closed` as for `sellable_variants`."""
    cart = Cart.objects.filter(owner=owner).first() if owner else None
    if cart is None:
        return CartContents(currency=settings.SHOP_CURRENCY)
    items = list(cart.items.select_related("design__retention_job"))
    variants = catalog.sellable_variants([item.sku for item in items], closed=closed)
    left = _left_for(items, variants)
    lines = [
        _priced(item, variants[item.sku], left[item.pk]) if item.sku in variants else _unsold(item)
        for item in items
    ]
    share_site_paths(variant.page for variant in variants.values())
    load_renditions(line.image for line in lines)
    return CartContents(lines=lines, checkout_key=cart.checkout_key, currency=settings.SHOP_CURRENCY)


def cart_line_count(owner: StorefrontUser | None) -> int:
    """How many lines are in the cart: ten boxes of the same card are one."""
    return CartItem.objects.filter(cart__owner=owner).count() if owner else 0


def _left_for(items: Iterable[CartItem], variants: dict[str, ProductVariant]) -> dict[int, int | None]:
    """How many pieces each line can have: of lines that share a SKU, the first ones come first."""
    remaining = {sku: variant.stock.quantity for sku, variant in variants.items() if variant.stock}
    left = {}
    for item in items:
        left[item.pk] = remaining.get(item.sku)
        if item.sku in remaining:
            remaining[item.sku] = max(0, remaining[item.sku] - item.quantity)
    return left


def _problem(*, is_blank: bool, is_gone: bool, is_short: bool, left: int | None) -> str:
    if is_blank:
        return _("This product is now made from your own design. Remove it and personalize it anew.")
    if is_gone:
        return _("Your design is no longer available. Remove it and personalize the product again.")
    if not is_short:
        return ""
    if left == 0:
        return _("Sold out. Remove it to go on to checkout.")
    return _("Only %(left)s left. Order fewer to go on to checkout.") % {"left": left}


def _priced(item: CartItem, variant: ProductVariant, left: int | None) -> CartLine:
    prices = catalog.price_table(variant)[1:]
    reached = [price for price in prices if price.minimum_quantity <= item.quantity]
    ahead = [price for price in prices if price.minimum_quantity > item.quantity]
    mapping = hub_mapping(variant.page)
    is_blank = item.design is None and mapping is not None
    is_gone = item.design is not None and item.design.gone_at is not None
    is_short = not is_blank and not is_gone and left is not None and left < item.quantity
    return CartLine(
        id=item.pk,
        sku=item.sku,
        title=variant.page.title,
        variant_title=variant.title,
        quantity=item.quantity,
        unit_price=catalog.unit_price(variant, quantity=item.quantity),
        problem=_problem(is_blank=is_blank, is_gone=is_gone, is_short=is_short, left=left),
        variant=variant,
        design=item.design,
        price_break=reached[-1] if reached else None,
        next_price_break=ahead[0] if ahead else None,
        left=left,
        is_short=is_short,
        warnings=warnings_in_words(item.design) if item.design else [],
        approval_text=mapping.approval_text if mapping and item.design else "",
        approval=_approval(item),
    )


def _approval(item: CartItem) -> Approval | None:
    """None for a plain item, and when the design is another one by now."""
    if item.design is None or item.approved_version != item.design.version:
        return None
    return Approval(text=item.approved_text, actor=item.approved_by, at=item.approved_at)


def _unsold(item: CartItem) -> CartLine:
    return CartLine(
        id=item.pk,
        sku=item.sku,
        title=item.title or item.sku,
        variant_title=item.variant_title,
        quantity=item.quantity,
        problem=_("We no longer sell this product. Remove it to go on to checkout."),
        design=item.design,
    )
