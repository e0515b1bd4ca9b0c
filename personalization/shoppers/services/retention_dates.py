"""How long the shop keeps designs that lie in no cart and no order."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from personalization.models import StorefrontUser


def new_promise(owner: StorefrontUser) -> datetime:
    """Until when the shop keeps what the owner touches now: DESIGNS_KEPT_DAYS, or for a visitor
    VISITOR_DESIGNS_KEPT_DAYS.
    """
    is_visitor = owner.account_id is None
    days = settings.VISITOR_DESIGNS_KEPT_DAYS if is_visitor else settings.DESIGNS_KEPT_DAYS
    return timezone.now() + timedelta(days=days)
