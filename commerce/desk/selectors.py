"""Reads of the order desk: its list, the lines of its spreadsheets, and what needs attention."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from commerce.models import Consent, DoctorReport, Order, OrderItem
from personalization.models import RenderProject
from personalization.rendering.selectors import (
    failed_render_projects,
    open_render_projects,
    slow_render_projects,
    unconfigured_render_projects,
)

# The worker looks at its schedules twice a minute; so late, it is not running or has far too much to do.
WORKER_IS_LATE = timedelta(minutes=3)


def with_print_state(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Orders with `lines`, and how many of them are personalized (`designs`), `ready`, `failed` and `warned`:
    ordered despite warnings.
    """
    return orders.annotate(
        lines=_count_of_items(),
        designs=_count_of_items(design__isnull=False),
        ready=_count_of_items(render_project__status=RenderProject.Status.READY),
        failed=_count_of_items(render_project__status=RenderProject.Status.FAILED),
        warned=_count_of_items(consents__kind=Consent.Kind.WARNINGS),
    )


def having_items(orders: QuerySet[Order], *, wanted: bool, **conditions) -> QuerySet[Order]:
    """Orders of which an item meets the conditions, or none does."""
    found = Exists(OrderItem.objects.filter(order=OuterRef("pk"), **conditions))
    return orders.filter(found if wanted else ~found)


def lines_of(orders: QuerySet[Order]) -> QuerySet[OrderItem]:
    """All lines of these orders with designs, projects and files: newest order first, then by position."""
    lines = OrderItem.objects.filter(order__in=orders.order_by().values("pk"))
    lines = lines.select_related("order", "design", "render_project__job")
    lines = lines.prefetch_related("render_project__files", "consents")
    return lines.order_by("-order__created_at", "order", "position")


def consents_of(order: Order) -> list[Consent]:
    """What the shopper has agreed to about the order's items, in their order."""
    consents = Consent.objects.filter(order_item__order=order).select_related("order_item")
    return list(consents.order_by("order_item__position", "pk"))


def failed_queue() -> QuerySet[RenderProject]:
    """Failed render projects with their orders, the newest failure first."""
    ours = failed_render_projects().filter(order_item__isnull=False)
    return ours.select_related("order_item__order", "design")


def project_of_order(order_id: int, project_id: int) -> RenderProject | None:
    """A render project, if it belongs to this order."""
    found = RenderProject.objects.filter(pk=project_id, order_item__order=order_id)
    return found.select_related("order_item__order").first()


def hub_project_url(project_id: int | None) -> str:
    """Where staff see the project in the Hub; empty when the shop is not told how such addresses look."""
    template = settings.CCHUB.get("PROJECT_URL") or ""
    return template.replace("{id}", str(project_id)) if template and project_id else ""


@dataclass(frozen=True)
class Attention:
    """What on the desk waits for a human: how many projects failed, take too long, or wait for a setting; and
    the oldest open one.
    """

    failed: int
    slow: int
    unconfigured: int
    oldest_open: RenderProject | None


def attention() -> Attention:
    """Four quick queries. A project that waits for a setting does not count as slow too."""
    unconfigured = unconfigured_render_projects()
    return Attention(
        failed=failed_render_projects().count(),
        slow=slow_render_projects().exclude(pk__in=unconfigured.values("pk")).count(),
        unconfigured=unconfigured.count(),
        oldest_open=open_render_projects().select_related("order_item").order_by("opened_at").first(),
    )


@dataclass(frozen=True)
class WorkerState:
    """`late_since`: since when a schedule should have run, None while the worker keeps up.

    `oldest_task`: since when the oldest task of a queue in the database waits, None when none does. A task
    that is being done counts as waiting since it was taken.
    """

    late_since: datetime | None
    oldest_task: datetime | None


def worker_state() -> WorkerState:
    """What the database tells of the worker; says nothing of tasks in a Redis queue."""
    due = Schedule.objects.exclude(repeats=0).order_by("next_run").values_list("next_run", flat=True).first()
    is_late = due is not None and due < timezone.now() - WORKER_IS_LATE
    oldest = OrmQ.objects.order_by("lock").values_list("lock", flat=True).first()
    return WorkerState(late_since=due if is_late else None, oldest_task=oldest)


def _count_of_items(**conditions) -> Coalesce:
    items = OrderItem.objects.filter(order=OuterRef("pk"), **conditions).order_by().values("order")
    return Coalesce(Subquery(items.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def latest_doctor_report() -> DoctorReport | None:
    """The doctor's last report, for the admin home; None if it has never looked."""
    return DoctorReport.objects.first()
