"""Hub products in the shapes of the storefront API (client 2.68.1, models/product_*.py)."""

from typing import Any

from werkzeug.wrappers import Response

from . import problems, variations
from .catalog import Option, OptionValue, Product, Variant, uid
from .http import HubRequest, json_response, query_int
from .hub import Hub

DESIGN_EDITOR_API_KEY = "sandbox-design-editor-key"
CATALOG_CREATED = "2026-03-02T10:11:12.000Z"


def image(hub: Hub, product: Product) -> dict[str, Any]:
    return {"resourceId": product.template_id, "url": hub.url(f"/previews/products/{product.id}.png")}


def variant_image(hub: Hub, product: Product, variant: Variant) -> dict[str, Any]:
    """The product's picture; where it is chosen by paper, on the variant's."""
    papers = list(dict.fromkeys(next(iter(other.options.values()), "") for other in product.variants))
    paper = papers.index(next(iter(variant.options.values()), ""))
    shown = image(hub, product)
    return shown | {"url": f"{shown['url']}?paper={paper}"} if paper else shown


def product_dto(hub: Hub, product: Product) -> dict[str, Any]:
    return {
        "id": product.id,
        "productVersionId": product.version_id,
        "tenantId": hub.config.tenant_id,
        "name": product.name,
        "description": product.description,
        "image": image(hub, product),
        "created": CATALOG_CREATED,
        "lastModified": CATALOG_CREATED,
        "tags": tags(product),
        "customFields": {},
        "personalizationWorkflowId": product.workflow_id,
        "processingPipelineId": hub.pipeline_id,
        "storefrontId": hub.config.storefront_id,
        "storefrontProductId": product.reference,
        "storefrontProductName": product.name,
    }


def reference_dto(hub: Hub, reference: str, product: Product) -> dict[str, Any]:
    return {
        "productReference": reference,
        "productReferenceType": "Product",
        "productReferenceName": product.name,
        "productSpecificationId": None,
        "productId": product.id,
        "productVersionId": product.version_id,
        "productLinkId": None,
        "productBundleId": None,
        "storefrontId": hub.config.storefront_id,
        "tenantId": hub.config.tenant_id,
        "created": CATALOG_CREATED,
    }


def workflow_dto(hub: Hub, product: Product) -> dict[str, Any]:
    return {
        "id": product.workflow_id,
        "content": variations.workflow_text(product.workflow, hub.switches.workflow),
        "workflowType": product.workflow_type,
    }


def parameters_dto(hub: Hub, product: Product) -> dict[str, Any]:
    """Everything that starts an editor; the gateway address ends in a slash, as it may in the Hub."""
    applications = applications_dto(hub)
    addresses = (
        "designEditorUrl",
        "preflightUrl",
        "dynamicImageUrl",
        "uiFrameworkUrl",
        "simpleEditorUrl",
        "workflowElementsUrl",
    )
    return {
        "productType": "Product",
        "id": product.id,
        "versionId": product.version_id,
        "apiGatewayUrl": hub.url("/"),
        **{name: applications[name] for name in addresses},
        "workflowType": product.workflow_type,
        "workflowContent": variations.workflow_text(product.workflow, hub.switches.workflow),
    }


def applications_dto(hub: Hub) -> dict[str, Any]:
    """TenantApplicationsInfoDto. The API keys are as secret here as they are in the Hub."""
    return {
        "designEditorUrl": hub.url("/design-editor"),
        "uiFrameworkUrl": hub.url(f"/libs/{hub.config.environment}/ui-framework"),
        "simpleEditorUrl": hub.url(f"/libs/{hub.config.environment}/simple-editor"),
        "workflowElementsUrl": hub.url(f"/libs/{hub.config.environment}/workflow-elements"),
        "templateEditorUrl": None,
        "preflightUrl": None,
        "dynamicImageUrl": None,
        "tenantId": hub.config.tenant_id,
        "designEditorApiKey": DESIGN_EDITOR_API_KEY,
        "preflightApiKey": "sandbox-preflight-key",
        "dynamicImageApiKey": "sandbox-dynamic-image-key",
    }


def summary(hub: Hub, request: HubRequest, product: Product) -> Response:
    """An unknown SKU gives a summary without variant, or 404: nobody knows which the Hub does."""
    variant = asked_variant(request, product)
    asked = request.args.get("sku") or request.args.get("productVariantId")
    if asked and variant is None and hub.switches.unknown_sku_is_not_found:
        raise problems.not_found(f"The product has no variant '{asked}'.")
    return json_response(summary_dto(hub, product, variant))


def asked_variant(request: HubRequest, product: Product) -> Variant | None:
    """The variant that the query names by its SKU or its id."""
    return product.variant(
        sku=request.args.get("sku") or None, variant_id=query_int(request, "productVariantId")
    )


