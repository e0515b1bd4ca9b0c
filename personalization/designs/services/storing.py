"""Designs: what the editor hands over when a shopper adds to the cart, checked and kept.

The output comes from the browser. The family's adapter brings it into one shape, `ILineItem` of Workflow
Elements: `quantity`, `sku`, product ids and `properties` with `_stateId` (private designs in the Hub),
`_userId`, `_hidden.images` (previews) and more. Then all of it is checked here, whatever the family.
"""

import json
import re
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from core.bounds import FROM_BROWSERS, OutOfBounds, check_bounds
from personalization.designs.selectors import ORDERED
from personalization.editors import FAMILIES, UnreadableOutput
from personalization.hub import HubConfig
from personalization.hub.addresses import origin
from personalization.models import Design, RemoteCleanUp, RetentionJob, StorefrontUser
from personalization.shoppers.services.account_merge import alias, reopen_merge
from personalization.shoppers.services.retention_dates import new_promise

from .previews import PREVIEWS
from .quality import read_quality
from .remote_clean_up import clean_up_after

MAXIMUM_QUANTITY = 9999
MAXIMUM_STATES = 20
MAXIMUM_IMAGES = 20
MAXIMUM_IMAGE_ADDRESS = 2000
MAXIMUM_HIDDEN_BYTES = 128 * 1024
MAXIMUM_ID = 2**63 - 1
STATE_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")


class DesignRejected(Exception):
    """The editor's output cannot be accepted; `message` tells the shopper what to do, `reason` is for the
    log.
    """

    def __init__(self, message: str, *, reason: str):
        super().__init__(reason)
        self.message = message
        self.reason = reason


def save_design(
    *,
    owner: StorefrontUser,
    variant_sku: str,
    allowed_skus: Collection[str],
    product_reference: str,
    hub_product_id: int | None = None,
    title: str,
    output: dict[str, Any],
    editor: str = "workflow-elements",
    image_origins: Collection[str] = (),
    quality: Any = None,
) -> Design:
    """Keep what an editor of the family `editor` handed over as a new design of the owner.

    `variant_sku` is what the editor was opened for; the shopper may have changed to another of
    `allowed_skus` in it. A product without reference is given by `hub_product_id`, and the reference is
    empty. Previews are taken from the Hub's hosts and from `image_origins` only; others are dropped.
    `quality` is what the editor reports about the print quality, see `quality.read_quality`.
    Raises DesignRejected.
    """
    reported = read_quality(quality)
    _check_storable(output)
    output = _line_item(editor, output)
    properties = _dict(output.get("properties"), "properties")
    made_as = _maker(owner, properties.get("_userId"))
    hidden = _hidden(properties)
    design = Design(
        owner=owner,
        made_as=made_as,
        sku=_sku(output.get("sku"), variant_sku, allowed_skus),
        product_reference=product_reference,
        title=title,
        quantity=_quantity(output.get("quantity")),
        state_ids=_state_ids(properties.get("_stateId")),
        hub_product_id=_product_id(output, hub_product_id),
        hub_product_version_id=_id(output, "productVersionId"),
        hub_product_link_id=_id(output, "productLinkId"),
        hub_variant_id=_id(output, "productVariantId"),
        hidden=hidden,
        preview_urls=_images(hidden.get("images"), image_origins),
        kept_until=new_promise(owner),
        warnings=reported.warnings,
        lowest_dpi=reported.lowest_dpi,
    )
    with transaction.atomic():
        _check_not_ordered(design)
        if made_as:
            reopen_merge(made_as)
        design.save()
        RetentionJob.objects.create(design=design)
        if design.preview_urls:
            PREVIEWS.owe(design.pk)
            PREVIEWS.wake_on_commit(design.pk)
    return design


@transaction.atomic
def supersede(earlier: Design, *, by: Design) -> None:
    """Let a design take the place of an earlier version: it has the shopper's name for it, the earlier one
    goes.
    """
    by.name, by.copy_of_id = earlier.name, earlier.copy_of_id
    by.save(update_fields=["name", "copy_of"])
    discard_design(earlier)


@transaction.atomic
def discard_design(design: Design, *, ending: str = RemoteCleanUp.Ending.LET_GO) -> bool:
    """Delete a design that no cart and no order uses any more, with its pictures; False when it is still
    used.

    `ending` is what becomes of its private designs in the Hub, as far as no other design uses them.
    """
    names = {design.preview.name, *(picture["name"] for picture in design.pictures)} - {"", None}
    try:
        with transaction.atomic():
            Design.objects.filter(pk=design.pk).delete()
    except ProtectedError:
        return False
    clean_up_after(design, ending=ending)

    def delete_stored() -> None:
        for name in names:
            design.preview.storage.delete(name)

    transaction.on_commit(delete_stored)
    return True


