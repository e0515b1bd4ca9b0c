"""The personalization workflows of the tenant's products: which editor opens, and with what set-up."""

from typing import Any

WORKFLOW_ELEMENTS = ("handy-editor", "handy-editor-3d", "simple-editor")
UI_FRAMEWORK = "ui-framework"
DESIGN_EDITOR = "design-editor"
EDITORS = (*WORKFLOW_ELEMENTS, UI_FRAMEWORK, DESIGN_EDITOR)
TYPES = {UI_FRAMEWORK: "UIFramework", DESIGN_EDITOR: "DesignEditor"}


def workflow_type(editor: str) -> str:
    """WorkflowType of the storefront API."""
    return TYPES.get(editor, "WorkflowElements")


def workflow_content(editor: str, product_id: int) -> dict[str, Any]:
    """The workflow of a product."""
    if editor == UI_FRAMEWORK:
        return _ui_framework()
    if editor == DESIGN_EDITOR:
        return _design_editor(f"product-{product_id}")
    return {
        "configVersion": 2,
        "component": editor,
        "tagName": f"au-{editor}",
        "settings": {},
        "resources": {"assetLibrary": {"clipartsFolder": "Clipart", "imagesFolder": "Images"}},
    }


def _ui_framework() -> dict[str, Any]:
    """A configuration with one step, and with the restoration that going on with a design needs."""
    return {
        "attributes": [],
        "vars": {},
        "widgets": [
            {"name": "handy-editor", "type": "handy-editor", "params": {}},
            {"name": "order", "type": "order", "params": {}},
        ],
        "steps": [{"name": "Personalize", "mainPanel": {"name": "handy-editor"}}],
        "restoration": {"initialStep": "Personalize"},
    }


def _design_editor(template: str) -> dict[str, Any]:
    """A product definition and a configuration; the shape around the two is an assumption of the shop's."""
    return {
        "productDefinition": {"surfaces": [{"printAreas": [{"designFile": template}]}]},
        "configuration": {"initialMode": "Advanced"},
    }
