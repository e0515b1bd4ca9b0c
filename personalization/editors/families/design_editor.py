"""Design Editor: an application in an iframe, driven by Aurigma's IFrame API.

Source of the protocol: Aurigma's documentation of the IFrame API (`loadEditor`, `saveProduct`,
`getProofImages`) and its Python sample. What a workflow of this type holds in the Hub is not documented. Read
here: the text of a design's id, a product definition, or an object with a product definition and a
configuration under the two keys that settings.CCHUB names.
"""

from typing import Any

from core.bounds import FROM_HUB, OutOfBounds, bounded_json
from core.csp import csp_origins
from personalization.editors.base import (
    Credential,
    EditorContext,
    EditorPage,
    UnreadableOutput,
    misconfigured,
    refuse_wishes,
)
from personalization.hub.config import HubConfig
from personalization.hub.types import PersonalizationParameters

FAMILY = "DesignEditor"


class DesignEditor:
    """Opens the Design Editor with a product definition, or with a saved design."""

    name = "design-editor"
    credential = Credential.DESIGN_EDITOR

    def recognises(self, parameters: PersonalizationParameters) -> bool:
        return parameters.workflow_type == FAMILY

    def open(self, context: EditorContext) -> EditorPage:
        refuse_wishes(context.wishes, family="the Design Editor")
        product, configuration = _read_workflow(context)
        base = context.parameters.design_editor_url
        if not base:
            raise misconfigured("the tenant has no Design Editor: the Hub names no address for it")
        user = {"userId": context.user_id, "tokenId": context.token}
        return EditorPage(
            template="pages/commerce/personalize_framed.html",
            adapter=self.name,
            config={
                "scriptUrl": f"{base}/Resources/Generated/IframeApi.js",
                "product": context.design.state_id if context.design else product,
                "configuration": configuration | user,
                "quantity": context.quantity,
            },
            user=context.user,
            origins=csp_origins([base, context.parameters.api_gateway_url, context.hub_url]),
        )

    def line_item(self, output: dict[str, Any]) -> dict[str, Any]:
        saved, proof = output.get("saved"), output.get("proof")
        if not isinstance(saved, dict) or not isinstance(proof, dict):
            raise UnreadableOutput("the Design Editor's output lacks what was saved, or its proof images")
        return {
            "quantity": output.get("quantity"),
            "properties": {
                "_stateId": saved.get("stateId"),
                "_userId": saved.get("userId"),
                "_hidden": {"images": _first_of_each_surface(proof.get("proofImageUrls"))},
            },
        }


def _read_workflow(context: EditorContext) -> tuple[Any, dict[str, Any]]:
    """The product to load and the editor's configuration."""
    content = context.parameters.workflow_content
    try:
        data = bounded_json(content or "", FROM_HUB)
    except OutOfBounds as error:
        raise misconfigured(f"{context.product_name}: the workflow {error}") from None
    except ValueError as error:
        raise misconfigured(f"{context.product_name}: the workflow is not JSON ({error})") from None
    config = HubConfig.from_settings()
    product, configuration = data, {}
    if isinstance(data, dict) and config.design_editor_product_key in data:
        product = data[config.design_editor_product_key]
        configuration = data.get(config.design_editor_configuration_key) or {}
    is_definition = isinstance(product, dict) and isinstance(product.get("surfaces"), list)
    is_design = isinstance(product, str) and product.strip() != ""
    if not (is_definition or is_design) or not isinstance(configuration, dict):
        raise misconfigured(f"{context.product_name}: the workflow holds no product of the Design Editor")
    return product, configuration


def _first_of_each_surface(pages: Any) -> list[Any]:
    """`proofImageUrls` is a list of surfaces, each a list of mockups."""
    surfaces = pages if isinstance(pages, list) else []
    return [surface[0] if isinstance(surface, list) and surface else surface for surface in surfaces]


ADAPTER = DesignEditor()
