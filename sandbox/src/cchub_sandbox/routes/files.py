"""What browsers load: the editors' scripts and styles, fonts, and previews."""

import json
import secrets
from pathlib import Path

from werkzeug.security import safe_join
from werkzeug.utils import send_file
from werkzeug.wrappers import Response

from .. import problems
from ..config import DESIGN_EDITOR_DIR, ELEMENTS_DIR, FONTS_DIR, UI_FRAMEWORK_DIR
from ..http import HubRequest, query_int
from ..hub import Hub
from ..rendering.preview import model_preview, on_paper
from ..routing import RouteTable

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
routes = RouteTable()


@routes.public("GET", "/libs/<any(us,eu,au):environment>/workflow-elements/<path:name>", "elements")
def workflow_element(hub: Hub, request: HubRequest, environment: str, name: str) -> Response:
    """Scripts and styles of the editors. Browsers ask each time, so that an edited file shows at once."""
    return _send(request, ELEMENTS_DIR, name, cache_control="no-cache")


@routes.public("GET", "/libs/<any(us,eu,au):environment>/ui-framework/<path:name>", "ui-framework")
def ui_framework(hub: Hub, request: HubRequest, environment: str, name: str) -> Response:
    return _send(request, UI_FRAMEWORK_DIR, name, cache_control="no-cache")


@routes.public("GET", "/design-editor/<path:name>", "design-editor.files")
def design_editor(hub: Hub, request: HubRequest, name: str) -> Response:
    return _send(request, DESIGN_EDITOR_DIR, name, cache_control="no-cache")


@routes.public("GET", "/fonts/<name>", "fonts")
def font(hub: Hub, request: HubRequest, name: str) -> Response:
    return _send(request, FONTS_DIR, name, cache_control="public, max-age=86400")


@routes.public("GET", "/previews/<token>/<int:surface>.png", "previews.design")
def design_preview(hub: Hub, request: HubRequest, token: str, surface: int) -> Response:
    """One side of a design, drawn when it is first asked for."""
    return preview_response(hub, token, surface)


@routes.public("GET", "/previews/products/<int:product_id>.png", "previews.product")
def product_preview(hub: Hub, request: HubRequest, product_id: int) -> Response:
    product = hub.catalog.product(product_id)
    if product is None:
        raise problems.not_found(f"Product {product_id} was not found.")
    paper = query_int(request, "paper") or 0
    png = on_paper(model_preview(hub.store, product.template, 0), paper)
    return Response(png, content_type="image/png", headers={"Cache-Control": "no-cache"})


def preview_response(hub: Hub, token: str, surface: int) -> Response:
    row = hub.store.row("select * from preview where token = ?", token)
    model = json.loads(row["model"]) if row else {"surfaces": []}
    if surface >= len(model["surfaces"]):
        raise problems.not_found("This preview is no longer available.")
    path = hub.store.file("previews", f"{token}-{surface}.png")
    if not path.exists():
        unfinished = path.with_suffix(f".{secrets.token_hex(4)}")
        unfinished.write_bytes(model_preview(hub.store, model, surface))
        unfinished.replace(path)
    response = Response(path.read_bytes(), content_type="image/png")
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def _send(request: HubRequest, folder: Path, name: str, *, cache_control: str) -> Response:
    joined = safe_join(str(folder), name)
    path = Path(joined) if joined else None
    content_type = CONTENT_TYPES.get(path.suffix) if path else None
    if content_type is None or not path.is_file():
        raise problems.not_found(f"There is no file '{name}'.")
    response = send_file(path, request.environ, mimetype=content_type, conditional=True, etag=True)
    response.headers["Content-Type"] = content_type
    response.headers["Cache-Control"] = cache_control
    del response.headers["Content-Disposition"], response.headers["Date"]
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
