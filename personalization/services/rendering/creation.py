"""The project in the Hub: exactly one per order line, although the Hub would gladly make two.

The Hub has no idempotency key. So it is asked for the order's projects before every creation, also before
the first one (one cheap call, which covers a database restored from a backup), and an answer that never
came counts as "unknown": the row stays `creating`, and the next attempt looks again after a pause in which
the Hub's list has caught up.
"""

import logging
import uuid

from django.utils import timezone

from personalization.hub import (
    HubNotFound,
    HubRejected,
    HubUnavailable,
    NewProject,
    ProductSpecifier,
    Project,
    get_hub,
)
from personalization.models import Design, RenderProject
from personalization.services.merging import hub_owner_id

from .pauses import before_next_look
from .states import Status, move

logger = logging.getLogger(__name__)

CONFLICT = 409


def create(project: RenderProject, lease: uuid.UUID) -> RenderProject:
    """Find or create the Hub's project of this row, and go on to rendering; or fail for a reason that staff
    must mend.

    Raises HubError when the outcome is unknown, and LeaseLost.
    """
    if project.status == Status.WAITING:
        project = move(project.pk, Status.CREATING, lease=lease)
    owner_id = hub_owner_id(project.design)
    try:
        found = _find(project) or _create(project)
    except (HubRejected, HubNotFound) as refusal:
        _check_same_owner(project, owner_id)
        detail = getattr(refusal, "detail", "")
        logger.error("The Hub refuses to create the project of %s: %s", project.line_id, refusal)
        return move(project.pk, Status.FAILED, lease=lease, reason=detail or str(refusal))
    return move(
        project.pk,
        Status.RENDERING,
        lease=lease,
        hub_project_id=found.id,
        hub_processing_status=found.processing_status,
        submitted_at=timezone.now(),
        next_attempt_at=timezone.now() + before_next_look(None),
    )


def _check_same_owner(project: RenderProject, owner_id: str) -> None:
    """Raises HubUnavailable when the shopper logged in while the project was being created: it is worth
    another attempt as the account.
    """
    design = Design.objects.select_related("owner").get(pk=project.design_id)
    if hub_owner_id(design) != owner_id:
        raise HubUnavailable("the shopper's designs have just moved to their account")


def _create(project: RenderProject) -> Project:
    try:
        return get_hub().create_project(_new_project(project))
    except HubRejected as refusal:
        # A conflict may mean that another worker was faster.
        found = _find(project) if refusal.status == CONFLICT else None
        if found is None:
            raise
        return found


def _find(project: RenderProject) -> Project | None:
    """The oldest project of our line in the Hub, except those that staff have given up."""
    ours = [
        found
        for found in get_hub().find_projects(project.order_id)
        if found.order_line_item_id == project.line_id and found.id not in project.abandoned_hub_projects
    ]
    if len(ours) > 1:
        logger.error("The Hub has %s projects for %s; using the oldest", len(ours), project.line_id)
    return min(ours, key=lambda found: found.id, default=None)


def _new_project(project: RenderProject) -> NewProject:
    design = project.design
    return NewProject(
        owner_id=hub_owner_id(design),
        order_id=project.order_id,
        order_number=None,
        order_name=f"#{project.order_id}",
        order_url=project.order_url,
        order_line_item_id=project.line_id,
        order_line_item_index=project.line_index,
        customer_name="",
        name=f"{project.line_id} · {project.title}",
        product_reference=design.product_reference,
        sku=project.sku,
        quantity=project.quantity,
        design_ids=tuple(design.state_ids),
        hidden=design.hidden,
        product=_product(project),
    )


def _product(project: RenderProject) -> ProductSpecifier | None:
    design = project.design
    if design.hub_product_id is None or design.hub_product_link_id is not None:
        return None
    return ProductSpecifier(
        product_id=design.hub_product_id,
        version_id=design.hub_product_version_id,
        variant_id=design.hub_variant_id,
    )
