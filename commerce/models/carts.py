"""What shoppers are about to order."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    """A SKU and a quantity, with a design when it is personalized. Prices come from the catalog, always."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="items")
    sku = models.CharField(_("SKU"), max_length=64)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    design = models.OneToOneField(
        "personalization.Design", null=True, blank=True, on_delete=models.PROTECT, related_name="cart_item"
    )
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
