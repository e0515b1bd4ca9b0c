"""The console: what is in the sandbox, for the person at this machine, and levers to pull."""

from urllib.parse import quote

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from .. import commands, problems
from ..config import SANDBOX_DIR
from ..console.page import render_page
from ..http import HubRequest
from ..hub import Hub
from ..routing import RouteTable
from .files import preview_response

STYLES = SANDBOX_DIR / "console" / "console.css"
routes = RouteTable()


@routes.local("GET", "/", "console")
def show(hub: Hub, request: HubRequest) -> Response:
    html = render_page(hub, problem=request.args.get("problem", ""))
    response = Response(html, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:;"
        " form-action 'self'; frame-ancestors 'none'"
    )
    return response


@routes.local("GET", "/_console/console.css", "console")
def styles(hub: Hub, request: HubRequest) -> Response:
    response = Response(STYLES.read_bytes(), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@routes.local("POST", "/_console/<command>", "console")
def run_command(hub: Hub, request: HubRequest, command: str) -> Response:
    try:
        commands.run(hub, command, request.form.to_dict())
    except (LookupError, ValueError) as error:
        return redirect(f"/?problem={quote(str(error))}", code=303)
    return redirect("/", code=303)


@routes.local("GET", "/_console/artifacts/<artifact_id>.pdf", "console")
def show_artifact(hub: Hub, request: HubRequest, artifact_id: str) -> Response:
    """A print file, for looking at; the Hub's own pages show them to the merchant likewise."""
    file = hub.store.row("select id from artifact where id = ?", artifact_id)
    if file is None:
        raise problems.not_found("This file is gone.")
    data = hub.store.file("artifacts", file["id"]).read_bytes()
    return Response(data, content_type="application/pdf", headers={"Cache-Control": "no-store"})


@routes.local("GET", "/_console/previews/<token>.png", "console")
def show_preview(hub: Hub, request: HubRequest, token: str) -> Response:
    """The first side of a design, out of reach of armed failures."""
    return preview_response(hub, token, 0)
