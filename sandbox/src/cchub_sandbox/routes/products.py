"""The read side of the Hub's product catalog (Storefront API, "Products")."""

import json
from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Response

from .. import problems, product_dtos, product_listing
from ..catalog import Product, Variant
from ..http import HubRequest, json_response, paged, query_bool, query_int, sorted_by
from ..hub import Hub
from ..routing import RouteTable

API = "/api/storefront/v1/products"
routes = RouteTable()


@routes.backend("GET", API, "products.list", scope="Templates_read")
def list_products(hub: Hub, request: HubRequest) -> Response:
    rows = [
        product_dtos.product_dto(hub, product)
        for product in hub.catalog
        if product_listing.matches_filters(request, product)
    ]
    return paged(request, sorted_by(request, rows, fields=product_listing.SORTABLE))


@routes.backend("GET", f"{API}/options", "products.all-options", scope="Templates_read")
def all_options(hub: Hub, request: HubRequest) -> Response:
    rows = [
        product_dtos.option_dto(hub, product, option) for product in hub.catalog for option in product.options
    ]
    return paged(request, rows)


@routes.backend("GET", f"{API}/available-tags", "products.tags", scope="Templates_read")
def available_tags(hub: Hub, request: HubRequest) -> Response:
    tags = {product.category for product in hub.catalog if product.category}
    search = request.args.get("search", "").casefold()
    return json_response(sorted(tag for tag in tags if search in tag.casefold()))


@routes.backend("GET", f"{API}/<int:product_id>", "products.get", scope="Templates_read")
def get_product(hub: Hub, request: HubRequest, product_id: int) -> Response:
    return json_response(product_dtos.product_dto(hub, _product(hub, request, product_id)))


@routes.backend("GET", f"{API}/<int:product_id>/variants", "products.variants", scope="Templates_read")
def list_variants(hub: Hub, request: HubRequest, product_id: int) -> Response:
    return _per_variant(hub, request, product_id, product_dtos.variant_dto)


@routes.backend(
    "GET", f"{API}/<int:product_id>/variants/<int:variant_id>", "products.variant", scope="Templates_read"
)
def get_variant(hub: Hub, request: HubRequest, product_id: int, variant_id: int) -> Response:
    product = _product(hub, request, product_id)
    variant = product.variant(variant_id=variant_id)
    if variant is None:
        raise problems.not_found(f"Variant {variant_id} was not found.")
    return json_response(product_dtos.variant_dto(hub, product, variant))


@routes.backend("GET", f"{API}/<int:product_id>/options", "products.options", scope="Templates_read")
def list_options(hub: Hub, request: HubRequest, product_id: int) -> Response:
    product = _product(hub, request, product_id)
    return paged(request, [product_dtos.option_dto(hub, product, option) for option in product.options])


@routes.backend(
    "GET", f"{API}/<int:product_id>/variant-designs", "products.variant-designs", scope="Templates_read"
)
def list_variant_designs(hub: Hub, request: HubRequest, product_id: int) -> Response:
    return _per_variant(hub, request, product_id, product_dtos.variant_design_dto)


@routes.backend(
    "GET", f"{API}/<int:product_id>/variant-mockups", "products.variant-mockups", scope="Templates_read"
)
def list_variant_mockups(hub: Hub, request: HubRequest, product_id: int) -> Response:
    return _per_variant(hub, request, product_id, product_dtos.variant_mockup_dto)


@routes.backend("GET", f"{API}/<int:product_id>/links", "products.links", scope="Templates_read")
def list_links(hub: Hub, request: HubRequest, product_id: int) -> Response:
    _product(hub, request, product_id)
    return paged(request, [])


@routes.backend("GET", f"{API}/<int:product_id>/summary", "products.summary", scope="Templates_read")
def get_summary(hub: Hub, request: HubRequest, product_id: int) -> Response:
    return product_dtos.summary(hub, request, _product(hub, request, product_id))


@routes.backend(
    "GET", f"{API}/<int:product_id>/personalization-workflow", "products.workflow", scope="Templates_read"
)
def get_workflow(hub: Hub, request: HubRequest, product_id: int) -> Response:
    return json_response(product_dtos.workflow_dto(hub, _product(hub, request, product_id)))


@routes.backend(
    "GET", f"{API}/<int:product_id>/personalization-parameters", "products.parameters", scope="Templates_read"
)
def get_parameters(hub: Hub, request: HubRequest, product_id: int) -> Response:
    return json_response(product_dtos.parameters_dto(hub, _product(hub, request, product_id)))


def _product(hub: Hub, request: HubRequest, product_id: int) -> Product:
    product = hub.catalog.product(product_id)
    version_id = query_int(request, "productVersionId")
    if product is None:
        raise problems.not_found(f"Product {product_id} was not found.")
    if version_id not in (None, product.version_id):
        raise problems.not_found(f"Product {product_id} has no version {version_id}.")
    return product


def _per_variant(
    hub: Hub,
    request: HubRequest,
    product_id: int,
    dto: Callable[[Hub, Product, Variant], dict[str, Any]],
) -> Response:
    product = _product(hub, request, product_id)
    wanted = _wanted_values(request)
    sku = request.args.get("sku")
    variant_id = query_int(request, "productVariantId")
    only_available = query_bool(request, "takeAvailableOnly", default=False)
    rows = [
        dto(hub, product, variant)
        for variant in product.variants
        if sku in (None, "", variant.sku)
        and variant_id in (None, variant.id)
        and (variant.available or not only_available)
        and _has_values(product, variant, wanted)
    ]
    return paged(request, rows)


def _wanted_values(request: HubRequest) -> dict[int, set[int]]:
    """The `options` filter: a JSON text like {"1001": "100101, 100102"}."""
    text = request.args.get("options")
    if not text:
        return {}
    try:
        return {
            int(option): {int(value) for value in str(values).split(",")}
            for option, values in json.loads(text).items()
        }
    except (ValueError, AttributeError) as error:
        raise problems.invalid(options="The options filter is not valid JSON.") from error


def _has_values(product: Product, variant: Variant, wanted: dict[int, set[int]]) -> bool:
    chosen = {
        row["productOptionId"]: row["productOptionValueId"]
        for row in product_dtos.variant_options(product, variant)
    }
    return all(chosen.get(option) in values for option, values in wanted.items())
