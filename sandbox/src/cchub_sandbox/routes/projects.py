"""Projects: creating, finding, and moving them along (Storefront API, "Projects")."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from sqlite3 import Row
from typing import Any

from werkzeug.wrappers import Response

from .. import problems, project_input, projects, statuses
from ..access import require_storefront
from ..http import HubRequest, empty, json_object, json_response, paged, query_bool, query_int, sorted_by
from ..hub import Hub
from ..rendering.preview import model_preview
from ..routing import RouteTable

API = "/api/storefront/v1/projects"
READ, FULL = "Projects_read", "Projects_full"
PERIOD_DAYS = {"Today": 1, "Last7Days": 7, "Last30Days": 30}
SORTABLE = {
    "id": "id",
    "name": "name",
    "title": "name",
    "status": "status",
    "created": "created",
    "lastmodified": "lastModified",
}
routes = RouteTable()


@routes.backend("POST", f"{API}/with-single-item", "projects.create", scope=FULL)
def create_with_single_item(hub: Hub, request: HubRequest) -> Response:
    return _create(hub, request, project_input.single_item)


@routes.backend("POST", f"{API}/with-multiple-items", "projects.create", scope=FULL)
def create_with_multiple_items(hub: Hub, request: HubRequest) -> Response:
    return _create(hub, request, project_input.multiple_items)


@routes.backend("POST", f"{API}/by-scenario/render-hires", "projects.create", scope=FULL)
def create_by_hires_scenario(hub: Hub, request: HubRequest) -> Response:
    return _create(hub, request, project_input.hires_scenario)


@routes.backend("POST", f"{API}/by-scenario/specific-pipeline", "projects.create", scope=FULL)
def create_by_pipeline_scenario(hub: Hub, request: HubRequest) -> Response:
    return _create(hub, request, project_input.pipeline_scenario)


@routes.backend("GET", API, "projects.list", scope=READ)
def list_projects(hub: Hub, request: HubRequest) -> Response:
    _look(hub)
    require_storefront(hub, request, query_int(request, "storefrontId"))
    with_obsolete = query_bool(request, "includeObsolete", default=False)
    rows = hub.store.rows("select * from project where obsolete <= ? order by id desc", int(with_obsolete))
    dtos = [projects.dto(hub, row) for row in rows if _passes_filters(hub, request, row)]
    search = request.args.get("search", "").casefold()
    found = [dto for dto in dtos if search in f"{dto['name']} {dto['orderId']} {dto['orderName']}".casefold()]
    return paged(request, sorted_by(request, found, fields=SORTABLE))


@routes.backend("GET", f"{API}/statuses", "projects.statuses", scope=READ)
def list_statuses(hub: Hub, request: HubRequest) -> Response:
    return paged(request, statuses.STATUSES)


@routes.backend("GET", f"{API}/transitions", "projects.all-transitions", scope=READ)
def list_transitions(hub: Hub, request: HubRequest) -> Response:
    return paged(request, statuses.TRANSITIONS)


@routes.backend("GET", f"{API}/<int:project_id>", "projects.get", scope=READ)
def get_project(hub: Hub, request: HubRequest, project_id: int) -> Response:
    return json_response(projects.dto(hub, _project(hub, project_id)))


@routes.backend("DELETE", f"{API}/<int:project_id>", "projects.delete", scope=FULL)
def delete_project(hub: Hub, request: HubRequest, project_id: int) -> Response:
    _project(hub, project_id)
    projects.delete(hub, project_id)
    return empty(200)


@routes.backend("DELETE", f"{API}/batch-delete", "projects.delete", scope=FULL)
def delete_projects(hub: Hub, request: HubRequest) -> Response:
    """Delete all of the `ids`, or none when one is unknown."""
    ids = json_object(request).get("ids")
    if not isinstance(ids, list) or not all(type(project_id) is int for project_id in ids):
        raise problems.invalid(ids="The ids field must be an array of integers.")
    for project_id in ids:
        _project(hub, project_id)
    for project_id in ids:
        projects.delete(hub, project_id)
    return paged(request, [])


@routes.backend("GET", f"{API}/<int:project_id>/processing-results", "projects.results", scope=READ)
def get_results(hub: Hub, request: HubRequest, project_id: int) -> Response:
    item_id = query_int(request, "itemId")
    row = _project(hub, project_id)
    _require_item(hub, row, item_id)
    return json_response(projects.results_dto(hub, row, item_id))


@routes.backend("GET", f"{API}/<int:project_id>/transitions", "projects.transitions", scope=READ)
def list_available_transitions(hub: Hub, request: HubRequest, project_id: int) -> Response:
    return paged(request, statuses.transitions_from(_project(hub, project_id)["status"]))


@routes.backend("POST", f"{API}/<int:project_id>/transitions/<name>", "projects.change-status", scope=FULL)
def change_status(hub: Hub, request: HubRequest, project_id: int, name: str) -> Response:
    row = _project(hub, project_id)
    if name not in {transition["name"] for transition in statuses.TRANSITIONS}:
        raise problems.not_found(f"The transition '{name}' was not found.")
    available = statuses.transitions_from(row["status"])
    transition = next((transition for transition in available if transition["name"] == name), None)
    if transition is None:
        raise problems.conflict(f"The transition '{name}' is not available.", availableTransitions=available)
    projects.set_status(hub, row, transition["resultStatus"])
    return json_response(statuses.status(transition["resultStatus"]))


@routes.backend("POST", f"{API}/<int:project_id>/statuses/<int:code>", "projects.force-status", scope=FULL)
def force_status(hub: Hub, request: HubRequest, project_id: int, code: int) -> Response:
    row = _project(hub, project_id)
    status = statuses.status(code)
    if status is None:
        raise problems.bad_request(f"There is no project status with the code {code}.")
    projects.set_status(hub, row, code)
    return json_response(status)


@routes.backend("POST", f"{API}/<int:project_id>/restart-processing", "projects.restart", scope=FULL)
def restart(hub: Hub, request: HubRequest, project_id: int) -> Response:
    return _requeue(hub, request, project_id, from_start=True)


@routes.backend("POST", f"{API}/<int:project_id>/resume-processing", "projects.resume", scope=FULL)
def resume(hub: Hub, request: HubRequest, project_id: int) -> Response:
    return _requeue(hub, request, project_id, from_start=False)


@routes.backend("GET", f"{API}/<int:project_id>/preview", "projects.preview", scope=READ)
def get_preview(hub: Hub, request: HubRequest, project_id: int) -> Response:
    """The first side of the first design as PNG."""
    design = _first_design(hub, _project(hub, project_id))
    return Response(model_preview(hub.store, json.loads(design["model"]), 0), content_type="image/png")


@routes.backend("GET", f"{API}/<int:project_id>/preview-url", "projects.preview-url", scope=READ)
def get_preview_url(hub: Hub, request: HubRequest, project_id: int) -> Response:
    design = _first_design(hub, _project(hub, project_id))
    return json_response(hub.url(f"/previews/{design['preview']}/0.png"))


def _create(hub: Hub, request: HubRequest, read: Callable[[Hub, HubRequest], dict[str, Any]]) -> Response:
    require_storefront(hub, request, query_int(request, "storefrontId", required=True))
    return json_response(projects.dto(hub, projects.create(hub, read(hub, request))), status=201)


def _requeue(hub: Hub, request: HubRequest, project_id: int, *, from_start: bool) -> Response:
    row = _project(hub, project_id)
    _require_item(hub, row, query_int(request, "itemId"))
    if row["processing_status"] in projects.UNFINISHED and hub.switches.restart_while_running_conflicts:
        raise problems.conflict("The project is being processed.")
    projects.requeue(hub, row, from_start=from_start)
    return empty(204)


def _project(hub: Hub, project_id: int) -> Row:
    _look(hub, project_id)
    row = projects.find(hub, project_id)
    if row is None:
        raise problems.not_found(f"Project {project_id} was not found.")
    return row


def _look(hub: Hub, project_id: int | None = None) -> None:
    """With a stepped clock, processing catches up whenever somebody looks."""
    if hub.clock.stepped:
        hub.processor.settle(project_id)


def _require_item(hub: Hub, row: Row, item_id: int | None) -> None:
    if item_id is not None and item_id not in {item["id"] for item in projects.items(hub, row["id"])}:
        raise problems.not_found(f"Project {row['id']} has no item {item_id}.")


def _first_design(hub: Hub, row: Row) -> Row:
    for item in projects.items(hub, row["id"]):
        for design_id in item["designIds"]:
            design = hub.store.row("select * from design where id = ?", design_id)
            if design:
                return design
    raise problems.not_found(f"Project {row['id']} has no design to show.")


def _passes_filters(hub: Hub, request: HubRequest, row: Row) -> bool:
    texts = {
        "ownerId": row["owner_id"],
        "productReference": row["product_reference"],
        "orderId": row["order_id"],
        "processingStatus": row["processing_status"],
    }
    return (
        all(request.args.get(name) in (None, "", value) for name, value in texts.items())
        and query_int(request, "status") in (None, row["status"])
        and row["created"] >= _period_start(hub, request)
    )


def _period_start(hub: Hub, request: HubRequest) -> float:
    period = request.args.get("datePeriod") or "All"
    if period == "All":
        return 0.0
    if period not in PERIOD_DAYS:
        raise problems.invalid(datePeriod=f"The value '{period}' is not valid.")
    today = datetime.fromtimestamp(hub.clock.now(), UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return (today - timedelta(days=PERIOD_DAYS[period] - 1)).timestamp()
