"""Blocks of the catalog's own."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.forms import TextInput
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from personalization.editors import Place
from personalization.editors.families.workflow_elements import EDITORS as ELEMENTS

from .widgets import HubPipelineInput, HubProductInput

# The values of RenderProject.Making, which is not imported here: pages do not depend on how files are made.
PRODUCT, PIPELINE, HIRES = "product", "pipeline", "hires"
LARGEST_MM = Decimal(5000)


class HubReferenceBlock(blocks.CharBlock):
    """A product reference, typed or picked from the Hub's products. Its value is plain text."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.field.widget = HubProductInput(attrs={"maxlength": self.field.max_length})


class HubPipelineBlock(blocks.IntegerBlock):
    """The number of a pipeline, typed or picked from the Hub's list."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.field.widget = HubPipelineInput(attrs={"min": self.field.min_value})


class HubNameBlock(blocks.CharBlock):
    """What a picked thing is called in the Hub; filled in by the picking, for people to recognise it."""

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
            "Choose the Hub's product that shoppers personalize, or type its reference. Leave all three "
            "empty to use this page's own reference, shown above, once it is connected in the Hub."
        ),
    )
    product_name = HubNameBlock(
        label=_("Name in the Hub"),
        required=False,
        max_length=200,
        help_text=_("Filled in when you choose from the Hub, so that you recognise the product here."),
    )
    hub_product_id = blocks.IntegerBlock(
        label=_("Number in the Hub"),
        required=False,
        min_value=1,
        help_text=_(
            "Filled in when you choose a product that is not connected to this shop: its editor then opens "
            "by this number, and nothing has to be connected."
        ),
    )
    making = blocks.ChoiceBlock(
        label=_("How print files are made"),
        choices=[
            (PRODUCT, _("By the pipeline of the product in the Hub")),
            (PIPELINE, _("By another pipeline of the Hub, named below")),
            (HIRES, _("By the Hub's built-in rendering: PDF, CMYK, 300 dpi")),
        ],
        default=PRODUCT,
        help_text=_(
            "The built-in rendering needs no pipeline, but prints one design only and does not call the shop "
            "back, so files arrive up to half a minute later."
        ),
    )
    pipeline_id = HubPipelineBlock(
        label=_("Processing pipeline"),
        required=False,
        min_value=1,
        help_text=_("Choose another pipeline, or type its number as the Hub shows it."),
    )
    pipeline_name = HubNameBlock(
        label=_("Name of the pipeline"),
        required=False,
        max_length=200,
        help_text=_("Filled in when you choose from the Hub."),
    )
    print_width_mm = blocks.DecimalBlock(
        label=_("Print width in mm"),
        required=False,
        min_value=Decimal(1),
        max_value=LARGEST_MM,
        max_digits=7,
        decimal_places=2,
        help_text=_(
            "Of the trimmed page, without bleed. With width and height given, a file of another size (more "
            "than 1 mm off) never reaches the shopper: the order desk is told instead."
        ),
    )
    print_height_mm = blocks.DecimalBlock(
        label=_("Print height in mm"),
        required=False,
        min_value=Decimal(1),
        max_value=LARGEST_MM,
        max_digits=7,
        decimal_places=2,
    )
    print_pages = blocks.IntegerBlock(
        label=_("Pages of a design"),
        required=False,
        min_value=1,
        max_value=2000,
        help_text=_(
            "In all files of a design together, like 2 for front and back. Leave empty if it depends on the "
            "design, or if the pipeline also makes files that are not for print."
        ),
    )
    editor = blocks.ChoiceBlock(
        label=_("Editor"),
        required=False,
        choices=[("", _("The one that the Hub names")), *((name, name) for name in ELEMENTS)],
        help_text=_(
            "For a workflow in the Hub that holds several editors. Check the mapping below after saving: an "
            "editor that the workflow does not hold does not open."
        ),
    )
    editor_place = blocks.ChoiceBlock(
        label=_("Where the editor opens"),
        required=False,
        choices=[
            ("", _("Where it suits the editor")),
            (Place.FULL, _("On a page of its own, as large as the window")),
            (Place.IN_PAGE, _("Within a page of the shop, between header and footer")),
        ],
        help_text=_("Only the editors that can be chosen above open within a page of the shop."),
    )
    button_label = blocks.CharBlock(
        label=_("Words on the button"),
        required=False,
        max_length=40,
        help_text=_("Leave empty for “Personalize”."),
    )
    introduction = blocks.TextBlock(
        label=_("Introduction"),
        required=False,
        max_length=300,
        rows=2,
        help_text=_("Shown above the editor, like “Start with the front. You can add a photo later.”"),
    )
    note = blocks.CharBlock(
        label=_("Note for shoppers"),
        required=False,
        max_length=200,
        help_text=_("Shown below the button, like “Takes about three minutes”."),
    )
    asks_for_approval = blocks.BooleanBlock(
        label=_("Ask shoppers to approve the proof before ordering"),
        required=False,
        help_text=_(
            "A step between cart and checkout shows all pictures of the design large. What the shopper "
            "agreed to, and when, stays with the order."
        ),
    )
    approval_text = blocks.TextBlock(
        label=_("What shoppers agree to"),
        required=False,
        max_length=500,
        rows=2,
        help_text=_(
            "The sentence beside the tick box of the proof. Leave empty for: “I have checked the pictures, "
            "the spelling and the layout. Print it like this.”"
        ),
    )

    def clean(self, value):
        """A pipeline is named when it is chosen, and only then; width and height go together.

        A draft is saved without these rules.
        """
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        errors = {}
        if value["product_reference"] and value["hub_product_id"]:
            errors["hub_product_id"] = ValidationError(
                _("Remove the number, or the product reference above.")
            )
        if value["making"] == PIPELINE and not value["pipeline_id"]:
            errors["pipeline_id"] = ValidationError(_("Enter the number of the pipeline."))
        if value["making"] != PIPELINE and value["pipeline_id"]:
            errors["pipeline_id"] = ValidationError(
                _("Remove the number, or choose “By another pipeline of the Hub” above.")
            )
        for name, other in (("print_width_mm", "print_height_mm"), ("print_height_mm", "print_width_mm")):
            if value[name] is None and value[other] is not None:
                errors[name] = ValidationError(_("Enter the width and the height, or neither."))
        if errors:
            raise StructBlockValidationError(errors)
        return value

    class Meta:
        label = _("Customer's Canvas Hub")
        icon = "edit"
        form_layout = blocks.BlockGroup(
            children=[
                "product_reference",
                "product_name",
                "hub_product_id",
                blocks.BlockGroup(
                    ["button_label", "introduction", "note"],
                    heading=_("Words for shoppers"),
                    icon="pilcrow",
                    label_format="",
                ),
                blocks.BlockGroup(
                    ["asks_for_approval", "approval_text"],
                    heading=_("Approval of the proof"),
                    icon="check",
                    classname="collapsed",
                    label_format="",
                ),
                blocks.BlockGroup(
                    [
                        "making",
                        "pipeline_id",
                        "pipeline_name",
                        "print_width_mm",
                        "print_height_mm",
                        "print_pages",
                    ],
                    heading=_("Print files"),
                    icon="doc-full",
                    classname="collapsed",
                    label_format="{pipeline_name}",
                ),
                blocks.BlockGroup(
                    ["editor", "editor_place"],
                    heading=_("Advanced: which editor opens"),
                    icon="cog",
                    classname="collapsed",
                    label_format="",
                ),
            ]
        )
        group = _("Personalization")
        label_format = _("Customer's Canvas Hub {product_name}")
        is_previewable = False
