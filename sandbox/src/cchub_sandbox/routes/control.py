"""The control API under /_control/, for tests that run in another process."""

import dataclasses

from werkzeug.wrappers import Response

from .. import commands, problems
from ..http import HubRequest, empty, json_object, json_response
from ..hub import Hub
from ..routing import RouteTable

API = "/_control"
routes = RouteTable()


@routes.local("POST", f"{API}/<command>", "control")
def run_command(hub: Hub, request: HubRequest, command: str) -> Response:
    """Run one command of `commands.COMMANDS` with the values of the JSON body, which may be empty."""
    values = json_object(request) if request.get_data() else {}
    try:
        commands.run(hub, command, values)
    except LookupError as error:
        raise problems.not_found(str(error)) from error
    except ValueError as error:
        raise problems.bad_request(str(error)) from error
    return empty(204)


@routes.local("GET", f"{API}/calls", "control")
def list_calls(hub: Hub, request: HubRequest) -> Response:
    """Recorded calls, oldest first; `name` narrows to an endpoint or a group of them."""
    try:
        calls = hub.control.calls_to(request.args.get("name", ""))
    except ValueError as error:
        raise problems.bad_request(str(error)) from error
    return json_response([dataclasses.asdict(call) for call in calls])


@routes.local("GET", f"{API}/projects", "control")
def list_projects(hub: Hub, request: HubRequest) -> Response:
    return json_response(hub.control.projects())


@routes.local("GET", f"{API}/counters", "control")
def list_counters(hub: Hub, request: HubRequest) -> Response:
    """How many projects were ever created per order line."""
    return json_response(
        [
            {"orderId": order_id, "orderLineItemId": line_id, "created": created}
            for (order_id, line_id), created in hub.control.created_counts().items()
        ]
    )


@routes.local("GET", f"{API}/failures", "control")
def list_failures(hub: Hub, request: HubRequest) -> Response:
    odds = hub.failures.odds()
    return json_response(
        {
            "faults": [dataclasses.asdict(fault) for fault in hub.failures.armed()],
            "troubles": hub.failures.armed_troubles(),
            "odds": dataclasses.asdict(odds) if odds else None,
        }
    )
