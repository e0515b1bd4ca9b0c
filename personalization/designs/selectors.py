"""Reads of designs that other rooms rely on."""

import uuid

from django.db.models import Q

from personalization.models import Design, StorefrontUser

# In an order that is made or on hold.
ORDERED = Q(render_projects__isnull=False) | Q(order_items__isnull=False)


def owned_design(owner: StorefrontUser | None, design_id: str | uuid.UUID) -> Design | None:
    """The design with this id if it is the owner's; None if it is somebody else's, gone, or no id at all."""
    if owner is None:
        return None
    try:
        key = uuid.UUID(str(design_id))
    except ValueError:
        return None
    return Design.objects.select_related("owner").filter(pk=key, owner=owner).first()


def is_ordered(design: Design) -> bool:
    """Whether the design is part of an order; its private design in the Hub must not change any more."""
    return Design.objects.filter(ORDERED, pk=design.pk).exists()
