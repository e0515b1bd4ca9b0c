"""The pages that lead to products."""

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from catalog.selectors.listings import listing
from home.forms.picture_panels import GALLERY_PIXELS, PicturePanel

from .branch import CatalogBranchPage
from .products import ProductGroupPage

INTRODUCTION_FEATURES = ["bold", "italic", "link"]


class ListingPage(CatalogBranchPage):
    """A page that lists the categories right below it, and every product below it."""

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        shown = listing(
            self,
            request.GET,
            products=ProductGroupPage.objects.live().descendant_of(self),
            categories=CategoryPage.objects.live().child_of(self),
        )
        return {**super().get_context(request, *args, **kwargs), "listing": shown}


class CatalogPage(ListingPage):
    """The root of the catalog; lists its categories."""

    template = "pages/catalog/catalog_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["catalog.CategoryPage", "catalog.ProductGroupPage"]
    max_count_per_parent = 1
    page_description = _("The entrance to the shop: all categories, each with its picture.")

    introduction = RichTextField(_("introduction"), blank=True, features=INTRODUCTION_FEATURES)

    content_panels = [
        *ListingPage.content_panels,
        FieldPanel("introduction"),
        HelpPanel(
            heading=_("Categories"),
            content=_(
                "<p>Every published category below this page is listed on it by itself. "
                "To change their order, use “Sort menu order” in the page explorer.</p>"
            ),
        ),
    ]

    search_fields = [*ListingPage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("catalog")
        verbose_name_plural = _("catalogs")

    @property
    def card_summary(self) -> str:
        return self.search_description or strip_tags(self.introduction)


class CategoryPage(ListingPage):
    """A category of product groups; categories can be nested."""

    template = "pages/catalog/category_page.html"
    parent_page_types = ["catalog.CatalogPage", "catalog.CategoryPage"]
    subpage_types = ["catalog.CategoryPage", "catalog.ProductGroupPage"]
    page_description = _("Lists products and the categories below it.")
    card_image_field = "picture"

    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=INTRODUCTION_FEATURES,
        help_text=_("One or two sentences below the title; also shown on the category's card."),
    )
    picture = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown at the top of the category and on its card."),
    )

    content_panels = [
        *ListingPage.content_panels,
        FieldPanel("introduction"),
        PicturePanel("picture", least=GALLERY_PIXELS),
        HelpPanel(
            heading=_("Products"),
            content=_(
                "<p>Published products below this page, and in the categories below it, are listed by "
                "themselves. Shoppers choose whether they see the newest, the cheapest or A to Z first.</p>"
            ),
        ),
    ]

    search_fields = [*ListingPage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    @property
    def card_summary(self) -> str:
        return self.search_description or strip_tags(self.introduction)
