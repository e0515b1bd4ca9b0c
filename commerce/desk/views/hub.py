"""What the Hub says about a project at this moment, for staff who want to see for themselves."""

import json
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commerce.desk.permissions import SEE_ORDERS, needs
from personalization.hub import HubError, HubNotFound, get_hub
from personalization.models import RenderProject

from .pages import desk_page, project_or_404

# An address up to its query, and the rest.
ADDRESS = re.compile(r"(https?://[^\s?#]*)[?#]\S*", re.IGNORECASE)


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
        (_("Project"), _readable(found.answer)),
        (_("Processing results"), _readable(results.answer)),
    ], ""


def _readable(answer: str) -> str:
    """An answer in the Hub's own words, indented."""
    return json.dumps(json.loads(answer, object_hook=_without_keys), indent=2, ensure_ascii=False)


def _without_keys(values: dict[str, Any]) -> dict[str, Any]:
    """Addresses, such as those of print files, cut off before the part that may hold an access key."""
    return {name: _cut(value) for name, value in values.items()}


def _cut(value: Any) -> Any:
    if isinstance(value, list):
        return [_cut(each) for each in value]
    return ADDRESS.sub(r"\1", value) if isinstance(value, str) else value
