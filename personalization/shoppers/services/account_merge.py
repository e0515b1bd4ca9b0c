"""From a visitor to an account: their designs come along, in the shop at once and in the Hub soon after.

The Hub moves what an anonymous user has made to a regular one by a call of its own, "merge-anonymous". A
login never waits for that call: it only leaves a row, and the worker keeps asking until the Hub has answered.
"""

import logging

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.outbox import GiveUp, Outbox
from personalization.hub import (
    HubError,
    HubForbidden,
    HubNotFound,
    HubRejected,
    HubUnavailable,
    get_hub,
)
from personalization.models import AccountMerge, Design, RemoteCleanUp, RetentionJob, StorefrontUser
from personalization.trouble import later

from .retention_dates import new_promise

logger = logging.getLogger(__name__)

Status = AccountMerge.Status
MERGES = Outbox(AccountMerge, task="personalization.tasks.merge_account", keeps_done=True)
ANY = Q(pk__isnull=False)
CONFLICT = 409


@transaction.atomic
def adopt_visitor(*, visitor: StorefrontUser, account_user: StorefrontUser) -> AccountMerge:
    """Give a visitor's designs to the account's storefront user, and note that the Hub has to do the same.

    Called again, it brings along what has appeared since. A visitor whom the Hub has never heard of needs no
    call. Raises ValueError for a visitor who has an account or belongs to another one already.
    """
    visitor = StorefrontUser.objects.select_for_update().get(pk=visitor.pk)
    if visitor.account_id is not None or visitor.pk == account_user.pk:
        raise ValueError("only a visitor without an account can be adopted")
    is_known = visitor.registered_at is not None
    merge, created = AccountMerge.objects.get_or_create(
        visitor=visitor,
        defaults={"account_user": account_user, "status": Status.WAITING if is_known else Status.DONE},
    )
    if merge.account_user_id != account_user.pk:
        raise ValueError("the visitor belongs to another account")
    # Copies for print only were made as somebody else, and stay so.
    moved = {"owner": account_user, "made_as": Coalesce("made_as", visitor.pk)}
    RemoteCleanUp.objects.filter(owner=visitor).update(**moved)
    designs, until = Design.objects.filter(owner=visitor), new_promise(account_user)
    designs.filter(is_untouched=False, kept_until__lt=until).update(kept_until=until)
    # Whether a merge keeps what the Hub was told of the visitor's designs, nobody knows: it is told again.
    told = RetentionJob.objects.filter(design__owner=visitor).exclude(design__retention="")
    told.update(status=Status.WAITING, due_at=timezone.now())
    designs.update(**moved)
    if created and is_known:
        MERGES.wake_on_commit(merge.pk)
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
    MERGES.wake(AccountMerge.objects.get(visitor=visitor).pk)


def hub_owner_id(design: Design | RemoteCleanUp) -> str:
    """The id under which the Hub keeps the design, or what is left of one, now.

    Finishes an open merge first, because nobody can tell to whom a design belongs in the middle of one.
    Raises HubUnavailable while the Hub does not answer.
    """
    if design.made_as_id is None:
        return design.owner.hub_id
    merge = AccountMerge.objects.filter(visitor=design.made_as_id).first()
    if merge is None:
        # A copy for print only: its maker is somebody of their own.
        return (design.made_as or design.owner).hub_id
    if merge.status == Status.WAITING:
        merge = finish_merge(merge.pk, is_urgent=True)
    if merge.status == Status.WAITING:
        raise HubUnavailable("the shopper's designs are still moving to their account")
    return merge.account_user.hub_id if merge.status == Status.DONE else merge.visitor.hub_id


def finish_merge(merge_id: int, *, is_urgent: bool = False) -> AccountMerge:
    """Ask the Hub to move the visitor's designs to the account, if that is due; urgent: pause or not."""
    MERGES.run(merge_id, _ask_hub, early=ANY if is_urgent else None)
    return AccountMerge.objects.select_related("visitor", "account_user").get(pk=merge_id)


def _ask_hub(merge: AccountMerge) -> None:
    hub, account_user = get_hub(), merge.account_user
    try:
        hub.ensure_storefront_user(account_user.hub_id, anonymous=False)
        if account_user.registered_at is None:
            StorefrontUser.objects.filter(pk=account_user.pk).update(registered_at=timezone.now())
        hub.merge_storefront_users(anonymous_id=merge.visitor.hub_id, regular_id=account_user.hub_id)
    except HubError as trouble:
        if isinstance(trouble, HubNotFound) or getattr(trouble, "status", None) == CONFLICT:
            # The visitor is no user of their own any more: an earlier attempt, whose answer was lost, did it.
            return
        if isinstance(trouble, HubRejected) and not isinstance(trouble, HubForbidden):
            logger.error("The Hub refuses to merge storefront user %s: %s", merge.visitor_id, trouble)
            raise GiveUp(trouble.detail or str(trouble)) from trouble
        raise later(f"The merge of storefront user {merge.visitor_id}", trouble) from trouble
