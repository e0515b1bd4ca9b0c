"""What shoppers are about to order."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import SkuField


class Cart(models.Model):
    """What a visitor is about to order; one per storefront user."""

    owner = models.OneToOneField(
        "personalization.StorefrontUser", on_delete=models.CASCADE, related_name="cart"
    )
    checkout_key = models.UUIDField(_("checkout key"), default=uuid.uuid4, unique=True, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")

    def __str__(self) -> str:
        return f"Cart {self.pk}"


class CartItem(models.Model):
    """A SKU and a quantity, with a design when it is personalized. Prices come from the catalog, always.

    The titles are what the catalog called it when it was put here, for a product that is no longer there.

    `approved_…` is the shopper's word on the proof, kept until it is ordered. It counts for the version of
    the design that it names, and for no other: a design that is edited has to be approved anew.
    """

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="items")
    sku = SkuField()
    title = models.CharField(_("title"), max_length=255, blank=True)
    variant_title = models.CharField(_("variant"), max_length=120, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    design = models.OneToOneField(
        "personalization.Design", null=True, blank=True, on_delete=models.PROTECT, related_name="cart_item"
    )
    approved_version = models.CharField(_("approved version of the design"), max_length=64, blank=True)
    approved_text = models.TextField(_("what was agreed to"), blank=True)
    approved_by = models.CharField(_("approved by"), max_length=64, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("cart item")
        verbose_name_plural = _("cart items")
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="cart_item_quantity_positive"),
            models.UniqueConstraint(
                fields=["cart", "sku"],
                condition=models.Q(design__isnull=True),
                name="one_plain_cart_item_per_sku",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.sku}"
