"""The files a pipeline made (asset storage API, "Artifacts")."""

from sqlite3 import Row

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from .. import access, problems
from ..failures import REDIRECTED, UNREADABLE, WRONG_TYPE
from ..http import HubRequest, json_response, query_bool, timestamp
from ..hub import Hub
from ..routing import RouteTable

API = "/api/storage/v1/artifacts/<artifact_id>"
SCOPE = "Artifacts_read"
# Another host that a shop must neither follow to nor show its token.
INSIDE = "https://127.0.0.1:9/inside"
routes = RouteTable()


@routes.backend("GET", API, "artifacts.get", scope=SCOPE)
def get_artifact(hub: Hub, request: HubRequest, artifact_id: str) -> Response:
    file = _artifact(hub, artifact_id)
    return json_response(
        {
            "id": file["id"],
            "name": file["name"],
            "group": None,
            "alias": None,
            "type": file["kind"],
            "format": file["format"],
            "size": file["size"],
            "descriptor": None,
            "description": None,
            "anonymousAccess": bool(file["anonymous"]),
            "url": hub.url(f"/api/storage/v1/artifacts/{file['id']}/file"),
            "tenantId": hub.config.tenant_id,
            "ownerId": None,
            "customFields": {},
            "lastModified": timestamp(file["created"]),
        }
    )


@routes.public("GET", f"{API}/file", "artifacts.file")
def download(hub: Hub, request: HubRequest, artifact_id: str) -> Response:
    """The bytes, for whoever holds the address when access is anonymous, else for the external app."""
    file = hub.store.row("select * from artifact where id = ?", artifact_id)
    if file is None or not file["anonymous"]:
        access.require_app(hub, request, SCOPE)
    file = _artifact(hub, artifact_id)
    if file["trouble"] == REDIRECTED:
        return redirect(INSIDE)
    if file["trouble"] == WRONG_TYPE:
        return Response("<!doctype html><title>Log in</title>", content_type="text/html")
    data = hub.store.file("artifacts", file["id"]).read_bytes()
    if file["trouble"] == UNREADABLE:
        data = bytes(len(data))
    sent = data[: len(data) // 2] if file["trouble"] == "truncated" else data
    response = Response(sent, content_type="application/pdf")
    response.headers["Content-Length"] = str(len(data))
    response.headers["Cache-Control"] = "no-store"
    if query_bool(request, "attachment", default=False):
        response.headers.set("Content-Disposition", "attachment", filename=f"{file['name']}.pdf")
    return response


def _artifact(hub: Hub, artifact_id: str) -> Row:
    file = hub.store.row("select * from artifact where id = ?", artifact_id)
    if file is None or file["trouble"] == "missing":
        raise problems.not_found(f"The artifact '{artifact_id}' was not found.")
    return file
