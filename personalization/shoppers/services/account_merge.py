"""From a visitor to an account: their designs come along, in the shop at once and in the Hub soon after.

The Hub moves what an anonymous user has made to a regular one by a call of its own, "merge-anonymous". A
login never waits for that call: it only leaves a row, and the worker keeps asking until the Hub has answered.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_q.tasks import async_task

from personalization.designs.services.retention_dates import new_promise
from personalization.hub import (
    HubError,
    HubForbidden,
    HubNotAsked,
    HubNotFound,
    HubRejected,
    HubUnavailable,
    get_hub,
)
from personalization.models import Design, DesignLeftover, StorefrontUser, StorefrontUserMerge

logger = logging.getLogger(__name__)

MERGE = "personalization.tasks.merge_storefront_user"
Status = StorefrontUserMerge.Status
# Longer than the queue lets any task run: a lease that has run out belongs to a worker that is gone.
LEASE = timedelta(seconds=150)
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=15)
MOST_WAKE_UPS = 50
CONFLICT = 409


@transaction.atomic
def adopt_visitor(*, visitor: StorefrontUser, account_user: StorefrontUser) -> StorefrontUserMerge:
    """Give a visitor's designs to the account's storefront user, and note that the Hub has to do the same.

    Called again, it brings along what has appeared since. A visitor whom the Hub has never heard of needs no
    call. Raises ValueError for a visitor who has an account or belongs to another one already.
    """
    visitor = StorefrontUser.objects.select_for_update().get(pk=visitor.pk)
    if visitor.account_id is not None or visitor.pk == account_user.pk:
        raise ValueError("only a visitor without an account can be adopted")
    is_known = visitor.registered_at is not None
    merge, created = StorefrontUserMerge.objects.get_or_create(
        visitor=visitor,
        defaults={
            "account_user": account_user,
            "status": Status.PENDING if is_known else Status.DONE,
            "next_attempt_at": timezone.now() if is_known else None,
        },
    )
    if merge.account_user_id != account_user.pk:
        raise ValueError("the visitor belongs to another account")
    # Copies for print only were made as somebody else, and stay so.
    moved = {"owner": account_user, "made_as": Coalesce("made_as", visitor.pk)}
    DesignLeftover.objects.filter(owner=visitor).update(**moved)
    designs, until = Design.objects.filter(owner=visitor), new_promise(account_user)
    designs.filter(is_untouched=False, kept_until__lt=until).update(kept_until=until)
    # Whether a merge keeps what the Hub was told of the visitor's designs, nobody knows: it is told again.
    designs.exclude(retention="").update(retention_due_at=timezone.now())
    designs.update(**moved)
    if created and is_known:
        _wake_on_commit(merge)
    return merge


def present_self(owner: StorefrontUser) -> StorefrontUser:
    """Who the shopper is by now: the account's storefront user, if they logged in while their request was on
    its way; else the owner.

    For the beginning of a transaction that gives the owner something new: until it ends, a login waits.
    """
    StorefrontUser.objects.select_for_update().get(pk=owner.pk)
    return StorefrontUser.objects.filter(merges__visitor=owner).first() or owner


def alias(owner: StorefrontUser, hub_id: str) -> StorefrontUser | None:
    """The visitor with this Hub id, if the owner was that visitor before logging in; else None."""
    if "\0" in hub_id:  # PostgreSQL takes none
        return None
    return StorefrontUser.objects.filter(hub_id=hub_id, merge__account_user=owner).first()


def reopen_merge(visitor: StorefrontUser) -> None:
    """Ask the Hub once more: an editor that was open during the login has made something for the visitor.

    Called inside the transaction that keeps the design.
    """
    merge = StorefrontUserMerge.objects.select_for_update().get(visitor=visitor)
    merge.status, merge.next_attempt_at = Status.PENDING, timezone.now()
    merge.save(update_fields=["status", "next_attempt_at"])
    _wake_on_commit(merge)


def hub_owner_id(design: Design | DesignLeftover) -> str:
    """The id under which the Hub keeps the design, or what is left of one, now.

    Finishes an open merge first, because nobody can tell to whom a design belongs in the middle of one.
    Raises HubUnavailable while the Hub does not answer.
    """
    if design.made_as_id is None:
        return design.owner.hub_id
    merge = StorefrontUserMerge.objects.filter(visitor=design.made_as_id).first()
    if merge is None:
        # A copy for print only: its maker is somebody of their own.
        return (design.made_as or design.owner).hub_id
    if merge.status == Status.PENDING:
        merge = finish_merge(merge.pk, is_urgent=True)
    if merge.status == Status.PENDING:
        raise HubUnavailable("the shopper's designs are still moving to their account")
    return merge.account_user.hub_id if merge.status == Status.DONE else merge.visitor.hub_id


def finish_merge(merge_id: int, *, is_urgent: bool = False) -> StorefrontUserMerge:
    """Ask the Hub to move the visitor's designs to the account, if that is due; urgent: pause or not.

    Safe to call at any time, any number of times, by any number of workers. Trouble with the Hub is noted on
    the row, which is then due again after a pause.
    """
    if not _claim(merge_id, is_urgent=is_urgent):
        return _load(merge_id)
    merge = _load(merge_id)
    try:
        _ask_hub(merge)
    except HubError as trouble:
        return _take_in(merge, trouble)
    return _close(merge, Status.DONE)


def wake_due_merges() -> None:
    """For the sweep: what the queue has lost, and what has to be tried again."""
    now = timezone.now()
    due = StorefrontUserMerge.objects.filter(_free(now), status=Status.PENDING, next_attempt_at__lte=now)
    for merge_id in due.order_by("next_attempt_at").values_list("pk", flat=True)[:MOST_WAKE_UPS]:
        async_task(MERGE, merge_id)


def _ask_hub(merge: StorefrontUserMerge) -> None:
    hub = get_hub()
    account_user = merge.account_user
    hub.ensure_storefront_user(account_user.hub_id, anonymous=False)
    if account_user.registered_at is None:
        StorefrontUser.objects.filter(pk=account_user.pk).update(registered_at=timezone.now())
    hub.merge_storefront_users(anonymous_id=merge.visitor.hub_id, regular_id=account_user.hub_id)


def _take_in(merge: StorefrontUserMerge, trouble: HubError) -> StorefrontUserMerge:
    if isinstance(trouble, HubNotFound) or getattr(trouble, "status", None) == CONFLICT:
        # The visitor is no user of their own any more: an earlier attempt, whose answer was lost, did it.
        return _close(merge, Status.DONE)
    if isinstance(trouble, HubRejected) and not isinstance(trouble, HubForbidden):
        logger.error("The Hub refuses to merge storefront user %s: %s", merge.visitor_id, trouble)
        return _close(merge, Status.REFUSED, reason=trouble.detail or str(trouble))
    logger.warning("The merge of storefront user %s has to wait: %s", merge.visitor_id, trouble)
    StorefrontUserMerge.objects.filter(pk=merge.pk).update(
        attempts=F("attempts") + (0 if isinstance(trouble, HubNotAsked) else 1),
        next_attempt_at=timezone.now() + _pause(merge.attempts, getattr(trouble, "retry_after", None)),
        leased_until=None,
        reason=str(trouble),
    )
    return _load(merge.pk)


def _pause(attempts: int, retry_after: float | None) -> timedelta:
    """Doubling with every failed attempt, and at least what the Hub asks for."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempts, 10)
    return max(min(doubled, LONGEST_PAUSE), timedelta(seconds=retry_after or 0))


def _close(merge: StorefrontUserMerge, status: Status, *, reason: str = "") -> StorefrontUserMerge:
    # Reopened while we asked (another time to be due): then it stays open.
    unchanged = StorefrontUserMerge.objects.filter(pk=merge.pk, next_attempt_at=merge.next_attempt_at)
    unchanged.update(status=status, reason=reason, next_attempt_at=None)
    StorefrontUserMerge.objects.filter(pk=merge.pk).update(leased_until=None)
    return _load(merge.pk)


def _claim(merge_id: int, *, is_urgent: bool) -> bool:
    now = timezone.now()
    due = Q() if is_urgent else Q(next_attempt_at__lte=now)
    merges = StorefrontUserMerge.objects.filter(_free(now), due, pk=merge_id, status=Status.PENDING)
    return bool(merges.update(leased_until=now + LEASE))


def _free(now: datetime) -> Q:
    return Q(leased_until=None) | Q(leased_until__lt=now)


def _load(merge_id: int) -> StorefrontUserMerge:
    return StorefrontUserMerge.objects.select_related("visitor", "account_user").get(pk=merge_id)


def _wake_on_commit(merge: StorefrontUserMerge) -> None:
    transaction.on_commit(lambda: async_task(MERGE, merge.pk), robust=True)
