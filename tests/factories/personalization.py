"""Small makers of what tests about personalization start from."""

import itertools
from datetime import timedelta

from django.utils import timezone

from personalization.models import (
    Design,
    PreviewJob,
    RenderJob,
    RenderProject,
    RetentionJob,
    StorefrontUser,
)
from personalization.rendering.services import request_render
from personalization.rendering.services.states import FINISHED

numbers = itertools.count(1)
DESIGN_JOBS = {"retention_due_at": RetentionJob, "preview_due_at": PreviewJob}
ATTEMPTS = {"retention": RetentionJob, "preview": PreviewJob}
# What of a project's values is its job's.
JOB = ("due_at", "lease", "leased_until", "attempts", "errors")


def make_storefront_user(**values) -> StorefrontUser:
    return StorefrontUser.objects.create(**values)


def make_design(owner: StorefrontUser | None = None, **values) -> Design:
    """A design of a business card; its private design exists in no Hub unless `state_ids` says otherwise."""
    number = next(numbers)
    defaults = {
        "owner": owner or make_storefront_user(),
        "sku": "OW-BC-MATT",
        "product_reference": "classic-business-cards",
        "title": "Classic business cards",
        "state_ids": [f"{number:024x}"],
    }
    due = {job: values.pop(name) for name, job in DESIGN_JOBS.items() if name in values}
    attempts = {job: values.pop(f"{name}_attempts", 0) for name, job in ATTEMPTS.items()}
    design = Design.objects.create(**defaults | values)
    for job in DESIGN_JOBS.values():
        if due.get(job) or attempts[job]:
            job.objects.create(design=design, due_at=due.get(job) or timezone.now(), attempts=attempts[job])
    return design


def make_render_project(design: Design | None = None, **values) -> RenderProject:
    """A render project of an order line as `request_render` leaves it, with `values` of it and its job."""
    number = next(numbers)
    design = design or make_design()
    project = request_render(
        design=design,
        order_id=f"ORDER{number}",
        order_url=f"http://127.0.0.1:8000/admin/orders/{number}/",
        line_id=f"ORDER{number}-1",
        line_index=0,
        title=design.title,
        sku=design.sku,
        quantity=1,
    )
    planned = {name: values.pop(name) for name in JOB if name in values}
    RenderProject.objects.filter(pk=project.pk).update(**values)
    RenderJob.objects.filter(pk=project.pk).update(**planned)
    project.refresh_from_db()
    if project.status in FINISHED:
        project.job.delete()
        project.refresh_from_db()
    return project


def make_rendering_project(hub_project_id: int | None = None, **values) -> RenderProject:
    """A render project that the Hub has been rendering for ten minutes."""
    defaults = {
        "status": RenderProject.Status.RENDERING,
        "hub_project_id": hub_project_id or 700_000 + next(numbers),
        "submitted_at": timezone.now() - timedelta(minutes=10),
    }
    return make_render_project(**defaults | values)


def make_output(owner: StorefrontUser, **values) -> dict:
    """What an editor hands over at `addtocart`, an `ILineItem`. Names with "_" go into its `properties`."""
    state = "642e793dc46d098d64514607"
    properties = {"_stateId": [state], "_userId": owner.hub_id, "_hidden": {"images": []}}
    properties |= {name: values.pop(name) for name in list(values) if name.startswith("_")}
    output = {"key": state, "quantity": 1, "sku": "OW-BC-MATT", "properties": properties}
    return output | values
