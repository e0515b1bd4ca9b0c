"""Retention of designs: what the shop promises, what the Hub is told, and how a design ends.

The Hub deletes temporary private designs some time after their last use. A design that the shop keeps is
exempt there; when the shop's promise is over and it lies in no cart and no order, it is let go.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from core.outbox import Later, Outbox
from personalization.designs.selectors import is_ordered
from personalization.hub import HubError, HubNotFound, get_hub
from personalization.models import Design, RemoteCleanUp, RetentionJob, StorefrontUser
from personalization.shoppers.services.account_merge import hub_owner_id, present_self
from personalization.shoppers.services.retention_dates import new_promise
from personalization.trouble import later, log_trouble

from .storing import discard_design

logger = logging.getLogger(__name__)

RETENTIONS = Outbox(
    RetentionJob,
    task="personalization.tasks.keep_design",
    first_pause=timedelta(minutes=1),
    longest_pause=timedelta(hours=6),
)
# Telling the Hub again also shows whether it still has the design.
TELL_AGAIN = timedelta(days=30)
TELL_AGAIN_IN_CART = timedelta(days=1)
LOOK_AGAIN_WHEN_GONE = timedelta(hours=1)
LOOKED_JUST_NOW = timedelta(minutes=2)
MOST_LET_GO = 50
MOST_CHARACTERS = 120


class DesignInUse(Exception):
    """The design cannot be deleted; `message` tells the shopper why and what to do."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def keep_longer(design: Design) -> bool:
    """The shopper has touched the design: the promise begins anew, and the Hub is told if it was not yet;
    False when the shop no longer has it.
    """
    now, until = timezone.now(), new_promise(design.owner)
    same = Design.objects.filter(pk=design.pk, is_untouched=False)
    if not same.update(kept_until=Greatest(Coalesce("kept_until", until), until)):
        return False
    if same.filter(retention="").exists():
        RETENTIONS.owe(design.pk)
        RETENTIONS.wake_on_commit(design.pk)
    else:
        RETENTIONS.owe(design.pk, by=now + TELL_AGAIN_IN_CART)
    return True


def keep_in_hub(design_id: str) -> bool:
    """Tell the Hub to keep the design, if that is due; whether it does.

    A design that is in a project of the Hub is kept by that, and only looked for while it lies in a cart
    again.
    """
    return RETENTIONS.run(design_id, _keep)


def _keep(job: RetentionJob) -> timedelta | None:
    design = job.design
    in_project = design.render_projects.exclude(hub_project_id=None).exists()
    in_cart = hasattr(design, "cart_item")
    if in_project and not in_cart:
        return None
    try:
        told = _ask_hub(design, in_project=in_project)
    except HubNotFound as trouble:
        raise _missed(design, trouble) from trouble
    except HubError as trouble:
        raise later(f"Retention of design {design.pk}", trouble) from trouble
    Design.objects.filter(pk=design.pk).update(retention=told, gone_at=None)
    return TELL_AGAIN_IN_CART if in_cart else TELL_AGAIN


def design_is_in_hub(design: Design) -> bool | None:
    """Whether the Hub still has all of the design, asked now; None when it does not say.

    A network call, so not for a transaction. What is found is noted on the design.
    """
    try:
        owner_id = hub_owner_id(design)
        found = all(get_hub().has_private_design(state, owner_id=owner_id) for state in design.state_ids)
    except HubError as trouble:
        log_trouble(f"Looking for design {design.pk}", trouble)
        return None
    if not found and not _was_ever_known(design):
        return None
    design.gone_at = None if found else design.gone_at or timezone.now()
    Design.objects.filter(pk=design.pk).update(gone_at=design.gone_at)
    return found


def look_again(designs: Iterable[Design]) -> None:
    """Find out soon, in the background, whether the Hub still has the designs, if that was not done in the
    last minutes: for a page that shows what is about to be ordered.
    """
    now = timezone.now()
    told_before = now - LOOKED_JUST_NOW + TELL_AGAIN_IN_CART
    jobs = [getattr(design, "retention_job", None) for design in designs]
    stale = [job.pk for job in jobs if job and now < job.due_at < told_before]
    for design_id in stale:
        RETENTIONS.owe(design_id)
        RETENTIONS.wake_on_commit(design_id)


