"""What the nightly check of the mapping has found: where the shop and the Hub no longer agree."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import SkuField


class Finding(models.TextChoices):
    """In which way a product and the Hub do not fit together; the first five are in the shopper's way."""

    NOT_CONNECTED = "not_connected", _("Not connected in the Hub")
    NO_EDITOR = "no_editor", _("The editor does not open")
    NOT_IN_HUB = "not_in_hub", _("SKU not in the Hub")
    UNAVAILABLE = "unavailable", _("Unavailable in the Hub")
    NO_FILES = "no_files", _("Makes no print files")
    PRICE_DIFFERS = "price_differs", _("Price differs")
    NAME_DIFFERS = "name_differs", _("Name differs")
    NOT_NOTIFIED = "not_notified", _("The shop is not notified")


IN_THE_WAY = (
    Finding.NOT_CONNECTED,
    Finding.NO_EDITOR,
    Finding.NOT_IN_HUB,
    Finding.UNAVAILABLE,
    Finding.NO_FILES,
)


class MappingCheck(models.Model):
    """When a product page was last compared with the Hub. A night without the Hub leaves it as it was."""

    page = models.OneToOneField(
        "catalog.ProductGroupPage", on_delete=models.CASCADE, related_name="mapping_check"
    )
    reference = models.CharField(_("product reference"), max_length=200)
    checked_at = models.DateTimeField(_("checked"), default=timezone.now)

    class Meta:
        verbose_name = _("check of a mapping")
        verbose_name_plural = _("checks of mappings")

    def __str__(self) -> str:
        return self.reference


class MappingIssue(models.Model):
    """One thing that a check found; `sku` is empty when it concerns the whole product."""

    check_run = models.ForeignKey(MappingCheck, on_delete=models.CASCADE, related_name="issues")
    kind = models.CharField(_("what is the matter"), max_length=20, choices=Finding.choices)
    sku = SkuField(blank=True)
    detail = models.CharField(_("details"), max_length=300, blank=True)
    first_seen_at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("difference from the Hub")
        verbose_name_plural = _("differences from the Hub")
        ordering = ["check_run__page__title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["check_run", "kind", "sku"], name="mapping_issue_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sku or self.check_run.reference}: {self.get_kind_display()}"
