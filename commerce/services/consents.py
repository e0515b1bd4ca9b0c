"""What shoppers agree to: printing a design despite warnings, and the proof of it."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from commerce.selectors.cart import CartContents, CartLine, cart_contents
from core.audit.actors import Actor, name_of
from personalization.models import Design, StorefrontUser

from ..models import CartItem, Consent, OrderItem
from .cart import lock_cart


@transaction.atomic
def approve_proofs(
    *,
    owner: StorefrontUser,
    versions: Collection[str],
    closed: tuple[str, ...] | None = None,
    by: Actor,
) -> CartContents:
    """Remember the shopper's word on the proofs of these lines, named by the versions that were shown.

    A line that has changed since stays unapproved. The answer is the cart afterwards; `closed` are the paths
    of pages that the shopper may not see.
    """
    lock_cart(owner)
    for line in cart_contents(owner, closed=closed).unapproved_lines:
        if line.design is not None and line.version in versions:
            CartItem.objects.filter(pk=line.id).update(
                approved_version=line.design.version,
                approved_text=line.approval_text,
                approved_by=name_of(by),
                approved_at=timezone.now(),
            )
    return cart_contents(owner, closed=closed)


def consent_text(line: CartLine) -> str:
    """The sentence with which a shopper takes a line's warnings."""
    return ngettext(
        "Print it as it is. I have seen this warning.",
        "Print it as it is. I have seen these warnings.",
        len(line.warnings),
    )


def write_consents(items: list[tuple[OrderItem, CartLine]], *, by: Actor) -> None:
    """Write down for good what was agreed to about the lines of a cart that become order items.

    For the transaction that places the order, which has checked that everything needed was agreed to.
    """
    consents = []
    for item, line in items:
        if item.design is None:
            continue
        if line.warnings:
            text, warnings = consent_text(line), line.warnings
            consents.append(
                _consent(
                    item, item.design, Consent.Kind.WARNINGS, text=text, warnings=warnings, actor=name_of(by)
                )
            )
        if given := line.approval:
            consents.append(
                _consent(
                    item, item.design, Consent.Kind.PROOF, text=given.text, actor=given.actor, at=given.at
                )
            )
    Consent.objects.bulk_create(consents)


def _consent(item: OrderItem, design: Design, kind: Consent.Kind, **values: Any) -> Consent:
    return Consent(
        order_item=item,
        kind=kind,
        design_id=design.pk,
        version=design.version,
        state_ids=design.state_ids,
        pictures=[picture["sha256"] for picture in design.pictures],
        **{"at": timezone.now()} | values,
    )