@transaction.atomic
def rename_design(*, owner: StorefrontUser, design: Design, name: str) -> Design:
    """Give the design the shopper's own name; an empty one takes it away again.

    Longer names are cut at 120 characters. Raises Design.DoesNotExist for somebody else's design.
    """
    design = _locked(owner, design)
    design.name = " ".join(name.replace("\x00", "").split())[:MOST_CHARACTERS]
    design.save(update_fields=["name"])
    return design


@transaction.atomic
def delete_design(*, owner: StorefrontUser, design: Design) -> None:
    """Delete the design: in the shop at once, in the Hub soon after, however long that is away.

    Raises DesignInUse while it is in an order or a cart, and Design.DoesNotExist for somebody else's design.
    """
    design = _locked(owner, design)
    if is_ordered(design):
        raise DesignInUse(_("This design belongs to an order, so we keep it with the order."))
    if not discard_design(design, ending=RemoteCleanUp.Ending.DELETE):
        raise DesignInUse(_("This design is in your cart. Remove it there first, then you can delete it."))


def let_expired_go() -> int:
    """For the sweep: end designs whose promise is over and that lie in no cart; how many ended.

    One that belongs to an order is kept with it, and needs no promise any more.
    """
    ended = 0
    expired = Design.objects.filter(kept_until__lt=timezone.now(), cart_item=None).order_by("kept_until")
    for design_id in expired.values_list("pk", flat=True)[:MOST_LET_GO]:
        ended += _let_go(design_id)
    return ended


@transaction.atomic
def _let_go(design_id: UUID) -> bool:
    seen = Design.objects.select_related("owner").filter(pk=design_id).first()
    if seen is None or present_self(seen.owner) != seen.owner:
        return False
    # Again, and locked after the owner, as everywhere: the shopper may have come back in between.
    over = Design.objects.select_for_update(of=("self",)).filter(pk=design_id, kept_until__lt=timezone.now())
    design = over.filter(owner=seen.owner).select_related("owner", "made_as").first()
    if design is None:
        return False
    if is_ordered(design):
        Design.objects.filter(pk=design_id).update(kept_until=None)
        return False
    ending = RemoteCleanUp.Ending.DELETE if design.is_untouched else RemoteCleanUp.Ending.LET_GO
    return discard_design(design, ending=ending)


def _locked(owner: StorefrontUser, design: Design) -> Design:
    owner = present_self(owner)
    own = Design.objects.select_for_update(of=("self",)).select_related("owner", "made_as")
    return own.get(pk=design.pk, owner=owner)


def _ask_hub(design: Design, *, in_project: bool) -> str:
    """What the Hub has been told; raises HubNotFound when it lacks a part of the design."""
    hub, owner_id = get_hub(), hub_owner_id(design)
    for state in design.state_ids:
        if in_project:
            if not hub.has_private_design(state, owner_id=owner_id):
                raise HubNotFound(f"The Hub has no private design {state}")
        else:
            hub.keep_private_design(state, owner_id=owner_id)
    return design.retention if in_project else hub.config.keeping_policy


def _missed(design: Design, trouble: HubNotFound) -> Later:
    if _was_ever_known(design):
        logger.warning("Design %s is gone in the Hub: %s", design.pk, trouble)
        Design.objects.filter(pk=design.pk, gone_at=None).update(gone_at=timezone.now())
        return Later(str(trouble), after=LOOK_AGAIN_WHEN_GONE.total_seconds(), is_attempt=False)
    logger.error("The Hub has no private design of product %s: %s", design.product_reference, trouble)
    return Later(str(trouble))


def _was_ever_known(design: Design) -> bool:
    """Whether the Hub has ever known a design of this product.

    If not, the shop looks at a wrong place, or this editor keeps its designs elsewhere: no reason to believe
    that they are gone.
    """
    return Design.objects.filter(product_reference=design.product_reference).exclude(retention="").exists()
