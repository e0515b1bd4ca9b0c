"""The editor of a product group: what stands on which tab, and what the shop tells its editors there."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultipleChooserPanel, Panel
from wagtail.admin.panels.base import get_form_for_model

from catalog.selectors.stock import load_stock
from home.forms.picture_panels import GALLERY_PIXELS, PicturePanel

from .forms.products import ProductVariantForm
from .forms.rows import PictureFormSet, PriceBreakFormSet, VariantFormSet


class ReferencePanel(FieldPanel):
    """The product reference, once there is one: each look at the form of a new page would show another."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self):
            return self.instance.pk is not None and super().is_shown()


class MappingPanel(Panel):
    """Compares the product with the Hub when the editor asks for it; opening the page asks nothing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "admin/mapping/check_panel.html"

        def is_shown(self):
            return self.instance.pk is not None and not self.instance.alias_of_id

        class Media:
            js = ["js/admin/hub-check.js"]


class StockPanel(Panel):
    """What is left of the variants as they were saved last; it is counted elsewhere, outside of revisions."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "admin/stock/panel.html"

        def is_shown(self):
            return self.instance.pk is not None and not self.instance.alias_of_id

        def get_context_data(self, parent_context=None):
            variants = list(self.instance.variants.all())
            load_stock(variants)
            user = self.request.user
            return super().get_context_data(parent_context) | {
                "variants": variants,
                "form_url": f"{reverse('wagtailadmin_pages:edit', args=[self.instance.pk])}#tab-variants",
                "may_see": user.has_perm("catalog.view_stock"),
                "may_count": user.has_perm("catalog.change_stock"),
                "may_add": user.has_perm("catalog.add_stock"),
            }


class VariantsPanel(InlinePanel):
    """The variants, whose rows leave the question whether a SKU is free to the page's form."""

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name] |= {
            "formset": VariantFormSet,
            "form": get_form_for_model(
                self.db_field.related_model,
                form_class=ProductVariantForm,
                defer_required_on_fields=self.child_edit_handler.get_form_options()[
                    "defer_required_on_fields"
                ],
            ),
        }
        return options


class PriceBreaksPanel(InlinePanel):
    """The discounts by quantity."""

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = PriceBreakFormSet
        return options


class GalleryPanel(MultipleChooserPanel):
    """The pictures of a product's gallery."""

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = PictureFormSet
        return options


product_content_panels = [
    FieldPanel("summary"),
    PicturePanel("picture", least=GALLERY_PIXELS),
    GalleryPanel(
        "gallery",
        chooser_field_name="image",
        label=_("picture"),
        heading=_("More pictures"),
        help_text=_("Details, sizes, the product in use. Each description is read to blind shoppers."),
    ),
    FieldPanel("body"),
]

variants_help = HelpPanel(
    heading=_("How variants work"),
    content=_(
        "<p>A variant is what somebody puts into the cart: it has a SKU and a price. Shoppers choose "
        "among the variants in the order you give them here; the first one on sale is preselected.</p>"
        "<p>To stop selling a variant, untick <strong>On sale</strong>. Deleting one is safe too: orders "
        "keep their own copy of what was bought.</p>"
    ),
)

personalization_help = HelpPanel(
    heading=_("How to make this product personalizable"),
    content=_(
        "<p><strong>1.</strong> Add the block <strong>Customer's Canvas Hub</strong> below, press "
        "<strong>Choose from the Hub</strong> and pick the product that shoppers personalize.</p>"
        "<p><strong>2.</strong> Give the variants of this page the SKUs that the variants have in the Hub. "
        "Save, then <strong>Check now</strong> tells which are still missing.</p>"
        "<p><strong>3.</strong> Publish. Shoppers now see <strong>Personalize</strong> in place of Add to "
        "cart.</p>"
    ),
)

product_extra_tabs = (
    (
        [
            variants_help,
            VariantsPanel("variants", heading=_("Variants"), label=_("variant")),
            StockPanel(heading=_("Stock")),
            PriceBreaksPanel(
                "price_breaks",
                heading=_("Discounts by quantity"),
                label=_("discount"),
                help_text=_(
                    "For every variant of this product. The highest quantity that is reached counts: with "
                    "10 % from 5 pieces and 20 % from 25, somebody who orders 30 pays 20 % less for each."
                ),
            ),
        ],
        _("Variants"),
    ),
    (
        [
            personalization_help,
            ReferencePanel("reference", read_only=True),
            FieldPanel("personalization"),
            MappingPanel(heading=_("Check the mapping")),
        ],
        _("Personalization"),
    ),
)
