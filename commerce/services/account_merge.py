"""What comes along when a visitor logs in: their cart, their orders and their designs join the account's."""

from django.contrib.auth.models import User
from django.db import transaction

from core.addresses import normal_form
from personalization.models import StorefrontUser
from personalization.shoppers.services.account_merge import adopt_visitor
from personalization.shoppers.services.visitors import account_storefront_user

from ..models import Cart, CartItem, Order, OutgoingEmail
from .cart import MAXIMUM_QUANTITY
from .emails import owe_email


@transaction.atomic
def merge_into_account(*, visitor: StorefrontUser, account: User) -> StorefrontUser:
    """Give the account all that the visitor has; the account's storefront user is the answer.

    Lines with a design move as they are. A product without one adds to the account's line of the same SKU,
    up to what a line can hold. Nothing is dropped, even if the cart ends up with more lines than one can add.
    The Hub follows later by itself. Raises ValueError for a visitor who belongs to another account.
    """
    account_user = account_storefront_user(account)
    adopt_visitor(visitor=visitor, account_user=account_user)
    _merge_carts(visitor, account_user)
    Order.objects.filter(owner=visitor).update(owner=account_user)
    return account_user


@transaction.atomic
def join_guest_orders(*, email: str, account: User) -> int:
    """Give the account the orders that guests placed with this address, and tell the address; how many.

    Only while a session of that account shows that it reads the address.
    """
    guests = Order.objects.filter(email_normal=normal_form(email), owner__account=None, owner__merge=None)
    newest = guests.order_by("-created_at").first()
    if newest is None:
        return 0
    joined = guests.update(owner=account_storefront_user(account))
    owe_email(newest, OutgoingEmail.Kind.JOINED, event=str(account.pk))
    return joined


def _merge_carts(visitor: StorefrontUser, account_user: StorefrontUser) -> None:
    if not Cart.objects.filter(owner=visitor).exists():
        return
    Cart.objects.get_or_create(owner=account_user)
    carts = Cart.objects.select_for_update().filter(owner__in=[visitor, account_user]).order_by("pk")
    by_owner = {cart.owner_id: cart for cart in carts}
    source, target = by_owner[visitor.pk], by_owner[account_user.pk]
    for item in source.items.all():
        _move(item, target)
    source.delete()
    target.save(update_fields=["updated_at"])


def _move(item: CartItem, target: Cart) -> None:
    same = None if item.design_id else target.items.filter(sku=item.sku, design=None).first()
    if same is None:
        item.cart = target
        item.save(update_fields=["cart"])
        return
    same.quantity = min(same.quantity + item.quantity, MAXIMUM_QUANTITY)
    same.save(update_fields=["quantity"])
    item.delete()
