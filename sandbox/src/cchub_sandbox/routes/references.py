"""Product references: which Hub product an external product id stands for (Storefront API)."""

from werkzeug.wrappers import Response

from .. import problems, product_dtos, product_listing
from ..access import require_storefront
from ..catalog import Product
from ..http import HubRequest, empty, json_object, json_response, paged, query_int, sorted_by
from ..hub import Hub
from ..routing import RouteTable

API = "/api/storefront/v1/product-references"
MANAGEMENT = "/api/backoffice/v1/product-references"
OTHER_KIND = "<any('product-link','product-bundle','product-specification'):kind>"
routes = RouteTable()


@routes.backend("GET", API, "references.list", scope="Templates_read")
def list_references(hub: Hub, request: HubRequest) -> Response:
    rows = [product_dtos.reference_dto(hub, *pair) for pair in _filtered(hub, request)]
    names = {"title": "productReferenceName", "productreference": "productReference", "created": "created"}
    return paged(request, sorted_by(request, rows, fields=names))


@routes.backend("GET", f"{API}/products", "references.list-products", scope="Templates_read")
def list_products(hub: Hub, request: HubRequest) -> Response:
    rows = [
        product_dtos.product_dto(hub, product) | {"storefrontProductId": reference}
        for reference, product in _filtered(hub, request)
    ]
    return paged(request, sorted_by(request, rows, fields=product_listing.SORTABLE))


@routes.backend(
    "GET",
    f"{API}/<any('product-links','product-bundles','product-specifications'):kind>",
    "references.list-others",
    scope="Templates_read",
)
def list_other_kinds(hub: Hub, request: HubRequest, kind: str) -> Response:
    """Every reference of the sandbox stands for a product, so there are none of the other kinds."""
    require_storefront(hub, request, query_int(request, "storefrontId", required=True))
    return paged(request, [])


@routes.backend("GET", f"{API}/<path:reference>", "references.get", scope="Templates_read")
def get_reference(hub: Hub, request: HubRequest, reference: str) -> Response:
    return json_response(product_dtos.reference_dto(hub, reference, _product(hub, request, reference)))


@routes.backend("GET", f"{API}/<path:reference>/product", "references.product", scope="Templates_read")
def get_product(hub: Hub, request: HubRequest, reference: str) -> Response:
    dto = product_dtos.product_dto(hub, _product(hub, request, reference))
    return json_response(dto | {"storefrontProductId": reference})


@routes.backend("GET", f"{API}/<path:reference>/{OTHER_KIND}", "references.other", scope="Templates_read")
def get_other_kind(hub: Hub, request: HubRequest, reference: str, kind: str) -> Response:
    _product(hub, request, reference)
    raise problems.conflict(f"The reference '{reference}' stands for a product.")


@routes.backend(
    "GET",
    f"{API}/<path:reference>/personalization-workflow",
    "references.workflow",
    scope="Templates_read",
)
def get_workflow(hub: Hub, request: HubRequest, reference: str) -> Response:
    product = _product(hub, request, reference, storefront_required=False)
    return json_response(product_dtos.workflow_dto(hub, product))


@routes.backend(
    "GET",
    f"{API}/<path:reference>/personalization-parameters",
    "references.parameters",
    scope="Templates_read",
)
def get_parameters(hub: Hub, request: HubRequest, reference: str) -> Response:
    return json_response(product_dtos.parameters_dto(hub, _product(hub, request, reference)))


@routes.backend(
    "GET", f"{API}/<path:reference>/product-summary", "references.summary", scope="Templates_read"
)
def get_summary(hub: Hub, request: HubRequest, reference: str) -> Response:
    return product_dtos.summary(hub, request, _product(hub, request, reference))


@routes.backend(
    "GET", f"{API}/<path:reference>/product-cost-details", "references.cost", scope="Templates_read"
)
def get_cost(hub: Hub, request: HubRequest, reference: str) -> Response:
    product = _product(hub, request, reference)
    if not request.args.get("sku"):
        raise problems.invalid(sku="The sku field is required.")
    variant = product_dtos.asked_variant(request, product)
    if variant is None:
        raise problems.not_found(f"The product has no variant '{request.args['sku']}'.")
    quantity = query_int(request, "quantity") or 1
    return json_response(
        {
            "productReference": reference,
            "productSku": variant.sku,
            "productQuantity": quantity,
            "productPrice": float(variant.price),
            "productCost": float(variant.price * quantity),
            "productDiscount": 0,
            "currencyCode": request.args.get("currencyCode") or "EUR",
            "tenantId": hub.config.tenant_id,
        }
    )


@routes.backend("POST", MANAGEMENT, "references.create", scope="Templates_full")
def create_reference(hub: Hub, request: HubRequest) -> Response:
    """Connect a reference to a product, as the merchant does in the Hub's pages."""
    require_storefront(hub, request, query_int(request, "storefrontId", required=True))
    body = json_object(request)
    reference, product_id = body.get("productReference"), body.get("productId")
    if not isinstance(reference, str) or not reference.strip():
        raise problems.invalid(productReference="The productReference field is required.")
    product = hub.catalog.product(product_id) if isinstance(product_id, int) else None
    if product is None:
        raise problems.not_found(f"Product {product_id} was not found.")
    if hub.product_of(reference):
        raise problems.conflict(f"The reference '{reference}' already exists.", "IdConflict")
    hub.connect(reference, product.id, body.get("productReferenceName"))
    return json_response(product_dtos.reference_dto(hub, reference, product), status=201)


@routes.backend("DELETE", f"{MANAGEMENT}/<path:reference>", "references.delete", scope="Templates_full")
def delete_reference(hub: Hub, request: HubRequest, reference: str) -> Response:
    require_storefront(hub, request, query_int(request, "storefrontId", required=True))
    if hub.product_of(reference) is None:
        raise problems.not_found(f"The reference '{reference}' was not found.")
    hub.disconnect(reference)
    return empty(200)


def _product(hub: Hub, request: HubRequest, reference: str, *, storefront_required: bool = True) -> Product:
    require_storefront(hub, request, query_int(request, "storefrontId", required=storefront_required))
    product = hub.product_of(reference)
    if product is None:
        raise problems.not_found(f"The product reference '{reference}' was not found.")
    return product


def _filtered(hub: Hub, request: HubRequest) -> list[tuple[str, Product]]:
    require_storefront(hub, request, query_int(request, "storefrontId", required=True))
    product_id = query_int(request, "productId")
    reference = request.args.get("productReference")
    return [
        (known, product)
        for known, product in hub.references()
        if reference in (None, "", known)
        and product_id in (None, product.id)
        and product_listing.matches_filters(request, product, known)
    ]
