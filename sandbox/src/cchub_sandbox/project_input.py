"""Bodies that create projects, checked field by field as the Hub's API declares them."""

from typing import Any

from . import designs, problems, users
from .catalog import PIPELINE_ID
from .http import HubRequest, json_object
from .hub import Hub
from .pipeline import hires_pipeline

TEXT, NUMBER, OBJECT, LIST, FLAG = str, int, dict, list, bool
NAMES = {TEXT: "a string", NUMBER: "an integer", OBJECT: "an object", LIST: "an array", FLAG: "true or false"}

ORDER_FIELDS = {
    "orderId": TEXT,
    "orderUrl": TEXT,
    "orderNumber": NUMBER,
    "orderName": TEXT,
    "orderLineItemId": TEXT,
    "orderLineItemIndex": NUMBER,
    "customerId": TEXT,
    "customerName": TEXT,
}
PROJECT_FIELDS = {"ownerId": TEXT, "name": TEXT, "description": TEXT}
ITEM_FIELDS = {
    "name": TEXT,
    "groupId": TEXT,
    "quantity": NUMBER,
    "orderLineItemId": TEXT,
    "orderLineItemIndex": NUMBER,
    "productReference": TEXT,
    "fields": OBJECT,
    "designIds": LIST,
    "sku": TEXT,
    "resources": LIST,
    "productSpecifier": OBJECT,
}
SPECIFIER_FIELDS = {"type": TEXT, "id": NUMBER, "versionId": NUMBER, "variantId": NUMBER}


def single_item(hub: Hub, request: HubRequest) -> dict[str, Any]:
    """The project of POST projects/with-single-item: `item`, or one element in the older `items`."""
    body = json_object(request)
    _check(body, ORDER_FIELDS | PROJECT_FIELDS | {"productReference": TEXT, "item": OBJECT, "items": LIST})
    rows = [body["item"]] if body.get("item") else body.get("items") or []
    if len(rows) != 1:
        raise problems.invalid(item="The item field is required.")
    project = _project(body, body)
    item = _item(rows[0], "item")
    item["productReference"] = item["productReference"] or body.get("productReference")
    item["orderLineItemId"] = item["orderLineItemId"] or body.get("orderLineItemId")
    if item["orderLineItemIndex"] is None:
        item["orderLineItemIndex"] = body.get("orderLineItemIndex")
    project["orderLineItemId"] = project["orderLineItemId"] or item["orderLineItemId"]
    project["productReference"] = item["productReference"]
    project["items"] = [item]
    _require_references(hub, project)
    _require_designs(hub, project)
    return project | {"pipeline": hub.pipelines[PIPELINE_ID]}


def multiple_items(hub: Hub, request: HubRequest) -> dict[str, Any]:
    """The project of POST projects/with-multiple-items."""
    body = json_object(request)
    _check(body, ORDER_FIELDS | PROJECT_FIELDS | {"items": LIST})
    project = _project(body, body)
    project["items"] = _items(body)
    _require_references(hub, project)
    _require_designs(hub, project)
    return project | {"pipeline": hub.pipelines[PIPELINE_ID]}


def hires_scenario(hub: Hub, request: HubRequest) -> dict[str, Any]:
    """The project of POST projects/by-scenario/render-hires: one design, no product."""
    body = json_object(request)
    project = _scenario_project(body)
    scenario = body["scenario"]
    _check(scenario, {"designId": TEXT, "name": TEXT, "dpi": NUMBER, "format": TEXT, "anonymousAccess": FLAG})
    if not scenario.get("designId"):
        raise problems.invalid(designId="The designId field is required.")
    if scenario.get("format") not in (None, "Pdf"):
        raise problems.invalid(format="The sandbox renders PDF only.")
    item = _item({"designIds": [scenario["designId"]], "quantity": 1}, "scenario")
    item["orderLineItemId"] = project["orderLineItemId"]
    item["orderLineItemIndex"] = project["orderLineItemIndex"]
    project["items"] = [item]
    _require_designs(hub, project)
    return project | {"pipeline": hires_pipeline(scenario)}


def pipeline_scenario(hub: Hub, request: HubRequest) -> dict[str, Any]:
    """The project of POST projects/by-scenario/specific-pipeline."""
    body = json_object(request)
    project = _scenario_project(body)
    _check(body["scenario"], {"pipelineId": NUMBER, "itemPipelines": LIST})
    pipeline_id = body["scenario"].get("pipelineId")
    if pipeline_id not in hub.pipelines:
        raise problems.invalid(pipelineId=f"Processing pipeline {pipeline_id} was not found.")
    project["items"] = _items(body)
    _require_products(hub, body["items"])
    _require_designs(hub, project)
    return project | {"pipeline": hub.pipelines[pipeline_id]}


