"""Reads of render projects that other rooms rely on."""

from django.db.models import QuerySet

from personalization.models import RenderProject

OPEN_STATUSES = (
    RenderProject.Status.WAITING,
    RenderProject.Status.CREATING,
    RenderProject.Status.RENDERING,
    RenderProject.Status.FETCHING,
)


def render_projects_of_order(order_id: str) -> QuerySet[RenderProject]:
    """The render projects of an order by line, with their designs and files."""
    projects = RenderProject.objects.filter(order_id=order_id).order_by("line_index", "pk")
    return projects.select_related("design").prefetch_related("files")


def failed_render_projects() -> QuerySet[RenderProject]:
    """Render projects that staff have to look at, the newest failure first."""
    return RenderProject.objects.filter(status=RenderProject.Status.FAILED).order_by("-finished_at")


def slow_render_projects() -> QuerySet[RenderProject]:
    """Open render projects that were found to take longer than the deadline: often the Hub starts processing
    on a status never given.
    """
    return open_render_projects().exclude(overdue_at=None).order_by("opened_at")


def open_render_projects() -> QuerySet[RenderProject]:
    """Render projects that the shop still waits for."""
    return RenderProject.objects.filter(status__in=OPEN_STATUSES)


def unconfigured_render_projects() -> QuerySet[RenderProject]:
    """Open render projects that wait until somebody mends the shop's credentials or permissions in the Hub;
    their reason says which.
    """
    return open_render_projects().filter(waits_for_configuration=True).order_by("opened_at")


def surplus_render_projects() -> QuerySet[RenderProject]:
    """Render projects for whose line the Hub has more than one project; nobody must print the others."""
    return RenderProject.objects.exclude(surplus_hub_projects=[]).order_by("pk")
