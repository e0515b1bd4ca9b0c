"""Blocks of the catalog's own."""

from django.forms import TextInput
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .widgets import HubReferenceInput


class HubReferenceBlock(blocks.CharBlock):
    """A product reference, typed or picked from the Hub's products. Its value is plain text."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.field.widget = HubReferenceInput(attrs={"maxlength": self.field.max_length})


class HubNameBlock(blocks.CharBlock):
    """What a picked product is called in the Hub; filled in by the picking, for people to recognise it."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.field.widget = TextInput(attrs={"readonly": True, "maxlength": self.field.max_length})


class CustomersCanvasBlock(blocks.StructBlock):
    """Makes a product group personalizable: how Customer's Canvas Hub knows it."""

    product_reference = HubReferenceBlock(
        label=_("Product reference"),
        required=False,
        max_length=200,
        help_text=_(
            "Leave empty to use this page's own reference, shown above. Choose or type another one only when "
            "the product is already connected in the Hub under that."
        ),
    )
    product_name = HubNameBlock(
        label=_("Name in the Hub"),
        required=False,
        max_length=200,
        help_text=_("Filled in when you choose from the Hub, so that you recognise the product here."),
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
        label_format = _("Customer's Canvas Hub {product_name}")
        is_previewable = False
