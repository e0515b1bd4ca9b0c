"""Copies of designs: an ordered design never changes, so the shopper goes on with a copy of it.

The Hub copies the private designs, one call each, and no rollback takes a call back. So what is being copied
stands in a row of the remote clean-up until the copy has a row of its own: whatever happens in between, what
was copied in vain is removed.
"""

import base64
import logging
import re
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from personalization.designs.selectors import is_ordered
from personalization.hub import HubError, HubNotFound, HubUnavailable, get_hub
from personalization.models import Design, RemoteCleanUp, StorefrontUser
from personalization.shoppers.services.account_merge import hub_owner_id, present_self
from personalization.shoppers.services.retention_dates import new_promise

from .picture_copies import copy_pictures, owe_pictures
from .remote_clean_up import CLEAN_UPS
from .retention import RETENTIONS, design_is_in_hub, keep_longer

logger = logging.getLogger(__name__)

# A copy that was opened and never saved: long enough to come back to the tab the next day.
UNTOUCHED = timedelta(days=2)
# Longer than a request may take: what stands there after it was copied in vain.
COPYING = timedelta(minutes=15)
# In data of an editor an id stands alone; shorter ones could be anything.
SHORTEST_ID = 12
CARRIED = (
    "sku",
    "product_reference",
    "title",
    "quantity",
    "hub_product_id",
    "hub_product_version_id",
    "hub_product_link_id",
    "hub_variant_id",
    "preview_urls",
    "warnings",
    "lowest_dpi",
    "name",
    "is_print_only",
)


