"""What the Hub says about a project at this moment, for staff who want to see for themselves."""

import dataclasses
import json
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from personalization.hub import HubError, HubNotFound, OutputFile, ProcessingResults, get_hub
from personalization.models import RenderProject

from ...permissions import SEE_ORDERS, needs
from .pages import desk_page, project_or_404


@require_safe
@needs(SEE_ORDERS)
def ask(request: HttpRequest, pk: int, project_pk: int) -> HttpResponse:
    """Asks the Hub, changes nothing. While the Hub is down the page says so."""
    project = project_or_404(pk, project_pk)
    answers, trouble = _answers(project)
    return desk_page(
        request,
        "hub_answers",
        title=_("What the Hub says"),
        icon="site",
        order=project.order_item.order,
        project=project,
        answers=answers,
        trouble=trouble,
    )


def _answers(project: RenderProject) -> tuple[list[tuple[str, str]], str]:
    if project.hub_project_id is None:
        return [], _("The Hub has no project of this line yet.")
    hub = get_hub()
    try:
        found = hub.project(project.hub_project_id)
        results = hub.processing_results(project.hub_project_id)
    except HubNotFound:
        return [], _("The Hub knows no such project (any more). Recreate it from the order.")
    except HubError as trouble:
        text = _("The Hub does not answer properly now: %(trouble)s. Try again in a few minutes.")
        return [], text % {"trouble": str(trouble).rstrip(".")}
    return [
        (_("Project"), _pretty(dataclasses.asdict(found))),
        (_("Processing results"), _pretty(_without_keys(results))),
    ], ""


def _without_keys(results: ProcessingResults) -> dict[str, Any]:
    """The results with the files' addresses cut off before the part that may hold an access key."""
    return dataclasses.asdict(results) | {"files": [_file(file) for file in results.files]}


def _file(file: OutputFile) -> dict[str, Any]:
    address = urlsplit(file.url)
    return dataclasses.asdict(file) | {"url": f"{address.scheme}://{address.netloc}{address.path}"}


def _pretty(values: dict[str, Any]) -> str:
    return json.dumps(values, indent=2, ensure_ascii=False, default=str)
