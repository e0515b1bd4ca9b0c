"""Build, tenant, storefront and pipeline information (Storefront API)."""

import json

from werkzeug.wrappers import Response

from .. import problems
from ..catalog import PIPELINE_NAMES
from ..http import HubRequest, json_response, paged
from ..hub import Hub
from ..product_dtos import CATALOG_CREATED, applications_dto
from ..routing import RouteTable

API = "/api/storefront/v1"
routes = RouteTable()


@routes.public("GET", f"{API}/info", "info")
def build_info(hub: Hub, request: HubRequest) -> Response:
    return json_response(
        {
            "version": "2.68.1-sandbox",
            "buildDate": CATALOG_CREATED,
            "configuration": "Release",
            "appName": "Customer's Canvas Hub sandbox",
        }
    )


@routes.backend("GET", f"{API}/tenant-info", "tenant-info.tenant", scope="Tenants_read")
def tenant_info(hub: Hub, request: HubRequest) -> Response:
    return json_response(
        {
            "tenantId": hub.config.tenant_id,
            "tenancyName": "sandbox",
            "tenantCreationTime": CATALOG_CREATED,
            "isActive": True,
        }
    )


@routes.backend("GET", f"{API}/tenant-info/applications", "tenant-info.applications", scope="Tenants_read")
def applications(hub: Hub, request: HubRequest) -> Response:
    return json_response(applications_dto(hub))


@routes.backend("GET", f"{API}/storefronts", "storefronts.list", scope="Tenants_read")
def storefronts(hub: Hub, request: HubRequest) -> Response:
    return paged(request, [_storefront(hub)])


@routes.backend("GET", f"{API}/storefronts/<int:storefront_id>", "storefronts.get", scope="Tenants_read")
def storefront(hub: Hub, request: HubRequest, storefront_id: int) -> Response:
    if storefront_id != hub.config.storefront_id:
        raise problems.not_found(f"Storefront {storefront_id} was not found.")
    return json_response(_storefront(hub))


@routes.backend("GET", f"{API}/processing-pipelines", "pipelines.list", scope="Projects_read")
def pipelines(hub: Hub, request: HubRequest) -> Response:
    search = request.args.get("search", "").casefold()
    rows = [_pipeline(hub, pipeline_id) for pipeline_id in hub.pipelines]
    return paged(request, [row for row in rows if search in str(row["name"]).casefold()])


@routes.backend(
    "GET", f"{API}/processing-pipelines/<int:pipeline_id>", "pipelines.get", scope="Projects_read"
)
def pipeline(hub: Hub, request: HubRequest, pipeline_id: int) -> Response:
    if pipeline_id not in hub.pipelines:
        raise problems.not_found(f"Processing pipeline {pipeline_id} was not found.")
    return json_response(_pipeline(hub, pipeline_id))


def _storefront(hub: Hub) -> dict[str, object]:
    return {
        "id": hub.config.storefront_id,
        "tenantId": hub.config.tenant_id,
        "name": "Sandbox shop",
        "type": "Custom",
        "created": CATALOG_CREATED,
        "status": "Dev",
    }


def _pipeline(hub: Hub, pipeline_id: int) -> dict[str, object]:
    return {
        "id": pipeline_id,
        "name": PIPELINE_NAMES.get(pipeline_id, f"Pipeline {pipeline_id}"),
        "rawContent": json.dumps(hub.pipelines[pipeline_id], indent=2),
    }
