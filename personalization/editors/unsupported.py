"""Families that the shop cannot open (yet): the last adapter, it recognises everything."""

from django.utils.translation import gettext as _

from personalization.hub.types import PersonalizationParameters

from .base import EditorContext, EditorPage, EditorUnavailable

KNOWN = {
    "UIFramework": "UI Framework",
    "DesignEditor": "Design Editor",
    "SimpleEditor": "Simple Editor of the first generation",
}


class UnsupportedFamily:
    """Says clearly, to staff and to the shopper, that there is no editor for the product."""

    def recognises(self, parameters: PersonalizationParameters) -> bool:
        return True

    def open(self, context: EditorContext) -> EditorPage:
        workflow_type = context.parameters.workflow_type
        family = KNOWN.get(workflow_type, f"workflow type {workflow_type!r}")
        raise EditorUnavailable(
            f"{context.reference} is set up for {family}; this shop opens Workflow Elements",
            message=_(
                "We cannot open the editor of this product yet. Please have a look at our other products."
            ),
        )
