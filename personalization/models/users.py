"""Shoppers as the Hub knows them."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_hub_id() -> str:
    """An id for the Hub that tells nothing about the shopper and cannot be guessed (128 bits)."""
    return f"sf-{secrets.token_hex(16)}"


class StorefrontUser(models.Model):
    """A shopper as the Hub knows one: one row per visitor, another per account."""

    hub_id = models.CharField(
        _("Hub user id"), max_length=64, unique=True, default=new_hub_id, editable=False
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="storefront_user",
        verbose_name=_("account"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    registered_at = models.DateTimeField(_("registered in the Hub"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("storefront user")
        verbose_name_plural = _("storefront users")

    def __str__(self) -> str:
        return self.hub_id


class StorefrontUserMerge(models.Model):
    """A visitor who has logged in: in the shop they are the account already, in the Hub they will be.

    The row is the truth, the queue only a wake-up call, as with render projects. Until it is done, the Hub
    keeps what the visitor made under their own id.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Pending")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused by the Hub")

    visitor = models.OneToOneField(
        StorefrontUser, on_delete=models.CASCADE, related_name="merge", verbose_name=_("visitor")
    )
    account_user = models.ForeignKey(
        StorefrontUser,
        on_delete=models.CASCADE,
        related_name="merges",
        verbose_name=_("the account's storefront user"),
    )
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.PENDING)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True, db_index=True)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("storefront user merge")
        verbose_name_plural = _("storefront user merges")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(visitor=models.F("account_user")), name="storefront_user_merge_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visitor_id} into {self.account_user_id}"