def summary_dto(hub: Hub, product: Product, variant: Variant | None) -> dict[str, Any]:
    """ProductSummaryDto; without a variant its four fields are null."""
    dto = {
        "productId": product.id,
        "productVersionId": product.version_id,
        "productLinkId": None,
        "productLinkVersionId": None,
        "productFilterId": None,
        "productBundleId": None,
        "productBundleVersionId": None,
        "productVariantId": variant.id if variant else None,
        "productVariantSku": variant.sku if variant else None,
        "productVariantPrice": float(variant.price) if variant else None,
        "productVariantWeight": variant.weight_grams if variant else None,
        "isProductVariantAvailable": variant.available if variant else None,
        "name": product.name,
        "description": product.description,
        "image": image(hub, product),
        "tenantId": hub.config.tenant_id,
        "personalizationWorkflowId": product.workflow_id,
        "processingPipelineId": hub.pipeline_id,
        "tags": tags(product),
        "customFields": {},
        "options": [
            _option(option, place)
            | {"productOptionValues": [_summary_value(value) for value in option.values]}
            for place, option in enumerate(product.options)
        ],
    }
    return variations.summary(dto, hub.switches.sku)


def variant_dto(hub: Hub, product: Product, variant: Variant) -> dict[str, Any]:
    return _variant_identity(hub, product, variant) | {
        "id": variant.id,
        "uid": uid(f"variant {variant.sku}"),
        "isAvailable": variant.available,
        "price": float(variant.price),
        "weight": variant.weight_grams,
        "sortIndex": product.variants.index(variant),
        "productVariantOptions": variant_options(product, variant),
    }


def variant_design_dto(hub: Hub, product: Product, variant: Variant) -> dict[str, Any]:
    return _variant_identity(hub, product, variant) | {
        "productVariantId": variant.id,
        "productVariantUID": uid(f"variant {variant.sku}"),
        "isAvailable": variant.available,
        "price": float(variant.price),
        "sortIndex": product.variants.index(variant),
        "personalizationWorkflowId": product.workflow_id,
        "designId": product.template_id,
        "designName": product.name,
        "designGroup": None,
        "designHasDataSchema": False,
        "designHasToggleSet": False,
        "productVariantOptions": variant_options(product, variant),
        "productVariantResources": [
            variant_image(hub, product, variant)
            | {"name": product.name, "type": "Preview", "resourcePreview": None}
        ],
    }


def variant_mockup_dto(hub: Hub, product: Product, variant: Variant) -> dict[str, Any]:
    return _variant_identity(hub, product, variant) | {
        "productVariantId": variant.id,
        "productVariantUID": uid(f"variant {variant.sku}"),
        "mockupId": uid(f"mockup {product.reference}")[:24],
        "mockupName": product.name,
        "mockupValidationType": None,
        "mockupType": "Thumbnail",
        "surfaceIndex": 0,
        "surfaceUsageType": "Individual",
        "productVariantOptions": variant_options(product, variant),
    }


def option_dto(hub: Hub, product: Product, option: Option) -> dict[str, Any]:
    return _option(option, product.options.index(option)) | {
        "productVersionId": product.version_id,
        "productId": product.id,
        "tenantId": hub.config.tenant_id,
        "type": "Simple",
        "productOptionValues": [
            _value(value) | {"sortIndex": place, "simpleOptionValue": {"value": value.title}}
            for place, value in enumerate(option.values)
        ],
    }


def variant_options(product: Product, variant: Variant) -> list[dict[str, Any]]:
    return [
        {
            "productOptionId": option.id,
            "productOptionValueId": value.id,
            "productOptionType": "Simple",
            "productOptionTraits": [],
            "productOptionTitle": option.title,
            "productOptionValueTitle": value.title,
            "simpleOptionValue": {"value": value.title},
        }
        for option in product.options
        for value in option.values
        if variant.options.get(option.title) == value.title
    ]


def _variant_identity(hub: Hub, product: Product, variant: Variant) -> dict[str, Any]:
    return {
        "productVersionId": product.version_id,
        "productId": product.id,
        "tenantId": hub.config.tenant_id,
        "storefrontProductVariantId": variant.sku,
        "sku": variant.sku,
    }


def _option(option: Option, place: int) -> dict[str, Any]:
    return {
        "id": option.id,
        "tag": None,
        "uid": uid(f"option {option.id}"),
        "title": option.title,
        "description": None,
        "tooltip": None,
        "sortIndex": place,
        "traits": [],
        "useForDesignBinding": False,
        "useForMockupBinding": False,
        "useForDocumentBinding": False,
        "appearanceData": {"type": "Chips", "items": []},
        "image": None,
    }


def _value(value: OptionValue) -> dict[str, Any]:
    return {
        "id": value.id,
        "tag": None,
        "uid": uid(f"option value {value.id}"),
        "title": value.title,
        "isDefault": value.id % 100 == 1,
        "description": None,
        "colors": [],
        "image": None,
    }


def _summary_value(value: OptionValue) -> dict[str, Any]:
    return _value(value) | {"value": value.title}


def tags(product: Product) -> list[str]:
    return [product.category] if product.category else []
