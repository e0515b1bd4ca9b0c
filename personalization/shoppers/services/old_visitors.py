"""Visitors who have left nothing, and those who have become an account: after a while nobody needs them.

The Hub has no call that removes a storefront user; what it keeps of one is a random id without any content.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, QuerySet
from django.utils import timezone

from personalization.models import AccountMerge, StorefrontUser

MOST_AT_ONCE = 1000
MERGE = "merge"


def clear_visitors() -> int:
    """Delete visitors not seen for VISITORS_KEPT_DAYS to whom nothing belongs; how many went.

    Whoever still has such a visitor's cookie begins as a new one. A visitor who has joined an account goes
    with the note about it, unless the Hub is still to be told or a design remembers who made it.
    """
    ids = _left().order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE]
    return sum(_clear(user_id) for user_id in list(ids))


@transaction.atomic
def _clear(user_id: int) -> bool:
    # Again, and locked: the visitor may have come back in between.
    visitor = StorefrontUser.objects.select_for_update().filter(pk=user_id).first()
    if visitor is None or not _left().filter(pk=user_id).exists():
        return False
    visitor.delete()
    return True


def _left() -> QuerySet[StorefrontUser]:
    """Visitors not seen for long without anything, whichever room it would be in."""
    before = timezone.localdate() - timedelta(days=settings.VISITORS_KEPT_DAYS)
    visitors = StorefrontUser.objects.filter(account=None, last_seen_on__lt=before)
    for relation in StorefrontUser._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        theirs = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        if relation.name == MERGE:
            theirs = theirs.filter(status=AccountMerge.Status.WAITING)
        visitors = visitors.exclude(Exists(theirs))
    return visitors
