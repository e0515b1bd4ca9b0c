"""The catalog: pages that describe what is sold, and the variants that are sold."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from home.models import BasePage


def new_reference() -> str:
    """A random product reference, readable enough to be typed into the Hub."""
    return "pg-" + get_random_string(10, "abcdefghjkmnpqrstuvwxyz23456789")


class CatalogPage(BasePage):
    """The root of the catalog; lists its categories."""

    template = "pages/catalog_page.html"


class CategoryPage(BasePage):
    """A category of product groups; categories can be nested."""

    template = "pages/category_page.html"


class ProductGroupPage(BasePage):
    """What the Hub calls a product; its variants are what is sold."""

    template = "pages/product_group_page.html"
    # A copied page is another product: it must not take over the SKUs or the reference of the first.
    exclude_fields_in_copy = ["variants", "reference"]

    reference = models.SlugField(_("product reference"), max_length=100, unique=True, default=new_reference)
    summary = models.CharField(_("summary"), max_length=250, blank=True)


class PriceBreak(Orderable):
    """A discount that applies to every variant of a group from a quantity on."""

    page = ParentalKey(ProductGroupPage, on_delete=models.CASCADE, related_name="price_breaks")
    minimum_quantity = models.PositiveIntegerField(_("from quantity"), validators=[MinValueValidator(2)])
    discount_percent = models.DecimalField(
        _("discount in percent"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(Decimal("90"))],
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "minimum_quantity"], name="one_price_break_per_quantity"),
        ]


class ProductVariant(Orderable):
    """One sellable thing: a SKU with its price."""

    page = ParentalKey(ProductGroupPage, on_delete=models.CASCADE, related_name="variants")
    sku = models.CharField(_("SKU"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=120)
    price = models.DecimalField(
        _("price"), max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal("0"))]
    )
    weight_grams = models.PositiveIntegerField(_("weight in grams"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    image = models.ForeignKey(
        "home.SiteImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(price__gte=0), name="variant_price_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.sku} · {self.title}"
