"""Carts that visitors have left behind. An account's cart waits for as long as the account."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..models import Cart

MOST_AT_ONCE = 100


def clear_abandoned_carts() -> int:
    """Delete the carts that visitors have not changed for VISITOR_CARTS_KEPT_DAYS; how many went.

    Their designs stay for as long as was promised, and are then let go with all others.
    """
    cart_ids = list(_abandoned().order_by("updated_at").values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(_clear(cart_id) for cart_id in cart_ids)


@transaction.atomic
def _clear(cart_id: int) -> bool:
    # Again, and locked: the visitor may have come back in between.
    cart = _abandoned().select_for_update(of=("self",)).filter(pk=cart_id).first()
    if cart is None:
        return False
    cart.delete()
    return True


def _abandoned() -> QuerySet[Cart]:
    before = timezone.now() - timedelta(days=settings.VISITOR_CARTS_KEPT_DAYS)
    return Cart.objects.filter(updated_at__lt=before, owner__account=None)
