"""Private designs, for the shop's back end (asset storage API, "PrivateDesigns")."""

from sqlite3 import Row
from typing import Any

from werkzeug.wrappers import Response

from .. import designs, problems
from ..http import HubRequest, empty, json_response, timestamp
from ..hub import Hub
from ..routing import RouteTable

API = "/api/storage/v1/private-designs/<design_id>"
SCOPE = "Private_assets_full"
routes = RouteTable()


@routes.backend("GET", API, "designs.get", scope="Private_assets_read")
def get_design(hub: Hub, request: HubRequest, design_id: str) -> Response:
    return json_response(_dto(hub, _design(hub, request, design_id)))


@routes.backend("POST", API, "designs.copy", scope=SCOPE)
def copy_design(hub: Hub, request: HubRequest, design_id: str) -> Response:
    copied = designs.copy(hub, _design(hub, request, design_id))
    return json_response(_dto(hub, copied, name=request.args.get("name")), status=201)


@routes.backend("DELETE", API, "designs.delete", scope=SCOPE)
def delete_design(hub: Hub, request: HubRequest, design_id: str) -> Response:
    design = _design(hub, request, design_id)
    designs.delete(hub, design_id)
    return json_response(_dto(hub, design))


@routes.backend("POST", f"{API}/retention-policy", "designs.retention", scope=SCOPE)
def set_retention(hub: Hub, request: HubRequest, design_id: str) -> Response:
    _design(hub, request, design_id)
    policy = request.args.get("policy", "")
    if policy not in designs.POLICIES:
        raise problems.invalid(policy=f"The value '{policy}' is not valid.")
    designs.set_retention(hub, design_id, policy)
    return empty(200)


def _design(hub: Hub, request: HubRequest, design_id: str) -> Row:
    owner_id = request.args.get("ownerId")
    if not owner_id:
        raise problems.invalid(ownerId="The ownerId field is required.")
    design = designs.find(hub, design_id, owner_id)
    if design is None:
        raise problems.not_found(f"The private design '{design_id}' was not found.")
    return design


def _dto(hub: Hub, design: Row, name: str | None = None) -> dict[str, Any]:
    return {
        "id": design["id"],
        "name": name or design["sku"] or design["id"],
        "ownerId": design["owner_id"],
        "tenantId": hub.config.tenant_id,
        "retentionPolicy": design["retention"],
        "created": timestamp(design["created"]),
        "lastModified": timestamp(design["modified"]),
        "lastAccess": timestamp(design["accessed"]),
    }
