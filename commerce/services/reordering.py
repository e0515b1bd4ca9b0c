"""From an old order to the cart: the same designs at the prices of today.

A line takes the very design that was ordered, without a copy: its render project has made it permanent in
the Hub, and the editor opens an ordered design as a copy. Whoever has an order's link but does not own a
design of it gets a copy for print, never the original.
"""

import logging
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from commerce.selectors.reorders import ReorderLine, Review, review_of
from personalization.designs.services.copying import DesignGone, copy_for_print
from personalization.designs.services.retention import delete_design, design_is_in_hub
from personalization.hub import HubError
from personalization.models import Design, StorefrontUser
from personalization.shoppers.services.account_merge import present_self

from ..models import Order, OrderItem, Reorder
from .cart import MAXIMUM_QUANTITY, CartError, add_plain_item, lock_cart, put_design

logger = logging.getLogger(__name__)

TAKEN, LEFT_OUT = "taken", "left out"
# More sentences than that nobody reads, and no cookie holds.
MOST_SENTENCES = 6


# Nobody presses a button twice after that.
KEYS_KEPT_DAYS = 7


class OtherOrder(Exception):
    """The key has been used for another order."""


@dataclass
class _Line:
    """A line on its way into the cart; `reason` says why it does not get there, or not whole."""

    item: OrderItem
    quantity: int
    design: Design | None = None
    is_copy: bool = False
    is_taken: bool = False
    reason: str = ""


def review(*, order: Order, shopper: StorefrontUser | None, closed: tuple[str, ...] | None = None) -> Review:
    """The order as this shopper could order it today. Asks the Hub whether it still has the designs; where it
    does not answer, the review goes on without. `closed` are the paths of pages that they may not see.
    """
    return review_of(order, shopper=shopper, gone=_gone(order), closed=closed)


def clear_reorders() -> None:
    """Delete the rows that make a button pressed twice do it once, KEYS_KEPT_DAYS after it was pressed."""
    Reorder.objects.filter(created_at__lt=timezone.now() - timedelta(days=KEYS_KEPT_DAYS)).delete()


def order_again(
    *, order: Order, shopper: StorefrontUser, key: uuid.UUID, closed: tuple[str, ...] | None = None
) -> list[tuple[str, str]]:
    """Put what can be ordered again into the shopper's cart, once per key; the answer are sentences for the
    shopper, each TAKEN or LEFT_OUT.

    Sent again with the same key (double click, refresh) it changes nothing and says the same. A line with a
    design keeps its line if it is in the cart already; a plain one adds to its line, up to what that holds.
    `closed` as for `review`. Asks the Hub, so it must not be called inside a transaction. Raises OtherOrder.
    """
    if known := Reorder.objects.filter(key=key).first():
        return _told_before(known, order)
    today = review(order=order, shopper=shopper, closed=closed)
    lines = [_prepared(line, shopper) for line in today.lines]
    with transaction.atomic():
        shopper = present_self(shopper)
        lock_cart(shopper)
        reorder, is_first = Reorder.objects.get_or_create(key=key, defaults={"order": order})
        if is_first:
            for line in lines:
                _take(line, shopper, closed)
            reorder.outcome = _outcome(lines)
            reorder.save(update_fields=["outcome"])
    _drop_copies(lines, shopper, all_of_them=not is_first)
    return _told_before(reorder, order)


def _gone(order: Order) -> list[Design]:
    """The order's designs that have expired in the Hub; one that does not answer once is not asked again."""
    gone = []
    for item in order.items.filter(design__isnull=False).select_related("design__owner"):
        if (design := item.design) is None:
            continue
        is_there = design_is_in_hub(design)
        if is_there is None:
            break
        if not is_there:
            gone.append(design)
    return gone


