"""Shoppers as the Hub knows them."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.outbox.models import OutboxRow


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
    # Of a visitor; who comes with an account is never forgotten.
    last_seen_on = models.DateField(_("last seen"), default=timezone.localdate, editable=False)
    registered_at = models.DateTimeField(_("registered in the Hub"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("storefront user")
        verbose_name_plural = _("storefront users")

    def __str__(self) -> str:
        return self.hub_id


class AccountMerge(OutboxRow):
    """A visitor who has logged in: in the shop they are the account already, in the Hub they will be.

    Until it is done, the Hub keeps what the visitor made under their own id; given up: for good.
    """

    visitor = models.OneToOneField(
        StorefrontUser, on_delete=models.CASCADE, related_name="merge", verbose_name=_("visitor")
    )
    account_user = models.ForeignKey(
        StorefrontUser,
        on_delete=models.CASCADE,
        related_name="merges",
        verbose_name=_("the account's storefront user"),
    )

    class Meta(OutboxRow.Meta):
        verbose_name = _("account merge")
        verbose_name_plural = _("account merges")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(visitor=models.F("account_user")), name="account_merge_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visitor_id} into {self.account_user_id}"
