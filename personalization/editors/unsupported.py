"""What stands in for a family when none recognises the product's workflow."""

from django.utils.translation import gettext as _

from .base import Credential, EditorContext, EditorPage, EditorUnavailable

KNOWN = {"SimpleEditor": "the Simple Editor of the first generation, which Aurigma has given up"}


class UnsupportedFamily:
    """Says clearly, to staff and to the shopper, that there is no editor for the product."""

    credential = Credential.STOREFRONT_USER

    def open(self, context: EditorContext) -> EditorPage:
        workflow_type = context.parameters.workflow_type
        family = KNOWN.get(workflow_type, f"workflow type {workflow_type!r}")
        raise EditorUnavailable(
            f"{context.product_name} is set up for {family}; the shop has no adapter for it",
            message=_(
                "We cannot open the editor of this product yet. Please have a look at our other products."
            ),
        )
