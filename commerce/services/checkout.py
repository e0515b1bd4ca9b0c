"""From a cart to an order."""

import uuid
from collections import Counter
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from catalog.services.stock import lock_stocks, sell
from commerce.selectors.cart import CartContents, CartLine, cart_contents
from core.audit.actors import CHECKOUT, SHOPPER, Actor
from personalization.models import StorefrontUser

from ..models import Cart, Order, OrderItem, OutgoingEmail
from .consents import write_consents
from .emails import owe_email
from .orders import release_for_production


class CheckoutRefused(Exception):
    """The order cannot be placed; nothing has changed."""


class CartEmpty(CheckoutRefused):
    """There is nothing to order."""


class CartBlocked(CheckoutRefused):
    """A line has to be removed from the cart first."""


class NotEnoughLeft(CartBlocked):
    """Of some lines, fewer pieces are left than the shopper wants."""


class ProofMissing(CheckoutRefused):
    """The shopper has not approved the proof of every line that asks for it."""


class ConsentMissing(CheckoutRefused):
    """The shopper has not agreed to print every line that there are warnings about."""


class CartChanged(CheckoutRefused):
    """The shopper agreed to other lines or prices than the cart has now."""


@transaction.atomic
def place_order(
    *,
    owner: StorefrontUser,
    email: str,
    checkout_key: uuid.UUID,
    shown: str | None = None,
    agreed: Collection[str] = (),
    closed: tuple[str, ...] | None = None,
    by: Actor = SHOPPER,
) -> Order:
    """Turn the cart into an order, once per checkout key, and hand it to production, or keep it on hold if
    the shop gives its shoppers time to change their minds (PRODUCTION_HOLD_MINUTES).

    Sent again with the same key (double click, refresh, second tab) it returns the first order. `shown` is
    the fingerprint of the cart that the shopper saw; None means that nobody was shown a total. `agreed` holds
    the versions of the lines that the shopper, `by`, wants printed despite warnings; `closed` the paths of
    pages that they may not see. Only the database is written; e-mails and render projects are woken up on
    commit.
    Raises CartEmpty, CartBlocked (NotEnoughLeft when stock is the reason), CartChanged, ProofMissing or
    ConsentMissing.
    """
    cart = Cart.objects.select_for_update().filter(owner=owner).first()
    if placed := Order.objects.filter(owner=owner, checkout_key=checkout_key).first():
        return placed
    if cart is None:
        raise CartEmpty
    # From here to the commit nobody else sells or counts what this cart contains.
    stocks = lock_stocks(cart.items.values_list("sku", flat=True))
    contents = cart_contents(owner, closed=closed)
    _check(contents, checkout_key=checkout_key, shown=shown)
    _check_consents(contents, agreed=agreed)
    order = _write_order(contents, checkout_key=checkout_key, owner=owner, email=email, by=by)
    sell(stocks, _pieces(contents), order_code=order.code, by=CHECKOUT)
    cart.items.all().delete()
    cart.checkout_key = uuid.uuid4()
    cart.save(update_fields=["checkout_key", "updated_at"])
    owe_email(order, OutgoingEmail.Kind.CONFIRMATION)
    if order.status != Order.Status.ON_HOLD:
        release_for_production(order)
    return order


def _check(contents: CartContents, *, checkout_key: uuid.UUID, shown: str | None) -> None:
    if not contents.lines:
        raise CartEmpty
    if contents.short_lines:
        raise NotEnoughLeft
    if contents.is_blocked:
        raise CartBlocked
    if checkout_key != contents.checkout_key or shown not in (None, contents.fingerprint):
        raise CartChanged


def _check_consents(contents: CartContents, *, agreed: Collection[str]) -> None:
    if contents.unapproved_lines:
        raise ProofMissing
    if any(line.version not in agreed for line in contents.warned_lines):
        raise ConsentMissing


def _pieces(contents: CartContents) -> Counter[str]:
    """How many of each SKU; several designs can share one."""
    pieces: Counter[str] = Counter()
    for line in contents.lines:
        pieces[line.sku] += line.quantity
    return pieces


def _write_order(
    contents: CartContents, *, checkout_key: uuid.UUID, owner: StorefrontUser, email: str, by: Actor
) -> Order:
    hold = timedelta(minutes=settings.PRODUCTION_HOLD_MINUTES)
    order = Order.objects.create(
        status=Order.Status.ON_HOLD if hold else Order.Status.PROCESSING,
        held_until=timezone.now() + hold if hold else None,
        owner=owner,
        checkout_key=checkout_key,
        email=email,
        currency=contents.currency,
        total=contents.total,
    )
    items = OrderItem.objects.bulk_create(
        _snapshot(order, position, line) for position, line in enumerate(contents.lines, start=1)
    )
    write_consents(list(zip(items, contents.lines, strict=True)), by=by)
    return order


def _snapshot(order: Order, position: int, line: CartLine) -> OrderItem:
    return OrderItem(
        order=order,
        position=position,
        sku=line.sku,
        title=line.title,
        variant_title=line.variant_title,
        pack_size=line.pack_size,
        unit_price=line.unit_price,
        quantity=line.quantity,
        line_total=line.total,
        from_stock=line.variant is not None and line.variant.stock is not None,
        image=line.image,
        design=line.design,
    )
