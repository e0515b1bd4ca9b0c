"""What an order would be if it were placed again today: which lines, at which prices, and why not others."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from catalog import selectors as catalog
from catalog.mapping.selectors.hub_mapping import hub_mapping
from catalog.models import ProductGroupPage, ProductVariant
from commerce.models import CartItem, Order, OrderItem
from core.templatetags.money import money
from home.selectors.cards import share_site_paths
from personalization.models import Design, StorefrontUser

from .designs import Obstacle, new_design_url, obstacle_to, products_behind, sold_out, unsold
from .orders import order_items


@dataclass(frozen=True)
class ReorderLine:
    """A line of an order, at the price of today. `obstacle` says why it cannot be ordered again, `changes`
    what is not as it was; `quantity` is less than it was when fewer are left.
    """

    item: OrderItem
    quantity: int = 0
    unit_price: Decimal = Decimal("0.00")
    obstacle: Obstacle | None = None
    changes: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """What the line costs today; a line that cannot be ordered costs nothing."""
        return self.unit_price * self.quantity


@dataclass(frozen=True)
class Review:
    """An order as it would be today. `has_others_designs`: whoever looks does not own all of its designs."""

    lines: list[ReorderLine] = field(default_factory=list)
    has_others_designs: bool = False

    @property
    def possible(self) -> list[ReorderLine]:
        """The lines that can be ordered."""
        return [line for line in self.lines if line.obstacle is None]

    @property
    def total(self) -> Decimal:
        """The sum of the lines that can be ordered."""
        return sum((line.total for line in self.lines), Decimal("0.00"))


def review_of(
    order: Order,
    *,
    shopper: StorefrontUser | None,
    gone: Collection[Design] = (),
    closed: tuple[str, ...] | None = None,
) -> Review:
    """The order's lines as this shopper could order them now.

    `gone` are the designs that have expired in the Hub; it is not asked here. `closed` as for
    `sellable_variants`.
    """
    items = order_items(order)
    variants = catalog.sellable_variants((item.sku for item in items), closed=closed)
    missing = [item for item in items if item.sku not in variants]
    products = products_behind([(item.sku, _reference(item), item.title) for item in missing], closed=closed)
    share_site_paths(page for page in [*products.values(), *(each.page for each in variants.values())])
    in_cart = _in_cart(shopper)
    lines = []
    for item in items:
        variant = variants.get(item.sku)
        obstacle = _obstacle(item, variant, products.get(item.sku), gone)
        if obstacle:
            lines.append(ReorderLine(item, obstacle=obstacle))
            continue
        quantity = min(item.quantity, variant.stock.quantity) if variant.stock else item.quantity
        price = catalog.unit_price(variant, quantity=quantity)
        changes = (*_changes(order, item, variant, price), *_about_quantity(item, quantity, in_cart))
        lines.append(ReorderLine(item, quantity, price, changes=changes))
    designs = [item.design for item in items if item.design]
    return Review(lines, any(shopper is None or design.owner_id != shopper.pk for design in designs))


def _obstacle(
    item: OrderItem,
    variant: ProductVariant | None,
    product: ProductGroupPage | None,
    gone: Collection[Design],
) -> Obstacle | None:
    if item.design is not None:
        return obstacle_to(item.design, variant, product=product, is_gone=item.design in gone)
    if variant is None:
        return unsold(product)
    if variant.is_sold_out:
        return sold_out(variant)
    if hub_mapping(variant.page):
        reason = _("This product is made from your own design by now.")
        return Obstacle(reason, new_design_url(variant), _("Personalize it"))
    return None


def _changes(order: Order, item: OrderItem, variant: ProductVariant, price: Decimal) -> Iterable[str]:
    if (variant.page.title, variant.title) != (item.title, item.variant_title):
        yield _("It is called “%(title)s, %(variant)s” now.") % {
            "title": variant.page.title,
            "variant": variant.title,
        }
    # Amounts in two currencies cannot be compared; the line shows today's.
    if order.currency != settings.SHOP_CURRENCY or price == item.unit_price:
        return
    prices = {"now": money(price), "before": money(item.unit_price, order.currency)}
    if price > item.unit_price:
        yield _("It costs more than last time: %(now)s each instead of %(before)s.") % prices
    else:
        yield _("It costs less than last time: %(now)s each instead of %(before)s.") % prices


def _in_cart(shopper: StorefrontUser | None) -> dict:
    """How many pieces are in the cart, by design, and by SKU for plain lines."""
    lines = CartItem.objects.filter(cart__owner=shopper) if shopper else ()
    return {line.design_id or line.sku: line.quantity for line in lines}


def _about_quantity(item: OrderItem, quantity: int, in_cart: dict) -> Iterable[str]:
    held = in_cart.get(item.design_id or item.sku)
    numbers = {"held": _number(held or 0), "now": _number(quantity), "before": _number(item.quantity)}
    if quantity < item.quantity:
        yield _("Only %(now)s left, so it would be %(now)s instead of %(before)s.") % numbers
    if held is None:
        return
    if item.design_id and held == quantity:
        yield _("It is in your cart already, and stays there as it is.")
    elif item.design_id:
        yield _("It is in your cart already, with a quantity of %(held)s. That becomes %(now)s.") % numbers
    else:
        yield _("Your cart holds %(held)s of it already. These are added.") % numbers


def _number(quantity: int) -> str:
    return number_format(quantity, force_grouping=True)


def _reference(item: OrderItem) -> str:
    return item.design.product_reference if item.design else ""
