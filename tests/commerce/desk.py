"""What tests of the order desk start from: staff of each role, and orders in every state."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from commerce.models import Order
from commerce.services.orders import release_for_production
from personalization.models import RenderProject
from tests.factories.commerce import make_cart_design, make_order
from tests.factories.personalization import make_storefront_user


def staff_of(*groups: str, **values) -> Client:
    """A browser in which a member of the groups is logged in; `client.user` is who."""
    user = get_user_model().objects.create_user(username=f"staff-{'-'.join(groups) or 'none'}", **values)
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def make_order_with_project(status: str = "failed", **values) -> tuple[Order, RenderProject]:
    """A released order of one design, with its render project in this status."""
    owner = make_storefront_user()
    order = make_order(owner=owner, designs=[make_cart_design(owner)])
    release_for_production(order)
    project = RenderProject.objects.get(order_id=order.code)
    defaults = {"status": status, "hub_project_id": 4000 + project.pk}
    if status == "failed":
        defaults["reason"] = "The template has no such font"
    RenderProject.objects.filter(pk=project.pk).update(**defaults | values)
    project.refresh_from_db()
    return order, project


def make_consented_order(*, warning: str = "It may look blurred.") -> Order:
    """An order of one design, with its warnings accepted and its proof approved."""
    owner = make_storefront_user()
    warnings = [{"text": warning, "kind": "low-resolution"}]
    design = make_cart_design(owner, warnings=warnings, lowest_dpi=57)
    order = make_order(owner=owner, designs=[design])
    for kind, text in (("warnings", "Print it as it is."), ("proof", "The couple has read it.")):
        order.items.get().consents.create(
            kind=kind,
            text=text,
            warnings=[warning] if kind == "warnings" else [],
            design_id=design.pk,
            version=design.version,
            actor="shopper",
            at=timezone.now(),
        )
    return order


def told(answer) -> str:
    """What the page that follows says in its messages."""
    return " ".join(str(message) for message in answer.context["messages"])