def _prepared(line: ReorderLine, shopper: StorefrontUser) -> _Line:
    """The line with a design that the shopper owns; a copy of somebody else's is made here."""
    item = line.item
    if line.obstacle:
        return _Line(item, 0, reason=line.obstacle.reason)
    if item.design is None or item.design.owner_id == shopper.pk:
        return _Line(item, line.quantity, item.design)
    if known := _copy_from_before(item.design, shopper):
        return _Line(item, line.quantity, known)
    try:
        copy = copy_for_print(design=item.design, owner=shopper)
    except DesignGone as gone:
        return _Line(item, 0, reason=gone.message)
    except HubError as trouble:
        logger.warning("Design %s cannot be copied for a reorder: %s", item.design_id, trouble)
        reason = _("Our design studio is taking a short break. Please order this one again in a minute.")
        return _Line(item, 0, reason=reason)
    return _Line(item, line.quantity, copy, is_copy=True)


def _copy_from_before(design: Design, shopper: StorefrontUser) -> Design | None:
    """A copy for print that the shopper has from an earlier reorder; nobody can have changed it since."""
    copies = Design.objects.filter(copy_of=design, owner=shopper, is_print_only=True)
    return next(
        (copy for copy in copies.select_related("owner") if design_is_in_hub(copy) is not False), None
    )


def _take(line: _Line, shopper: StorefrontUser, closed: tuple[str, ...] | None) -> None:
    if line.reason:
        return
    try:
        if line.design is None:
            _take_plain(line, shopper, closed)
        else:
            design = Design.objects.get(pk=line.design.pk, owner=shopper)
            put_design(owner=shopper, design=design, quantity=line.quantity, closed=closed)
    except CartError as refusal:
        line.reason = refusal.message
    except Design.DoesNotExist:
        line.reason = _("You are shopping as somebody else by now. Open the order and try again.")
    else:
        line.is_taken = True


def _take_plain(line: _Line, shopper: StorefrontUser, closed: tuple[str, ...] | None) -> None:
    """Adds as many as the cart's line can still hold, and says so when these are fewer."""
    sku = line.item.sku
    held = lock_cart(shopper).items.filter(sku=sku, design=None).first()
    room = MAXIMUM_QUANTITY - (held.quantity if held else 0)
    if not 0 < room < line.quantity:
        # Without any room the cart refuses, in its own words.
        add_plain_item(owner=shopper, sku=sku, quantity=line.quantity, closed=closed)
        return
    add_plain_item(owner=shopper, sku=sku, quantity=room, closed=closed)
    line.quantity = room
    line.reason = _("One order can hold up to %(maximum)s of the same product, so not all fitted in.") % {
        "maximum": number_format(MAXIMUM_QUANTITY, force_grouping=True)
    }


def _outcome(lines: Iterable[_Line]) -> list[list[str]]:
    lines = list(lines)
    taken = [line for line in lines if line.is_taken]
    told = [[TAKEN, _in_your_cart(taken)]] if taken else []
    told += [[LEFT_OUT, f"{line.item.title}: {line.reason}"] for line in lines if line.reason]
    if len(told) <= MOST_SENTENCES:
        return told
    rest = _("And %(number)s more. The order's page tells you about each of them.")
    left = len(told) - MOST_SENTENCES + 1
    return [*told[: MOST_SENTENCES - 1], [LEFT_OUT, rest % {"number": left}]]


def _in_your_cart(lines: list[_Line]) -> str:
    first = [f"{number_format(line.quantity, force_grouping=True)} × {line.item.title}" for line in lines[:4]]
    if len(lines) > len(first):
        first.append(_("%(number)s more") % {"number": len(lines) - len(first)})
    return _("Now in your cart: %(lines)s.") % {"lines": ", ".join(first)}


def _told_before(reorder: Reorder, order: Order) -> list[tuple[str, str]]:
    if reorder.order_id != order.pk:
        raise OtherOrder
    return [(level, sentence) for level, sentence in reorder.outcome]


def _drop_copies(lines: list[_Line], shopper: StorefrontUser, *, all_of_them: bool) -> None:
    """Copies that did not get into the cart, because the cart refused or the other click was faster."""
    for line in lines:
        if line.design is not None and line.is_copy and (all_of_them or not line.is_taken):
            with suppress(Design.DoesNotExist):
                delete_design(owner=shopper, design=line.design)
