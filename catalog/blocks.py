"""Blocks of the catalog's own."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class CustomersCanvasBlock(blocks.StructBlock):
    """Makes a product group personalizable: how Customer's Canvas Hub knows it."""

    product_reference = blocks.CharBlock(
        label=_("Product reference"),
        required=False,
        max_length=200,
        help_text=_(
            "Leave empty to use this page's own reference, shown above. Fill it in only when the product is "
            "already connected in the Hub under another reference."
        ),
    )
    pipeline_id = blocks.IntegerBlock(
        label=_("Processing pipeline"),
        required=False,
        min_value=1,
        help_text=_("Number of the pipeline that renders the print files. Empty: the Hub's choice."),
    )
    note = blocks.CharBlock(
        label=_("Note for shoppers"),
        required=False,
        max_length=200,
        help_text=_("Shown below the Personalize button, like “Takes about three minutes”."),
    )

    class Meta:
        label = _("Customer's Canvas Hub")
        icon = "edit"
        group = _("Personalization")
        label_format = _("Customer's Canvas Hub {product_reference}")
        is_previewable = False
