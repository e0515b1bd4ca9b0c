"""What a visitor does to the cart. Every change locks the cart first, so that it never races a checkout."""

from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from catalog import selectors as catalog
from catalog.mapping.selectors.hub_mapping import hub_mapping
from catalog.models import ProductVariant
from personalization.designs.services.retention import keep_longer
from personalization.models import Design, StorefrontUser
from personalization.shoppers.services.account_merge import present_self

from ..models import Cart, CartItem

MINIMUM_QUANTITY = 1
MAXIMUM_QUANTITY = 9999
MAXIMUM_LINES = 100


class CartError(Exception):
    """The cart cannot do this; `message` tells the shopper why and what to do."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class NotSold(CartError):
    """The SKU is unknown or no longer sold."""


class NeedsDesign(CartError):
    """The product is made from a design, and none was given."""


class QuantityOutOfRange(CartError):
    """Fewer or more pieces than one line can hold."""


class NotEnough(CartError):
    """Fewer pieces are left than the cart would hold."""


class CartFull(CartError):
    """The cart has as many lines as it can hold."""


@transaction.atomic
def add_plain_item(
    *, owner: StorefrontUser, sku: str, quantity: int, closed: tuple[str, ...] | None = None
) -> CartItem:
    """Put a product without a design into the cart; the same SKU again adds to its line.

    `closed` are the paths of pages that the shopper may not see: what is below them is not sold.
    Raises NotSold, NeedsDesign, NotEnough, QuantityOutOfRange or CartFull.
    """
    variant = _sold_variant(sku, closed)
    if hub_mapping(variant.page):
        raise NeedsDesign(
            _("“%(title)s” is made from your design. Personalize it first.") % {"title": variant.page.title}
        )
    cart = lock_cart(owner)
    item = cart.items.filter(sku=variant.sku, design=None).first()
    _check_left(variant, wanted=quantity, has=item.quantity if item else 0)
    if item is None:
        return _add_line(cart, variant, quantity=quantity)
    return _update_line(cart, item, quantity=item.quantity + _checked(quantity))


@transaction.atomic
def put_design(
    *,
    owner: StorefrontUser,
    design: Design,
    quantity: int,
    replaces: Design | None = None,
    closed: tuple[str, ...] | None = None,
) -> CartItem:
    """Put a personalized product into the cart, as a line of its own.

    With `replaces`, the line of that design takes the new one over: the number of lines stays, the price is
    that of the new design's SKU. A design that is in the cart already keeps its line. `closed` as for
    `add_plain_item`.
    Raises Design.DoesNotExist for another visitor's design, NotSold, QuantityOutOfRange or CartFull.
    """
    if design.owner_id != owner.pk:
        raise Design.DoesNotExist
    variant = _sold_variant(design.sku, closed)
    cart = lock_cart(owner)
    if not keep_longer(design):
        raise Design.DoesNotExist
    item = cart.items.filter(design=design).first()
    if item is None and replaces is not None:
        item = cart.items.filter(design=replaces).first()
    if item is None:
        return _add_line(cart, variant, quantity=quantity, design=design)
    item.design, item.sku = design, design.sku
    item.title, item.variant_title = variant.page.title, variant.title
    return _update_line(cart, item, quantity=quantity)


@transaction.atomic
def set_quantity(*, owner: StorefrontUser, item_id: int, quantity: int) -> CartItem:
    """Change how many pieces a line orders; raises CartItem.DoesNotExist or QuantityOutOfRange."""
    cart = lock_cart(owner)
    return _update_line(cart, cart.items.get(pk=item_id), quantity=quantity)


@transaction.atomic
def remove_item(*, owner: StorefrontUser, item_id: int) -> CartItem:
    """Take a line out of the cart and return what it was; its design stays. Raises CartItem.DoesNotExist."""
    cart = lock_cart(owner)
    item = cart.items.select_related("design__owner").get(pk=item_id)
    item.delete()
    if item.design:
        keep_longer(item.design)
    cart.save(update_fields=["updated_at"])
    return item


def lock_cart(owner: StorefrontUser) -> Cart:
    """The visitor's cart, made on first use, locked until the transaction ends.

    A login that was faster has taken the cart away; then it is the account's.
    """
    locked = Cart.objects.select_for_update()
    if cart := locked.filter(owner=owner).first():
        return cart
    return locked.get(pk=Cart.objects.get_or_create(owner=present_self(owner))[0].pk)


def _sold_variant(sku: str, closed: tuple[str, ...] | None) -> ProductVariant:
    variant = catalog.sellable_variant(sku, closed=closed)
    if variant is None:
        raise NotSold(_("We no longer sell this product. Have a look at what else we have."))
    return variant


def _check_left(variant: ProductVariant, *, wanted: int, has: int) -> None:
    """Checkout decides; this only keeps somebody from wanting what is clearly not there."""
    if variant.stock is None or variant.stock.quantity >= wanted + has:
        return
    values = {"title": variant.page.title, "left": variant.stock.quantity, "has": has}
    if variant.is_sold_out:
        raise NotEnough(_("“%(title)s” is sold out.") % values)
    if has:
        raise NotEnough(_("Only %(left)s left, and you have %(has)s in your cart already.") % values)
    raise NotEnough(_("Only %(left)s left. Order fewer.") % values)


def _add_line(
    cart: Cart, variant: ProductVariant, *, quantity: int, design: Design | None = None
) -> CartItem:
    if cart.items.count() >= MAXIMUM_LINES:
        raise CartFull(_("Your cart is full. Check out first, then fill it again."))
    item = cart.items.create(
        sku=variant.sku,
        title=variant.page.title,
        variant_title=variant.title,
        quantity=_checked(quantity),
        design=design,
    )
    cart.save(update_fields=["updated_at"])
    return item


def _update_line(cart: Cart, item: CartItem, *, quantity: int) -> CartItem:
    item.quantity = _checked(quantity)
    item.save(update_fields=["sku", "title", "variant_title", "quantity", "design"])
    cart.save(update_fields=["updated_at"])
    return item


def _checked(quantity: int) -> int:
    if quantity < MINIMUM_QUANTITY:
        raise QuantityOutOfRange(_("Order at least one, or remove the product from your cart."))
    if quantity > MAXIMUM_QUANTITY:
        raise QuantityOutOfRange(
            _("One order can hold up to %(maximum)s of the same product. Write to us if you need more.")
            % {"maximum": number_format(MAXIMUM_QUANTITY, force_grouping=True)}
        )
    return quantity
