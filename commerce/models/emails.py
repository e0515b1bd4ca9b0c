"""E-mails that the shop owes to somebody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.outbox.models import OutboxRow

from .orders import Order


class OutgoingEmail(OutboxRow):
    """One e-mail, sent by the worker. Its `kind` says who writes it, see `services.messages.WRITERS`.

    Of an order there is at most one per kind and event. `event` is empty for what happens to an order once,
    else the id of what it is about. It goes to the order's address or to the order desk, and stays as long as
    the order. An e-mail without an order goes to `recipient`, may have `context` for its writer (JSON), and
    is forgotten once it is sent or given up: the address may be anybody's.
    """

    class Kind(models.TextChoices):
        CONFIRMATION = "confirmation", _("Order received")
        READY = "ready", _("Files ready")
        CANCELLED = "cancelled", _("Order cancelled")
        PROBLEM = "problem", _("A file takes longer")
        JOINED = "joined", _("Orders in an account now")
        DESK_PROBLEM = "desk_problem", _("A file failed (to the order desk)")

    order = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.CASCADE, related_name="emails", verbose_name=_("order")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    event = models.CharField(_("event"), max_length=20, blank=True, editable=False)
    recipient = models.EmailField(_("recipient"), blank=True, editable=False)
    context = models.JSONField(_("context"), default=dict, blank=True, editable=False)
    resent = models.PositiveSmallIntegerField(_("sent again by staff"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta(OutboxRow.Meta):
        verbose_name = _("outgoing e-mail")
        verbose_name_plural = _("outgoing e-mails")
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind", "event"], name="one_email_per_order_kind_and_event"
            ),
            models.CheckConstraint(
                condition=models.Q(order__isnull=False) | ~models.Q(recipient=""),
                name="email_goes_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.order_id}"
