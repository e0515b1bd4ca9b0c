"""Drift inside the shop's own database."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from core.audit.actors import DOCTOR
from personalization.models import RenderProject
from personalization.rendering.selectors import open_render_projects
from personalization.rendering.services import recreate_project
from personalization.rendering.services.leases import RENDERS

from ..models import Order, OrderItem, OutgoingEmail
from ..services.emails import EMAILS, owe_email
from ..services.orders import complete_when_ready, release_for_production
from .findings import Finding, Kind, NotMended

Status = Order.Status
ProjectStatus = RenderProject.Status


def orders_without_project(since: datetime) -> Iterator[Finding]:
    """Orders in production with a personalized item that nobody makes print files for."""
    forgotten = OrderItem.objects.filter(
        order=OuterRef("pk"), design__isnull=False, render_project__isnull=True
    )
    orders = Order.objects.filter(status__in=[Status.PROCESSING, Status.COMPLETED])
    for order in orders.filter(Exists(forgotten), created_at__gte=since):
        yield Finding(
            Kind.ORDER_WITHOUT_PROJECT,
            order.code,
            _("A personalized item has no render project."),
            partial(release_for_production, order, by=DOCTOR),
        )


def stalled_projects(since: datetime) -> Iterator[Finding]:
    """Open render projects that are due at no time: the sweep never finds them."""
    for project in open_render_projects().filter(job=None, created_at__gte=since):
        yield Finding(
            Kind.STALLED_PROJECT,
            project.line_id,
            _("It is %(status)s and not due at any time.") % {"status": project.status},
            partial(RENDERS.owe, project.pk),
        )


def orders_completed_too_early(since: datetime) -> Iterator[Finding]:
    """Completed orders with a project that is not ready. The order stays completed; the files follow."""
    items = OrderItem.objects.filter(order__status=Status.COMPLETED, order__created_at__gte=since)
    unready = items.filter(render_project__isnull=False).exclude(render_project__status=ProjectStatus.READY)
    for item in unready.select_related("order", "render_project"):
        yield Finding(
            Kind.COMPLETED_TOO_EARLY,
            item.render_project.line_id,
            _("The order is completed, its render project is %(status)s.")
            % {"status": item.render_project.status},
            partial(_get_ready, item.render_project),
        )


def orders_completed_too_late(since: datetime) -> Iterator[Finding]:
    """Orders whose files are all ready, and which nobody has completed."""
    personalized = OrderItem.objects.filter(order=OuterRef("pk"), design__isnull=False)
    unready = personalized.filter(Q(render_project=None) | ~Q(render_project__status=ProjectStatus.READY))
    orders = Order.objects.filter(status=Status.PROCESSING, created_at__gte=since)
    for order in orders.filter(Exists(personalized), ~Exists(unready)):
        yield Finding(
            Kind.COMPLETED_TOO_LATE,
            order.code,
            _("All print files are ready."),
            partial(complete_when_ready, order.code),
        )


def missing_emails(since: datetime) -> Iterator[Finding]:
    """E-mails that an order should owe its shopper, and those that were given up unsent."""
    orders = Order.objects.filter(created_at__gte=since)
    personalized = OrderItem.objects.filter(order=OuterRef("pk"), design__isnull=False)
    owed = {
        OutgoingEmail.Kind.CONFIRMATION: orders,
        OutgoingEmail.Kind.READY: orders.filter(Exists(personalized), status=Status.COMPLETED),
        OutgoingEmail.Kind.CANCELLED: orders.filter(status=Status.CANCELLED),
    }
    for kind, owing in owed.items():
        has_one = OutgoingEmail.objects.filter(order=OuterRef("pk"), kind=kind)
        for order in owing.filter(~Exists(has_one)):
            yield Finding(
                Kind.MISSING_EMAIL,
                order.code,
                _("The e-mail “%(kind)s” is not even owed.") % {"kind": kind.label},
                partial(owe_email, order, kind),
            )
    given_up = OutgoingEmail.objects.filter(
        order__isnull=False, status=OutgoingEmail.Status.GIVEN_UP, created_at__gte=since
    )
    for email in given_up.select_related("order"):
        yield Finding(
            Kind.MISSING_EMAIL,
            email.order.code,
            _("The e-mail “%(kind)s” was given up after %(attempts)s attempts.")
            % {"kind": email.get_kind_display(), "attempts": email.attempts},
            partial(EMAILS.wake, email.pk),
        )


def _get_ready(project: RenderProject) -> None:
    if project.status == ProjectStatus.CANCELLED:
        raise NotMended(_("The render project is cancelled. Bring a manual file, or order anew."))
    if project.status == ProjectStatus.FAILED:
        recreate_project(project, by=DOCTOR)
        return
    RENDERS.owe(project.pk)
