"""Orders. An order item is a snapshot: it is never read again from the catalog."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from core.audit.models import StatusEvent
from core.fields import NormalAddressField, SkuField

# Without 0/O, 1/I/L and U: the code is read aloud on the phone.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

# By the status of the render project. A failure is the shop's to solve, so it does not alarm the shopper.
_PROGRESS = {
    "waiting": _("Your design is being prepared for print."),
    "creating": _("Your design is being prepared for print."),
    "rendering": _("Your print file is being made."),
    "fetching": _("Your print file is being made."),
    "ready": _("Your print file is ready."),
    "cancelled": _("Cancelled. It will not be printed."),
    "failed": _("We are looking at this one ourselves. You need not do anything; we will write to you."),
}


def new_order_code() -> str:
    """A short public order code; the order's secret protects it, not the code."""
    return get_random_string(8, CODE_ALPHABET)


def new_order_secret() -> str:
    """192 random bits that open an order to its guest."""
    return secrets.token_urlsafe(24)


class Order(models.Model):
    """An order of a guest or an account; `checkout_key` makes a checkout sent twice one order."""

    class Status(models.TextChoices):
        ON_HOLD = "on_hold", _("On hold")
        PROCESSING = "processing", _("Processing")
        COMPLETED = "completed", _("Completed")
        CANCELLED = "cancelled", _("Cancelled")

    code = models.CharField(_("code"), max_length=16, unique=True, default=new_order_code, editable=False)
    secret = models.CharField(_("secret"), max_length=64, default=new_order_secret, editable=False)
    owner = models.ForeignKey(
        "personalization.StorefrontUser", on_delete=models.PROTECT, related_name="orders"
    )
    checkout_key = models.UUIDField(_("checkout key"), unique=True, editable=False)
    email = models.EmailField(_("email"))
    email_normal = NormalAddressField(_("email in its normal form"), source="email")
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.PROCESSING)
    currency = models.CharField(_("currency"), max_length=3)
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2)
    created_at = models.DateTimeField(_("placed"), auto_now_add=True)
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        permissions = [("see_webhook_secret", _("Can see the secret of the Hub's call-backs"))]
        indexes = [
            models.Index(fields=["-created_at"], name="order_newest_first"),
            models.Index(
                fields=["held_until"], condition=models.Q(status="on_hold"), name="order_held_until"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(total__gte=0), name="order_total_not_negative"),
            models.CheckConstraint(
                condition=models.Q(status="completed", completed_at__isnull=False)
                | (~models.Q(status="completed") & models.Q(completed_at__isnull=True)),
                name="order_completed_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(status="on_hold", held_until__isnull=False)
                | (~models.Q(status="on_hold") & models.Q(held_until__isnull=True)),
                name="order_on_hold_has_its_end",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The order's page; whoever knows this address can see the order."""
        return reverse("order", args=[self.code, self.secret])

    @property
    def full_url(self) -> str:
        """The order's page with the shop's host, for e-mails."""
        return settings.SHOP_BASE_URL + self.get_absolute_url()

    @property
    def desk_url(self) -> str:
        """The order on the order desk, with the shop's host, for staff."""
        return settings.SHOP_BASE_URL + reverse("order_desk:inspect", args=[self.pk])


class OrderEvent(StatusEvent):
    """A move of an order."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="events")

    class Meta(StatusEvent.Meta):
        verbose_name = _("event of an order")
        verbose_name_plural = _("events of orders")


class OrderNote(models.Model):
    """What staff wrote about an order, or did to it without moving it. The shopper never sees it."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="notes")
    actor = models.CharField(_("who"), max_length=64)
    text = models.TextField(_("note"), max_length=2000)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("order note")
        verbose_name_plural = _("order notes")

    def __str__(self) -> str:
        return f"{self.order_id} at {self.at:%Y-%m-%d %H:%M}"


class OrderItem(models.Model):
    """A snapshot of what was ordered, at the price of that moment, in the order's currency."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField(_("position"))
    sku = SkuField()
    title = models.CharField(_("title"), max_length=255)
    variant_title = models.CharField(_("variant"), max_length=120)
    pack_size = models.PositiveIntegerField(_("pieces in a pack"), default=1)
    unit_price = models.DecimalField(_("unit price"), max_digits=9, decimal_places=2)
    quantity = models.PositiveIntegerField(_("quantity"))
    line_total = models.DecimalField(_("line total"), max_digits=12, decimal_places=2)
    from_stock = models.BooleanField(_("taken from stock"), default=False, editable=False)
    image = models.ForeignKey(
        "home.SiteImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    design = models.ForeignKey(
        "personalization.Design", null=True, blank=True, on_delete=models.PROTECT, related_name="order_items"
    )
    render_project = models.OneToOneField(
        "personalization.RenderProject",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="order_item",
    )

    class Meta:
        ordering = ["position"]
        verbose_name = _("order item")
        verbose_name_plural = _("order items")
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="one_order_item_per_position"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="order_item_quantity_positive"),
            models.CheckConstraint(
                condition=models.Q(design__isnull=False) | models.Q(render_project__isnull=True),
                name="render_project_needs_design",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}-{self.position}"

    @property
    def preview_url(self) -> str:
        """The shop's own copy of the design's preview; empty for plain items and until it is copied."""
        return self.design.preview.url if self.design and self.design.preview else ""

    @property
    def print_files(self) -> list:
        """What the shopper can download: the files of a finished project."""
        project = self.render_project
        return list(project.files.all()) if project and project.status == project.Status.READY else []

    @property
    def progress(self) -> str:
        """How far the print file is, in the shopper's words; empty for an item that needs none, and for one
        that has not been begun because its order was held or cancelled.
        """
        if self.design_id is None:
            return ""
        if self.render_project is None:
            return _PROGRESS["waiting"] if self.order.status == Order.Status.PROCESSING else ""
        return _PROGRESS[self.render_project.status]


class Reorder(models.Model):
    """An order that was put into a cart once more; `key` makes a button pressed twice do it once.

    `outcome` is what the shopper was told: pairs of a level and a sentence.
    """

    key = models.UUIDField(_("key"), unique=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="reorders")
    outcome = models.JSONField(_("outcome"), default=list)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("reorder")
        verbose_name_plural = _("reorders")

    def __str__(self) -> str:
        return f"{self.order_id} again"