def _scenario_project(body: dict[str, Any]) -> dict[str, Any]:
    _check(body, PROJECT_FIELDS | {"orderDetails": OBJECT, "items": LIST, "scenario": OBJECT})
    if not body.get("scenario"):
        raise problems.invalid(scenario="The scenario field is required.")
    order = dict(body.get("orderDetails") or {})
    for name in ("orderLineItemId", "orderLineItemIndex"):
        if body.get(name) is not None:
            order[name] = body[name]
    _check(order, ORDER_FIELDS)
    return _project(body, order)


def _project(body: dict[str, Any], order: dict[str, Any]) -> dict[str, Any]:
    if not (body.get("ownerId") or "").strip():
        raise problems.invalid(ownerId="The ownerId field is required.")
    project = {name: order.get(name) for name in ORDER_FIELDS}
    return project | {name: body.get(name) for name in PROJECT_FIELDS} | {"productReference": None}


def _items(body: dict[str, Any]) -> list[dict[str, Any]]:
    rows = body.get("items") or []
    if not rows:
        raise problems.invalid(items="The items field must hold at least one item.")
    return [_item(row, f"items[{place}]") for place, row in enumerate(rows)]


def _item(row: Any, where: str) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise problems.invalid(**{where: f"The {where} field must be an object."})
    _check(row, ITEM_FIELDS, f"{where}.")
    item = {name: row.get(name) for name in ITEM_FIELDS if name != "productSpecifier"}
    item["hidden"] = row.get("hidden")
    item["designIds"] = item["designIds"] or []
    item["resources"] = item["resources"] or []
    item["quantity"] = 1 if item["quantity"] is None else item["quantity"]
    if not all(isinstance(design_id, str) for design_id in item["designIds"]):
        raise problems.invalid(**{f"{where}.designIds": "Every design id must be a string."})
    if item["quantity"] < 1:
        raise problems.invalid(**{f"{where}.quantity": "The quantity must be at least 1."})
    if row.get("productSpecifier"):
        _check(row["productSpecifier"], SPECIFIER_FIELDS, f"{where}.productSpecifier.")
    return item


def _check(body: dict[str, Any], fields: dict[str, type], prefix: str = "") -> None:
    """Raises Refusal (400) for every field of another type than declared."""
    wrong = {
        prefix + name: f"The {prefix}{name} field must be {NAMES[kind]}."
        for name, kind in fields.items()
        if body.get(name) is not None and type(body[name]) is not kind
    }
    if wrong:
        raise problems.invalid(**wrong)


def _require_references(hub: Hub, project: dict[str, Any]) -> None:
    for item in project["items"]:
        reference = item["productReference"]
        if not reference:
            raise problems.invalid(productReference="The productReference field is required.")
        if hub.product_of(reference):
            continue
        text = f"The product reference '{reference}' was not found."
        if hub.switches.unknown_reference_status == 404:
            raise problems.not_found(text)
        raise problems.invalid(productReference=text)


def _require_products(hub: Hub, rows: list[dict[str, Any]]) -> None:
    """Refuse an item that names no product of the Hub's, neither by reference nor by its own number."""
    for row in rows:
        specifier = row.get("productSpecifier") or {}
        reference, product_id = row.get("productReference"), specifier.get("id")
        if reference and hub.product_of(reference) is None:
            raise problems.invalid(productReference=f"The product reference '{reference}' was not found.")
        if not reference and hub.catalog.product(product_id) is None:
            raise problems.invalid(productSpecifier=f"Product {product_id} was not found.")


def _require_designs(hub: Hub, project: dict[str, Any]) -> None:
    """Refuse owners nobody knows and designs that are gone or another user's, unless switched off."""
    if not hub.switches.strict_designs:
        return
    owner_id = project["ownerId"]
    if users.find(hub.store, owner_id) is None:
        raise problems.invalid(ownerId=f"The storefront user '{owner_id}' was not found.")
    for item in project["items"]:
        if not item["designIds"]:
            raise problems.invalid(designIds="The item has no designs.")
        for design_id in item["designIds"]:
            if designs.find(hub, design_id, owner_id) is None:
                text = f"The private design '{design_id}' of '{owner_id}' was not found."
                raise problems.invalid(designIds=text)
