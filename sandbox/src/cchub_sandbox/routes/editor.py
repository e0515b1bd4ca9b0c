"""What the sandbox's own editors call from the browser, as a storefront user."""

import json
from sqlite3 import Row
from typing import Any

from werkzeug.utils import send_file
from werkzeug.wrappers import Response

from .. import assets, designs, problems, users
from ..catalog import Product
from ..design_model import FONT_IDS, ModelError
from ..http import HubRequest, json_object, json_response, query_int
from ..hub import Hub
from ..rendering.violations import violations
from ..routing import RouteTable

API = "/api/editor/v1"
FONT_NAMES = {"lora": "Lora", "worksans": "Work Sans", "caveat": "Caveat", "playfair": "Playfair Display"}
routes = RouteTable()


@routes.browser("GET", f"{API}/products", "editor.product")
def product_by_reference(hub: Hub, request: HubRequest) -> Response:
    reference = request.args.get("reference")
    if not reference:
        raise problems.invalid(reference="The reference field is required.")
    product = hub.product_of(reference)
    if product is None:
        raise problems.not_found("This product is not available for personalization.")
    return json_response(_product(hub, request, product))


@routes.browser("GET", f"{API}/products/<int:product_id>", "editor.product")
def product_by_id(hub: Hub, request: HubRequest, product_id: int) -> Response:
    product = hub.catalog.product(product_id)
    if product is None:
        raise problems.not_found("This product is not available for personalization.")
    return json_response(_product(hub, request, product))


@routes.browser("POST", f"{API}/designs", "editor.save")
def create_design(hub: Hub, request: HubRequest) -> Response:
    return json_response(_save(hub, request, None), status=201)


@routes.browser("PUT", f"{API}/designs/<design_id>", "editor.save")
def update_design(hub: Hub, request: HubRequest, design_id: str) -> Response:
    """Replace the design. One that was ordered stays as it is; the change is saved under a new id."""
    design = _own_design(hub, request, design_id)
    ordered = design["retention"] == designs.IN_PROJECT
    return json_response(_save(hub, request, None if ordered else design_id))


@routes.browser("GET", f"{API}/designs/<design_id>", "editor.design")
def get_design(hub: Hub, request: HubRequest, design_id: str) -> Response:
    design = _own_design(hub, request, design_id)
    designs.touch(hub, design_id)
    return json_response(
        {
            "id": design["id"],
            "productId": design["product_id"],
            "sku": design["sku"],
            "model": json.loads(design["model"]),
        }
    )


@routes.browser("POST", f"{API}/assets", "editor.upload")
def upload_asset(hub: Hub, request: HubRequest) -> Response:
    upload = request.files.get("file")
    if upload is None:
        raise problems.bad_request("Please choose a picture to upload.")
    try:
        asset = assets.add(hub.store, _owner(hub, request), upload.read(), now=hub.clock.now())
    except assets.AssetError as error:
        raise problems.bad_request(str(error)) from error
    return json_response(
        {
            "id": asset["id"],
            "url": hub.url(f"{API}/assets/{asset['id']}"),
            "width": asset["width"],
            "height": asset["height"],
        },
        status=201,
    )


@routes.public("GET", f"{API}/assets/<asset_id>", "editor.asset")
def get_asset(hub: Hub, request: HubRequest, asset_id: str) -> Response:
    """The uploaded file; its id cannot be guessed, so no token is asked for."""
    asset = assets.find(hub.store, asset_id)
    if asset is None:
        raise problems.not_found("This picture is no longer available.")
    path = hub.store.file("assets", asset["id"])
    response = send_file(path, request.environ, mimetype=asset["content_type"], max_age=3600)
    del response.headers["Content-Disposition"], response.headers["Date"]
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _owner(hub: Hub, request: HubRequest) -> str:
    return users.owner_for(hub.store, request.user_id)


def _own_design(hub: Hub, request: HubRequest, design_id: str) -> Row:
    design = designs.find(hub, design_id, _owner(hub, request))
    if design is None:
        raise problems.not_found("This design is no longer available.")
    return design


def _save(hub: Hub, request: HubRequest, design_id: str | None) -> dict[str, Any]:
    body = json_object(request)
    owner_id = _owner(hub, request)
    product = hub.catalog.product(body["productId"]) if isinstance(body.get("productId"), int) else None
    if product is None:
        raise problems.bad_request("This product is not available for personalization.")
    if product.variant(sku=str(body.get("sku"))) is None:
        raise problems.bad_request("This version of the product is not available. Please choose another one.")
    try:
        model = designs.check(hub, owner_id, body.get("model"))
    except ModelError as error:
        raise problems.bad_request(str(error)) from error
    if _sizes(body["model"]) != _sizes(product.template):
        raise problems.bad_request("The design does not have the size of this product.")
    design = designs.save(
        hub,
        owner_id=owner_id,
        product_id=product.id,
        sku=body["sku"],
        model=body["model"],
        design_id=design_id,
    )
    return {
        "id": design["id"],
        "previews": designs.preview_urls(hub, design),
        "violations": violations(hub.store, model),
    }


def _sizes(model: dict[str, Any]) -> list[tuple[float, ...]]:
    return [(surface["width"], surface["height"], surface.get("bleed", 0)) for surface in model["surfaces"]]


def _product(hub: Hub, request: HubRequest, product: Product) -> dict[str, Any]:
    wanted = product.variant(sku=request.args.get("sku") or None, variant_id=query_int(request, "variantId"))
    available = next((variant for variant in product.variants if variant.available), product.variants[0])
    return {
        "productId": product.id,
        "productVersionId": product.version_id,
        "name": product.name,
        "variants": [
            {
                "variantId": variant.id,
                "sku": variant.sku,
                "title": variant.title,
                "options": variant.options,
                "available": variant.available,
            }
            for variant in product.variants
        ],
        "selectedSku": (wanted or available).sku,
        "model": product.template,
        "fonts": [_font(hub, font_id) for font_id in FONT_IDS],
    }


def _font(hub: Hub, font_id: str) -> dict[str, str]:
    return {
        "id": font_id,
        "name": FONT_NAMES[font_id],
        "regular": hub.url(f"/fonts/{font_id}-regular.ttf"),
        "bold": hub.url(f"/fonts/{font_id}-bold.ttf"),
    }
