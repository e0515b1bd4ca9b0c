"""What shoppers make, and what is left of it in the Hub."""

import hashlib
import json
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import SkuField
from core.outbox.models import OutboxRow

from .users import StorefrontUser


class Design(models.Model):
    """What a shopper made: the editor's output, checked, with the ids under which the Hub keeps it.

    `made_as` is the visitor under whose id it was made, when it came along at a login; the Hub keeps it
    there until that visitor's merge is done. Empty: it was made as its owner. Of a design that is for print
    only, it is whoever made the design that it is a copy of: in the Hub the copy is theirs, so its owner can
    order it but has no token with which an editor could open it.

    `kept_until` is until when the shop promises to keep it, beyond a cart or an order that it lies in.
    `retention` is the policy that the Hub was last told (when to tell it again is its `RetentionJob`);
    `gone_at` is when the Hub was found to have it no more. An untouched design is a copy opened for editing
    that the editor has not saved yet: the shopper has not made it, so no page shows it.

    `warnings` is what the editor warned of when it was saved: `text`, in words, and `kind`, which may be
    empty. `lowest_dpi` is the resolution of its worst picture, where the editor says it.
    `pictures` are the shop's own copies of all previews, in their order: `name` in the storage of `preview`,
    which is the first of them, and `sha256`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        StorefrontUser, on_delete=models.PROTECT, related_name="designs", verbose_name=_("owner")
    )
    made_as = models.ForeignKey(
        StorefrontUser,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("made as"),
    )
    sku = SkuField()
    product_reference = models.CharField(_("product reference"), max_length=100)
    title = models.CharField(_("title"), max_length=255)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    state_ids = models.JSONField(_("private design ids"), default=list)
    hub_product_id = models.BigIntegerField(_("Hub product"), null=True, blank=True)
    hub_product_version_id = models.BigIntegerField(_("Hub product version"), null=True, blank=True)
    hub_product_link_id = models.BigIntegerField(_("Hub product link"), null=True, blank=True)
    hub_variant_id = models.BigIntegerField(_("Hub variant"), null=True, blank=True)
    hidden = models.JSONField(_("hidden data"), default=dict, blank=True)
    preview_urls = models.JSONField(_("preview addresses"), default=list, blank=True)
    preview = models.FileField(_("preview"), upload_to="previews/", blank=True)
    pictures = models.JSONField(_("copies of the previews"), default=list, blank=True, editable=False)
    warnings = models.JSONField(_("warnings of the editor"), default=list, blank=True)
    lowest_dpi = models.PositiveIntegerField(_("lowest resolution in dpi"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    name = models.CharField(_("the shopper’s name for it"), max_length=120, blank=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    kept_until = models.DateTimeField(_("kept until"), null=True, blank=True, db_index=True, editable=False)
    copy_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="copies",
        editable=False,
        verbose_name=_("copy of"),
    )
    is_untouched = models.BooleanField(_("untouched copy"), default=False, editable=False)
    is_print_only = models.BooleanField(_("for print only"), default=False, editable=False)
    retention = models.CharField(_("retention told to the Hub"), max_length=40, blank=True, editable=False)
    gone_at = models.DateTimeField(_("found gone in the Hub"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("design")
        verbose_name_plural = _("designs")
        constraints = [
            models.UniqueConstraint(
                fields=["copy_of"],
                condition=models.Q(is_untouched=True),
                name="one_untouched_copy_of_a_design",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.display_name} ({self.sku})"

    @property
    def display_name(self) -> str:
        """The shopper's own name for it, else the product's title."""
        return self.name or self.title

    @property
    def preview_url(self) -> str:
        """The shop's own copy of the preview, else the Hub's, else an empty string."""
        if self.preview:
            return self.preview.url
        return self.preview_urls[0] if self.preview_urls else ""

    @property
    def picture_urls(self) -> list[str]:
        """All previews, each the shop's own copy if there is one, else the Hub's."""
        copies = [self.preview.storage.url(picture["name"]) for picture in self.pictures]
        if self.preview and not copies:
            copies = [self.preview.url]
        return copies + self.preview_urls[len(copies) :]

    @property
    def version(self) -> str:
        """Names what there is to see and to know of it: another design, SKU, picture or warning is another
        version. Consents are given to a version.
        """
        seen = [str(self.pk), self.sku, self.state_ids, self.preview_urls, self.warnings, self.lowest_dpi]
        # PostgreSQL gives the keys of JSON back in an order of its own.
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:32]


class RetentionJob(OutboxRow):
    """The Hub is to be told to keep a design, now or again later; none when nothing is to be told."""

    design = models.OneToOneField(
        Design, primary_key=True, on_delete=models.CASCADE, related_name="retention_job"
    )

    class Meta(OutboxRow.Meta):
        verbose_name = _("retention of a design")
        verbose_name_plural = _("retentions of designs")

    def __str__(self) -> str:
        return f"{self.design_id}"


class PreviewJob(OutboxRow):
    """A design's previews are to be copied into the shop's media; goes when they are."""

    design = models.OneToOneField(
        Design, primary_key=True, on_delete=models.CASCADE, related_name="preview_job"
    )

    class Meta(OutboxRow.Meta):
        verbose_name = _("preview to be copied")
        verbose_name_plural = _("previews to be copied")

    def __str__(self) -> str:
        return f"{self.design_id}"


class RemoteCleanUp(OutboxRow):
    """Private designs in the Hub that the shop has no design for any more, or not yet.

    The row goes when the Hub has followed. Copies that are being made are here too, until their design is, so
    that a crash leaves nothing behind.
    """

    class Ending(models.TextChoices):
        DELETE = "delete", _("Delete")
        LET_GO = "let_go", _("Let go")

    owner = models.ForeignKey(
        StorefrontUser, on_delete=models.PROTECT, related_name="remote_clean_ups", verbose_name=_("owner")
    )
    made_as = models.ForeignKey(
        StorefrontUser,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("made as"),
    )
    state_ids = models.JSONField(_("private design ids"), default=list)
    ending = models.CharField(_("ending"), max_length=16, choices=Ending)

    class Meta(OutboxRow.Meta):
        verbose_name = _("remote clean-up")
        verbose_name_plural = _("remote clean-ups")

    def __str__(self) -> str:
        return f"{self.get_ending_display()} {', '.join(self.state_ids)}"
