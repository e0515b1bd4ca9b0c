"""The list of products in the Wagtail admin."""

from django.db.models import BooleanField, Case, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.ui.tables.pages import (
    BulkActionsColumn,
    PageStatusColumn,
    PageTitleColumn,
    ParentPageColumn,
)
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets import HeaderButton

from core.templatetags.money import money

from ..models import ProductGroupPage, ProductVariant
from ..selectors.pictures import load_pictures
from ..views.access import EditorsMenuItem

CALCULATED = ("variant_count", "price_from", "is_personalized")
THUMBNAIL_RENDITION = "fill-80x80|format-webp"


class PictureColumn(Column):
    """A small picture of the product."""

    cell_template_name = "admin/product_picture_cell.html"


class PriceColumn(Column):
    """An amount in the shop's currency."""

    def get_value(self, instance):
        return money(super().get_value(instance))


class PersonalizedColumn(Column):
    """Says so when a product is personalized, and nothing otherwise."""

    def get_value(self, instance):
        return _("Yes") if super().get_value(instance) else ""


class ProductIndexView(IndexView):
    """Products with what a merchandiser looks for; the number of queries does not depend on theirs."""

    @property
    def header_buttons(self):
        label = _("Import from the Hub")
        return [*super().header_buttons, HeaderButton(label, url=reverse("hub_import"), icon_name="download")]

    def annotate_queryset(self, pages):
        variants = ProductVariant.objects.filter(page=OuterRef("pk")).order_by().values("page")
        pages = pages.with_price_from().annotate(
            variant_count=Coalesce(Subquery(variants.annotate(total=Count("pk")).values("total")), 0),
            is_personalized=Case(
                When(~Q(personalization=[]), then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
        )
        return super().annotate_queryset(pages)

    def get_valid_orderings(self):
        """Search results cannot be sorted by what is only calculated."""
        orderings = super().get_valid_orderings()
        if not self.is_searching:
            return orderings
        return [name for name in orderings if name.lstrip("-") not in CALCULATED]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        load_pictures(((page, "picture") for page in context["object_list"]), [THUMBNAIL_RENDITION])
        return context


class ProductListingViewSet(PageListingViewSet):
    """All products in one list, whatever their category."""

    model = ProductGroupPage
    index_view_class = ProductIndexView
    icon = "pick"
    menu_label = _("Products")
    menu_order = 150
    add_to_admin_menu = True
    menu_item_class = EditorsMenuItem
    name = "products"
    columns = [
        BulkActionsColumn("bulk_actions"),
        PictureColumn("picture", label="", width="56px"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        ParentPageColumn("parent", label=_("Category")),
        NumberColumn("variant_count", label=_("Variants"), sort_key="variant_count"),
        PriceColumn("price_from", label=_("From"), sort_key="price_from"),
        PersonalizedColumn("is_personalized", label=_("Personalized"), sort_key="is_personalized"),
        DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]
