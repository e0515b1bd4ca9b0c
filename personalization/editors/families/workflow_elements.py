"""Workflow Elements: web components such as `<au-handy-editor>`, set up by a workflow file of the Hub.

Source of the protocol: Aurigma's documentation of Workflow Elements and the types of its sample
(`workflow-element-base/v2.d.ts`): a script and a style sheet per component below the address that the Hub
names, then `init(config)` on the element, where config is the workflow file with the shop's integration and
input merged in.
"""

import re
from typing import Any

from core.csp import csp_origins
from personalization.editors.base import (
    Credential,
    EditorContext,
    EditorPage,
    Place,
    cannot_reopen,
    misconfigured,
    without_none,
)
from personalization.hub.types import PersonalizationParameters

from ..workflow_file import read_workflow

FAMILY = "WorkflowElements"
TEMPLATES = {
    Place.FULL: "pages/commerce/personalize_full.html",
    Place.IN_PAGE: "pages/commerce/personalize_inline.html",
}
# The editors that end in "add to cart", each with the place where it opens unless the page wishes another.
EDITORS = {"handy-editor": Place.FULL, "handy-editor-3d": Place.FULL, "simple-editor": Place.IN_PAGE}
TAG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
VERSIONS = (1, 2)


class WorkflowElements:
    """Opens handy-editor, handy-editor-3d and simple-editor, configuration versions 1 and 2."""

    name = "workflow-elements"
    credential = Credential.STOREFRONT_USER

    def recognises(self, parameters: PersonalizationParameters) -> bool:
        return parameters.workflow_type == FAMILY

    def open(self, context: EditorContext) -> EditorPage:
        wishes = context.wishes
        workflow = read_workflow(
            context.parameters.workflow_content, editors=EDITORS, wanted=wishes.component
        )
        component = workflow["component"]
        tag = workflow.get("tagName") or f"au-{component}"
        if not isinstance(tag, str) or not TAG.fullmatch(tag):
            raise misconfigured(f"{tag!r} is no name of a custom element")
        place = Place(wishes.place or EDITORS[component])
        base = f"{context.parameters.workflow_elements_url}/{component}"
        return EditorPage(
            template=TEMPLATES[place],
            place=place,
            adapter=self.name,
            tag=tag,
            scripts=(f"{base}/index.js",),
            styles=(f"{base}/styles.css",),
            config=init_config(workflow, context),
            user=context.user,
            origins=csp_origins([base, context.parameters.api_gateway_url, context.hub_url]),
        )

    def line_item(self, output: dict[str, Any]) -> dict[str, Any]:
        return output


def init_config(workflow: dict[str, Any], context: EditorContext) -> dict[str, Any]:
    """The workflow file with the shop's part: the integration and exactly one input scenario are ours, the
    language is the page's, everything else stays as the merchant set it up. Raises EditorUnavailable.
    """
    # A file without a version is of the first one; so the element reads it.
    version = workflow.get("configVersion", 1)
    if isinstance(version, bool) or version not in VERSIONS:
        raise misconfigured(f"configVersion {version!r} is unknown")
    config = dict(workflow)
    config["integration"] = _dict(workflow.get("integration")) | _integration(context)
    config["localization"] = _dict(workflow.get("localization")) | {"language": context.language}
    if version == 1:
        config.pop("input", None)
        config["product"] = _product_of_version_1(context)
    else:
        config["input"] = _input(context)
    return config


def _integration(context: EditorContext) -> dict[str, Any]:
    return {
        "tenantId": context.tenant_id,
        "storefrontId": context.storefront_id,
        "user": context.user,
        "cchubApiGatewayUrl": context.parameters.api_gateway_url,
        "cchubUrl": context.hub_url,
        "currency": context.currency,
        "quantity": context.quantity,
    }


def _input(context: EditorContext) -> dict[str, Any]:
    if context.design:
        return _input_to_restore(context)
    summary = context.summary
    if summary is None or summary.product_id is None or summary.product_variant_id is None:
        # Neither scenario names a SKU: the editor then opens the product's first variant.
        return {"productReferenceId": context.reference} if context.reference else _product_itself(context)
    return without_none(
        productId=summary.product_id,
        productVersionId=summary.product_version_id,
        productVariantId=summary.product_variant_id,
        productLinkId=summary.product_link_id,
    )


def _input_to_restore(context: EditorContext) -> dict[str, Any]:
    design = context.design
    if design.product_id is None or design.product_version_id is None:
        product = {"productReferenceId": context.reference} if context.reference else _product_itself(context)
        return {"designId": design.state_id, **product, "sku": design.sku}
    return without_none(
        designId=design.state_id,
        productId=design.product_id,
        productVersionId=design.product_version_id,
        productLinkId=design.product_link_id,
        sku=design.sku,
    )


def _product_of_version_1(context: EditorContext) -> dict[str, Any]:
    if context.design:
        raise cannot_reopen(
            f"{context.product_name} has a workflow file of version 1, which cannot reopen a design"
        )
    summary = context.summary
    if summary is None or summary.product_id is None:
        return {"externalProductId": context.reference} if context.reference else _product_itself(context)
    return without_none(
        productId=summary.product_id,
        productVersionId=summary.product_version_id,
        productLinkId=summary.product_link_id,
        sku=context.sku,
    )


def _product_itself(context: EditorContext) -> dict[str, Any]:
    """A product without reference, as the Hub numbers it."""
    parameters = context.parameters
    return without_none(productId=parameters.product_id, productVersionId=parameters.product_version_id)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


ADAPTER = WorkflowElements()
