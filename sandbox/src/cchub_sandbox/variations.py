"""Answers that are well formed but not what a shop hopes for; chosen by a switch, until it is changed."""

import json
from typing import Any

AS_CONFIGURED = ""

WORKFLOWS = {
    AS_CONFIGURED: "As configured",
    "empty": "Empty",
    "not-json": "No JSON",
    "unknown-component": "A component that nobody knows",
    "template-editor": "The template editor, a tool of administrators",
    "several": "Several elements, an editor among them",
    "two-editors": "Two editors",
    "several-without-editor": "Several elements without an editor",
}
SKUS = {
    AS_CONFIGURED: "As configured",
    "not-mapped": "Unknown to the product",
    "unavailable": "Not available",
    "no-price": "Without a price",
}
CALL_BACKS = {
    AS_CONFIGURED: "As configured",
    "wrong-secret": "With a wrong secret",
    "unknown-project": "About a project that does not exist",
    "numbers": "With the project's id as a number",
}
CHOICES = {"workflow": WORKFLOWS, "sku": SKUS, "call_back": CALL_BACKS}

UNKNOWN_PROJECT = 999_999_999


def workflow_text(workflow: dict[str, Any], choice: str) -> str:
    """A workflow as the Hub stores it: text that should hold JSON."""
    if choice == "empty":
        return ""
    if choice == "not-json":
        return json.dumps(workflow)[:-1]
    return json.dumps(_workflow(workflow, choice))


def _workflow(workflow: dict[str, Any], choice: str) -> Any:
    options = {"configVersion": 2, "component": "cc-options", "settings": {}}
    if choice == "several":
        return [options, workflow]
    if choice == "two-editors":
        return [workflow, workflow | {"component": "simple-editor", "tagName": "au-simple-editor"}]
    if choice == "several-without-editor":
        return [options, workflow | {"component": "headless-editor"}]
    if choice in ("unknown-component", "template-editor"):
        return workflow | {"component": choice}
    return workflow


def summary(dto: dict[str, Any], choice: str) -> dict[str, Any]:
    """A ProductSummaryDto with another variant than the shop hopes for."""
    if choice == "not-mapped":
        names = ("productVariantId", "productVariantSku", "productVariantPrice", "isProductVariantAvailable")
        return dto | dict.fromkeys(names)
    if choice == "unavailable":
        return dto | {"isProductVariantAvailable": False}
    if choice == "no-price":
        return dto | {"productVariantPrice": None}
    return dto


def call_back(parameters: dict[str, Any], choice: str) -> dict[str, Any]:
    """What a pipeline's task invoke-url sends."""
    body = parameters.get("body", {})
    if choice == "wrong-secret":
        headers = dict.fromkeys(parameters.get("queryHeaders", {}), "not-the-secret")
        return parameters | {"queryHeaders": headers}
    if choice == "unknown-project" and "projectId" in body:
        return parameters | {"body": body | {"projectId": str(UNKNOWN_PROJECT), "orderId": "NO-SUCH-ORDER"}}
    if choice == "numbers" and str(body.get("projectId", "")).isdigit():
        return parameters | {"body": body | {"projectId": int(body["projectId"])}}
    return parameters
