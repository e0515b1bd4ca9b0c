"""What orders owe by e-mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .orders import Order


class OrderEmail(models.Model):
    """One e-mail that an order owes its shopper or the order desk; at most one per kind and event, sent by
    the worker. `event` is empty for what happens to an order once, else the id of the render project's
    event or, of `JOINED`, of the account.

    `sent_at` empty and `leased_until` empty or past: due. `leased_until` ahead: a worker is sending it, or a
    failed attempt waits for its next turn. `sent_at` set: done for good.
    """

    class Kind(models.TextChoices):
        CONFIRMATION = "confirmation", _("Order received")
        READY = "ready", _("Files ready")
        CANCELLED = "cancelled", _("Order cancelled")
        PROBLEM = "problem", _("A file takes longer")
        JOINED = "joined", _("Orders in an account now")
        DESK_PROBLEM = "desk_problem", _("A file failed (to the order desk)")

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="emails")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    event = models.CharField(_("event"), max_length=20, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    resent = models.PositiveSmallIntegerField(_("sent again by staff"), default=0)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("order e-mail")
        verbose_name_plural = _("order e-mails")
        indexes = [
            models.Index(
                fields=["leased_until"], condition=models.Q(sent_at__isnull=True), name="order_email_unsent"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind", "event"], name="one_email_per_order_kind_and_event"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.order_id}"


class OrderLinksRequest(models.Model):
    """Somebody asks for the links to their orders. Written for every address alike, answered by the worker,
    then deleted.
    """

    email = models.EmailField(_("email"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("request for order links")
        verbose_name_plural = _("requests for order links")

    def __str__(self) -> str:
        return f"{self.pk}"
