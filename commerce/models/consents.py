"""What shoppers agree to before something is printed: to warnings of the editor, and to the proof."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .orders import OrderItem


class Consent(models.Model):
    """What the shopper of an order item agreed to. Append-only: triggers of the database refuse UPDATE and
    DELETE.

    `text` is the sentence that was ticked, `warnings` are those that were shown with it. The design is named
    and described without a foreign key, so that nothing that happens to it changes what is written here:
    `state_ids` are its private designs in the Hub, `pictures` the digests (SHA-256) of the shop's copies of
    its previews, as far as there were any by then.
    """

    class Kind(models.TextChoices):
        WARNINGS = "warnings", _("Ordered despite warnings")
        PROOF = "proof", _("Proof approved")

    order_item = models.ForeignKey(
        OrderItem, on_delete=models.PROTECT, related_name="consents", verbose_name=_("order item")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    text = models.TextField(_("what was agreed to"))
    warnings = models.JSONField(_("warnings shown"), default=list)
    design_id = models.UUIDField(_("design"))
    version = models.CharField(_("version of the design"), max_length=64)
    state_ids = models.JSONField(_("private design ids"), default=list)
    pictures = models.JSONField(_("digests of the previews"), default=list)
    actor = models.CharField(_("who"), max_length=64)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(fields=["order_item", "kind"], name="one_consent_per_kind_and_item"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.order_item_id}"
