"""The pages that lead to products."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from home.models import BasePage


class CatalogPage(BasePage):
    """The root of the catalog; lists its categories."""

    template = "pages/catalog_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["catalog.CategoryPage", "catalog.ProductGroupPage"]
    max_count_per_parent = 1

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    class Meta:
        verbose_name = _("catalog")
        verbose_name_plural = _("catalogs")


class CategoryPage(BasePage):
    """A category of product groups; categories can be nested."""

    template = "pages/category_page.html"
    parent_page_types = ["catalog.CatalogPage", "catalog.CategoryPage"]
    subpage_types = ["catalog.CategoryPage", "catalog.ProductGroupPage"]

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])
    picture = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown at the top of the category and on its card."),
    )

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