class DesignGone(Exception):
    """The Hub no longer has the design; `message` tells the shopper."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class NotEditable(DesignGone):
    """The design can be ordered as it is, but no editor can open it; `message` tells the shopper."""


def copy_design(*, design: Design, owner: StorefrontUser) -> Design:
    """A copy of the owner's design, kept as any design is.

    Calls the Hub, so not for a transaction. Raises Design.DoesNotExist for somebody else's design, DesignGone
    and HubError; then nothing new exists, and what the Hub had copied by then is removed there.
    """
    _check_owner(design, owner)
    return _copy(design, owner, is_untouched=False)


def copy_for_print(*, design: Design, owner: StorefrontUser) -> Design:
    """A copy of somebody else's design, for whoever may order it again because they have an order's link.

    The Hub copies within one storefront user only, so the copy stays with the design's maker there. It can be
    printed; no editor opens it, because that would take the maker's token, which opens all that they have.
    Calls the Hub, so not for a transaction. Raises DesignGone and HubError as `copy_design` does.
    """
    return _copy(design, owner, is_untouched=False, is_print_only=True)


def design_for_editing(*, design: Design, owner: StorefrontUser) -> Design:
    """What the editor opens when the owner goes on with a design: the design itself, which is then kept
    longer, or a copy if it is ordered. Raises as `copy_design` does, and NotEditable.
    """
    if design.is_print_only:
        raise NotEditable(
            _(
                "This is a copy of a design from another browser or account. It is printed as it is; to "
                "change something, please start a new one."
            )
        )
    if is_ordered(design):
        return copy_for_editing(design=design, owner=owner)
    if design_is_in_hub(design) is False:
        raise DesignGone(gone_message())
    keep_longer(design)
    return design


def copy_for_editing(*, design: Design, owner: StorefrontUser) -> Design:
    """The untouched copy with which the owner goes on from an ordered design: the one that there is already,
    else a new one. Raises as `copy_design` does.
    """
    _check_owner(design, owner)
    if known := _untouched_copy(design, owner):
        return known
    try:
        return _copy(design, owner, is_untouched=True)
    except IntegrityError:
        # Opened twice at the same time; the other one was faster.
        if known := _untouched_copy(design, owner):
            return known
        raise


def gone_message() -> str:
    """What a shopper reads about a design that the Hub no longer has."""
    return _("This design is no longer available. Please personalize the product again.")


def _untouched_copy(design: Design, owner: StorefrontUser) -> Design | None:
    copies = Design.objects.filter(copy_of=design, owner=owner, is_untouched=True)
    copies.update(kept_until=timezone.now() + UNTOUCHED)
    return copies.select_related("owner", "made_as").first()


def _check_owner(design: Design, owner: StorefrontUser) -> None:
    if design.owner_id != owner.pk:
        raise Design.DoesNotExist


def _copy(
    design: Design, owner: StorefrontUser, *, is_untouched: bool, is_print_only: bool = False
) -> Design:
    attempt = RemoteCleanUp.objects.create(
        owner=owner,
        made_as=design.made_as or (design.owner if is_print_only else None),
        ending=RemoteCleanUp.Ending.DELETE,
        due_at=timezone.now() + COPYING,
    )
    try:
        _copy_in_hub(design, attempt)
        copy = _keep(design, attempt, is_untouched=is_untouched, is_print_only=is_print_only)
    except BaseException:
        CLEAN_UPS.wake(attempt.pk)
        raise
    copy_pictures(design, to=copy)
    return copy


def _copy_in_hub(design: Design, attempt: RemoteCleanUp) -> None:
    hub, owner_id = get_hub(), hub_owner_id(design)
    try:
        for state in design.state_ids:
            attempt.state_ids.append(hub.copy_private_design(state, owner_id=owner_id))
            attempt.save(update_fields=["state_ids"])
    except HubNotFound as trouble:
        logger.warning("Design %s cannot be copied: %s", design.pk, trouble)
        Design.objects.filter(pk=design.pk).update(gone_at=timezone.now())
        raise DesignGone(gone_message()) from None
    except HubError as trouble:
        logger.warning("Design %s cannot be copied: %s", design.pk, trouble)
        raise


@transaction.atomic
def _keep(design: Design, attempt: RemoteCleanUp, *, is_untouched: bool, is_print_only: bool) -> Design:
    present_self(attempt.owner)
    # The owner may have logged in meanwhile; the row knows whose it is by now.
    rows = RemoteCleanUp.objects.select_for_update(of=("self",)).select_related("owner", "made_as")
    made = rows.filter(pk=attempt.pk, due_at=attempt.due_at, lease=None).first()
    if made is None:
        raise HubUnavailable("copying a design took too long")
    carried = {name: getattr(design, name) for name in CARRIED}
    if is_print_only:
        # Whoever has an order's link reads what was ordered, not what its maker calls it.
        carried |= {"name": "", "is_print_only": True}
    copy = Design.objects.create(
        **carried,
        owner=made.owner,
        made_as=made.made_as,
        state_ids=made.state_ids,
        hidden=_renamed(design.hidden, dict(zip(design.state_ids, made.state_ids, strict=True))),
        copy_of=design,
        is_untouched=is_untouched,
        kept_until=timezone.now() + UNTOUCHED if is_untouched else new_promise(made.owner),
    )
    if not is_untouched:
        RETENTIONS.owe(copy.pk)
    owe_pictures(copy)
    made.delete()
    return copy


def _renamed(value: Any, ids: dict[str, str]) -> Any:
    """An editor's data with the copies' ids in place of the originals', also inside of texts."""
    if isinstance(value, dict):
        return {name: _renamed(inner, ids) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, ids) for inner in value]
    return _renamed_text(value, ids) if isinstance(value, str) else value


def _renamed_text(text: str, ids: dict[str, str]) -> str:
    """Also in base64, as a snapshot of the UI Framework is; a text without an id stays as it is."""
    renamed = _replaced(text, ids)
    if renamed != text:
        return renamed
    try:
        plain = base64.b64decode(text, validate=True).decode()
    except ValueError:
        return text
    renamed = _replaced(plain, ids)
    return text if renamed == plain else base64.b64encode(renamed.encode()).decode()


def _replaced(text: str, ids: dict[str, str]) -> str:
    if text in ids:
        return ids[text]
    for old, new in ids.items():
        if len(old) >= SHORTEST_ID:
            text = re.sub(rf"(?<![\w.-]){re.escape(old)}(?![\w.-])", new, text)
    return text
