"""UI Framework: editors put together from widgets and steps by a configuration file of the Hub.

Source of the protocol: Aurigma's sample shop (`UI-framework.tsx`, `uif.ts`), its connectors, and the article
"Editor snapshots" of the UI Framework's documentation: two ES modules, a driver and the editor, below the
address that the Hub names; `driver.init(product, editor, config, ...)`; then `cart.onSubmitted`.
"""

from typing import Any

from core.csp import csp_origins
from personalization.editors.base import (
    Credential,
    EditorContext,
    EditorPage,
    UnreadableOutput,
    cannot_reopen,
    misconfigured,
    read_json_object,
    refuse_wishes,
    without_none,
)
from personalization.hub.types import PersonalizationParameters

FAMILY = "UIFramework"
# Enumerations of the driver: an option-based product of the Hub, in a shop of our own making.
OPTION_BASED_PRODUCT = 2
CUSTOM_SHOP = 0


class UiFramework:
    """Opens a UI Framework configuration with the default driver."""

    name = "ui-framework"
    credential = Credential.STOREFRONT_USER

    def recognises(self, parameters: PersonalizationParameters) -> bool:
        return parameters.workflow_type == FAMILY

    def open(self, context: EditorContext) -> EditorPage:
        refuse_wishes(context.wishes, family="the UI Framework")
        workflow = read_json_object(context.parameters.workflow_content)
        if not isinstance(workflow.get("widgets"), list):
            raise misconfigured(f"{context.product_name}: the UI Framework's configuration has no widgets")
        base = context.parameters.ui_framework_url
        if not base:
            raise misconfigured("the tenant has no UI Framework: the Hub names no address for it")
        addresses = [
            base,
            context.parameters.api_gateway_url,
            context.hub_url,
            context.parameters.design_editor_url,
        ]
        return EditorPage(
            template="pages/commerce/personalize_full.html",
            adapter=self.name,
            config={
                "driverUrl": f"{base}/drivers/default-driver.js",
                "editorUrl": f"{base}/editor.js",
                "product": _product(context),
                "workflow": workflow,
                "plugins": {
                    "customersCanvasBaseUrl": context.parameters.design_editor_url,
                    "useBackOffice": True,
                },
                "restore": _restore(context),
                "quantity": context.quantity,
                "user": {"id": context.user_id, "tokenId": context.token, "data": {}},
                "backOffice": _back_office(context),
            },
            user=context.user,
            origins=csp_origins(addresses),
        )

    def line_item(self, output: dict[str, Any]) -> dict[str, Any]:
        items = output.get("lineItems")
        if not isinstance(items, list) or len(items) != 1 or not isinstance(items[0], dict):
            raise UnreadableOutput("the cart of the UI Framework does not hold exactly one line item")
        item = items[0]
        return without_none(quantity=item.get("quantity"), sku=item.get("sku"), properties=item.get("props"))


def _product(context: EditorContext) -> dict[str, Any]:
    """The product as an e-commerce system describes one. Prices stay on the shop's own pages."""
    return {
        "id": context.reference or str(context.parameters.product_id),
        "sku": context.sku,
        "name": context.title,
        "title": context.title,
        "description": "",
        "options": [],
        "price": 0,
        "attributes": [],
    }


def _back_office(context: EditorContext) -> dict[str, Any]:
    gateway = context.parameters.api_gateway_url
    return {
        "storefrontId": context.storefront_id,
        "tenantId": context.tenant_id,
        "token": context.token,
        "backOfficeUrl": context.hub_url,
        "apiGatewayUrl": gateway,
        "assetProcessorUrl": gateway,
        "assetStorageUrl": gateway,
        "designAtomsApiUrl": gateway,
        "externalProductId": "",
        "integrationType": OPTION_BASED_PRODUCT,
        "ecommerceSystemType": CUSTOM_SHOP,
        "optionBasedProductInfo": without_none(
            productId=context.parameters.product_id,
            productVersionId=context.parameters.product_version_id,
            selectedVariantSku=context.sku,
        ),
    }


def _restore(context: EditorContext) -> dict[str, Any] | None:
    """What an earlier design is restored from. Without a snapshot the editor has nothing to go by.

    Aurigma's connectors disagree on the name of the state, `state` or `stateId`, so both are given.
    """
    design = context.design
    if design is None:
        return None
    if not design.snapshot:
        raise cannot_reopen(f"{context.product_name}: the design has no snapshot of the UI Framework")
    return {
        "key": design.key,
        "state": design.state_id,
        "stateId": design.state_id,
        "snapshot": design.snapshot,
    }


ADAPTER = UiFramework()
