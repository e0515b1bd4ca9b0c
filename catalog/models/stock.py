"""How many pieces are left of what the shop does not print on demand.

Keyed by SKU and outside of the pages: neither a revision of a page nor a variant that is deleted and made
again changes what lies on the shelf. A SKU without a stock is sold without limit.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import SkuField

LOW_FROM = 5


class Stock(models.Model):
    """What is left of a SKU. `quantity` changes only together with a row of its ledger, see
    `catalog.services.stock`.
    """

    sku = SkuField(unique=True)
    quantity = models.PositiveIntegerField(_("pieces left"), default=0)
    low_from = models.PositiveIntegerField(
        _("low from"),
        default=LOW_FROM,
        help_text=_(
            "From this number down, shoppers read how many are left and you see it on your home page."
        ),
    )
    is_counted = models.BooleanField(
        _("sell only what is left"),
        default=True,
        help_text=_("Untick to sell without limit, as what is printed on demand is."),
    )

    class Meta:
        ordering = ["sku"]
        default_permissions = ("add", "change", "view")
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gte=0), name="stock_not_negative"),
        ]

    def __str__(self) -> str:
        return self.sku

    @property
    def is_sold_out(self) -> bool:
        return self.is_counted and self.quantity == 0

    @property
    def is_low(self) -> bool:
        """Whether something is left, but not much."""
        return self.is_counted and 0 < self.quantity <= self.low_from

    @property
    def state(self) -> str:
        """In words, for staff."""
        if not self.is_counted:
            return _("Not limited")
        if self.is_sold_out:
            return _("Sold out")
        return _("Low") if self.is_low else _("In stock")


class StockMovement(models.Model):
    """A change of a stock. The database refuses to change or delete it; the sum of all is what is left."""

    class Kind(models.TextChoices):
        ORDER = "order", _("Ordered")
        CANCELLATION = "cancellation", _("Order cancelled")
        RECOUNT = "recount", _("Counted by staff")
        CORRECTION = "correction", _("Put right by the doctor")

    stock = models.ForeignKey(Stock, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(_("what happened"), max_length=16, choices=Kind)
    change = models.IntegerField(_("change"))
    left = models.PositiveIntegerField(_("left afterwards"))
    order_code = models.CharField(_("order"), max_length=16, blank=True)
    actor = models.CharField(_("who"), max_length=64)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        indexes = [
            models.Index(
                fields=["order_code"], condition=~models.Q(order_code=""), name="stock_movement_of_order"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["stock", "order_code", "kind"],
                condition=models.Q(kind__in=["order", "cancellation"]),
                name="order_moves_a_stock_once_each_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stock_id}: {self.change:+d}"
