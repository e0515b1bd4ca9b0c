"""The bodies that create a project, one for each way that the Hub offers; by the JSON names of its DTOs.

The ways differ in which pipeline makes the print files: the one of the product in the Hub, one given by its
number, or the Hub's built-in rendering.
"""

from typing import Any

from .types import NewProject

HIRES_DPI = 300


def by_product(new: NewProject) -> dict[str, Any]:
    """`POST projects/with-single-item`, `CreateSingleItemProjectDto`.

    The reference and the line are given for the project and for its item: connectors in the field read
    either.
    """
    return {
        **_line(new),
        **_order(new),
        "productReference": new.product_reference,
        "ownerId": new.owner_id,
        "name": new.name,
        "item": _item(new),
    }


def by_pipeline(new: NewProject, pipeline_id: int) -> dict[str, Any]:
    """`POST projects/by-scenario/specific-pipeline`, `CreateProjectBySpecificPipelineScenarioDto`."""
    return {
        "ownerId": new.owner_id,
        "name": new.name,
        "orderDetails": {**_order(new), **_line(new)},
        "items": [_item(new)],
        "scenario": {"pipelineId": pipeline_id},
    }


def by_hires_rendering(new: NewProject) -> dict[str, Any]:
    """`POST projects/by-scenario/render-hires`, `CreateProjectByRenderHiResScenarioDto`.

    It has no item, so quantity and SKU are told in the description. It renders one design: raises
    ValueError for more.
    """
    [design_id] = new.design_ids
    return {
        **_line(new),
        "ownerId": new.owner_id,
        "name": new.name,
        "description": f"{new.quantity} × {new.sku}",
        "orderDetails": {**_order(new), **_line(new)},
        "scenario": {
            "designId": design_id,
            "name": "result",
            "dpi": HIRES_DPI,
            "format": "Pdf",
            "colorSpace": "Cmyk",
            "flipMode": "None",
            "rotateMode": "None",
            "anonymousAccess": False,
        },
    }


def _line(new: NewProject) -> dict[str, Any]:
    return {"orderLineItemId": new.order_line_item_id, "orderLineItemIndex": new.order_line_item_index}


def _order(new: NewProject) -> dict[str, Any]:
    order = {
        "orderId": new.order_id,
        "orderName": new.order_name,
        "orderUrl": new.order_url,
        "customerId": new.customer_id,
        "customerName": new.customer_name,
    }
    return order if new.order_number is None else {**order, "orderNumber": new.order_number}


def _item(new: NewProject) -> dict[str, Any]:
    item = {
        **_line(new),
        "name": new.name,
        "quantity": new.quantity,
        "sku": new.sku,
        "designIds": list(new.design_ids),
        "fields": dict(new.fields),
        "hidden": dict(new.hidden),
        "resources": [
            {"name": f"preview-{number}", "url": url, "type": "Preview"}
            for number, url in enumerate(new.preview_urls, start=1)
        ],
    }
    if new.product_reference:
        item["productReference"] = new.product_reference
    if new.product is not None:
        item["productSpecifier"] = {
            "type": "Product",
            "id": new.product.product_id,
            "versionId": new.product.version_id,
            "variantId": new.product.variant_id,
        }
    return item
