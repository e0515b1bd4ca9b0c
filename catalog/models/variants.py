"""What is sold: variants with their prices, and discounts by quantity."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from catalog.comparisons import OptionsPanel
from catalog.fields import OptionsField
from core.fields import SkuField
from core.money import decimal_places, is_exact
from core.plain_text import PlainTextMixin
from home.forms.picture_panels import GALLERY_PIXELS, PicturePanel

if TYPE_CHECKING:
    from .stock import Stock


def sku_words(sku: str) -> str:
    """A SKU as somebody may type it: whole, its parts, and neighbouring parts together.

    "OW-BC-MATT" gives "OW OW-BC OW-BC-MATT BC BC-MATT MATT": databases differ in how they split at hyphens.
    """
    parts = sku.split("-")
    slices = ["-".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1)]
    return " ".join(dict.fromkeys(slices))


class ProductVariant(PlainTextMixin, Orderable):
    """One sellable thing: a SKU with its price for one piece, in the shop's currency."""

    page = ParentalKey("catalog.ProductGroupPage", on_delete=models.CASCADE, related_name="variants")
    sku = SkuField(
        unique=True,
        help_text=_(
            "Your article number. No two variants of the shop share one. It is also the SKU in the Hub."
        ),
    )
    title = models.CharField(
        _("title"), max_length=120, help_text=_("What the shopper chooses, like “Matt, 50 cards”.")
    )
    price = models.DecimalField(
        _("price"), max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal("0"))]
    )
    options = OptionsField(
        _("options"),
        help_text=_(
            "One a line, like “Paper: Matt”. Give every variant the same names in the same order, and the "
            "shop groups them by the first one. Leave empty to let shoppers choose by title."
        ),
    )
    pack_size = models.PositiveIntegerField(
        _("pieces in a pack"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_(
            "How many pieces the price is for. With more than one, the quantity counts packs, and the shop, "
            "orders and e-mails say so."
        ),
    )
    weight_grams = models.PositiveIntegerField(_("weight in grams"), null=True, blank=True)
    is_active = models.BooleanField(
        _("on sale"),
        default=True,
        help_text=_("Untick instead of deleting: the variant stays visible as unavailable."),
    )
    image = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Shown while this variant is chosen, and in the cart. Without it, the product's picture."
        ),
    )

    panels = [
        FieldRowPanel([FieldPanel("sku", required_on_save=True), FieldPanel("price")]),
        FieldRowPanel([FieldPanel("title"), FieldPanel("pack_size")]),
        OptionsPanel("options"),
        FieldRowPanel([FieldPanel("weight_grams"), FieldPanel("is_active")]),
        PicturePanel("image", least=GALLERY_PIXELS),
    ]

    # What is left of it; None while it is sold without limit. Set by `load_stock`.
    stock: "Stock | None" = None

    class Meta(Orderable.Meta):
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        constraints = [
            models.CheckConstraint(condition=models.Q(price__gte=0), name="variant_price_not_negative"),
            models.CheckConstraint(condition=models.Q(pack_size__gte=1), name="variant_pack_size_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.sku} · {self.title}"

    def clean(self) -> None:
        super().clean()
        if self.price is not None and not is_exact(self.price, settings.SHOP_CURRENCY):
            about = {"currency": settings.SHOP_CURRENCY, "places": decimal_places(settings.SHOP_CURRENCY)}
            raise ValidationError({"price": _t("Prices in %(currency)s have %(places)s decimals.") % about})

    @property
    def sku_words(self) -> str:
        return sku_words(self.sku)

    @property
    def is_sold_out(self) -> bool:
        return self.stock is not None and self.stock.is_sold_out

    @property
    def is_available(self) -> bool:
        """Whether it can be put into a cart now; needs `load_stock`."""
        return self.is_active and not self.is_sold_out

    @property
    def few_left(self) -> int | None:
        """How many are left when they are few; None otherwise."""
        return self.stock.quantity if self.stock and self.stock.is_low else None

    @property
    def picture(self):
        """The picture that shows this variant best; None when neither it nor its page has one."""
        return self.image or self.page.picture


class PriceBreak(Orderable):
    """A discount that applies to every variant of a group from a quantity on."""

    page = ParentalKey("catalog.ProductGroupPage", on_delete=models.CASCADE, related_name="price_breaks")
    minimum_quantity = models.PositiveIntegerField(_("from quantity"), validators=[MinValueValidator(2)])
    discount_percent = models.DecimalField(
        _("discount in percent"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(Decimal("90"))],
    )

    panels = [FieldRowPanel([FieldPanel("minimum_quantity"), FieldPanel("discount_percent")])]

    class Meta(Orderable.Meta):
        verbose_name = _("price break")
        verbose_name_plural = _("price breaks")

    def __str__(self) -> str:
        return f"{self.minimum_quantity}+: -{self.discount_percent} %"