def earlier_version(design: Design) -> Design | None:
    """The owner's earlier design kept under the same private design, if any: the editor saved over it.

    A cart line with that one would silently show the new content, so the new design has to take its place.
    """
    candidates = Design.objects.filter(owner=design.owner, product_reference=design.product_reference)
    states = set(design.state_ids)
    return next((other for other in candidates.exclude(pk=design.pk) if states & set(other.state_ids)), None)


def _line_item(editor: str, output: dict[str, Any]) -> dict[str, Any]:
    """The output in the one shape, whatever family it comes from."""
    adapter = FAMILIES.get(editor)
    if adapter is None:
        raise _broken("it comes from an unknown editor family")
    try:
        return adapter.line_item(output)
    except UnreadableOutput as trouble:
        raise _broken(str(trouble)) from None


def _check_storable(output: dict[str, Any]) -> None:
    """JSON can carry what a database cannot: infinite numbers, NUL, half of a surrogate pair, a bottomless
    pit.
    """
    try:
        check_bounds(output, FROM_BROWSERS)
        text = json.dumps(output, ensure_ascii=False, allow_nan=False)
        text.encode()
    except OutOfBounds as excess:
        raise _broken(f"it {excess}") from None
    except ValueError:
        raise _broken("not storable") from None
    if r"\u0000" in text:
        raise _broken("holds NUL")


def _maker(owner: StorefrontUser, user_id: Any) -> StorefrontUser | None:
    """None when the owner made it; the visitor they were when the editor was opened before they logged in."""
    if user_id == owner.hub_id:
        return None
    visitor = alias(owner, user_id) if isinstance(user_id, str) else None
    if visitor is None:
        message = _(
            "You are shopping as somebody else by now. Open the editor again and add your design once more."
        )
        raise DesignRejected(message, reason="the design belongs to another storefront user")
    return visitor


def _check_not_ordered(design: Design) -> None:
    ordered = Design.objects.filter(ORDERED, owner=design.owner)
    states = set(design.state_ids)
    if any(states & set(known) for known in ordered.values_list("state_ids", flat=True)):
        message = _(
            "This design has been ordered already and cannot change any more. Please start a new one."
        )
        raise DesignRejected(message, reason="the private design belongs to an order")


def _sku(sku: Any, opened_for: str, allowed: Collection[str]) -> str:
    if sku in (None, ""):
        return opened_for
    if not isinstance(sku, str) or sku not in allowed:
        message = _("We do not sell this option at the moment. Please choose another one and add it again.")
        raise DesignRejected(message, reason="the SKU does not belong to this product")
    return sku


def _quantity(quantity: Any) -> int:
    if isinstance(quantity, float) and quantity.is_integer():
        quantity = int(quantity)
    if isinstance(quantity, bool) or not isinstance(quantity, int) or not 1 <= quantity <= MAXIMUM_QUANTITY:
        message = _("Choose a quantity from 1 to 9,999 and add your design again.")
        raise DesignRejected(message, reason="the quantity is out of range")
    return quantity


def _state_ids(states: Any) -> list[str]:
    if isinstance(states, str):
        states = [states]
    if not isinstance(states, list) or not 1 <= len(states) <= MAXIMUM_STATES:
        raise _broken("_stateId is not a list of 1 to 20 ids")
    if not all(isinstance(state, str) and STATE_ID.fullmatch(state) for state in states):
        raise _broken("_stateId holds something that is no id")
    return list(dict.fromkeys(states))


def _hidden(properties: dict[str, Any]) -> dict[str, Any]:
    hidden = _dict(properties.get("_hidden") or {}, "_hidden")
    if len(json.dumps(hidden)) > MAXIMUM_HIDDEN_BYTES:
        raise _broken("_hidden is too large")
    return hidden


def _images(images: Any, image_origins: Collection[str]) -> list[str]:
    if not isinstance(images, list):
        return []
    trusted = HubConfig.from_settings().origins | set(image_origins)
    usable = [
        image
        for image in images
        if isinstance(image, str) and len(image) <= MAXIMUM_IMAGE_ADDRESS and origin(image) in trusted - {""}
    ]
    return usable[:MAXIMUM_IMAGES]


def _id(output: dict[str, Any], name: str) -> int | None:
    value = output.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAXIMUM_ID:
        raise _broken(f"{name} is no id")
    return value


def _product_id(output: dict[str, Any], mapped: int | None) -> int | None:
    made_of = _id(output, "productId")
    if mapped is None or made_of in (None, mapped):
        return mapped or made_of
    message = _("This product has changed since you opened the editor. Please open it again.")
    raise DesignRejected(message, reason="the design was made of another product of the Hub")


def _dict(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _broken(f"{name} is no object")
    return value


def _broken(reason: str) -> DesignRejected:
    message = _("Your design did not arrive properly. It is still here: please add it to the cart again.")
    return DesignRejected(message, reason=reason)
