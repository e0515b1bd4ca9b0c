"""Projects in the Hub, their files, and the call-backs about them."""

from django.core.files.storage import storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit.models import StatusEvent
from core.fields import SkuField
from core.outbox.models import LeasedRow, OutboxRow

from .designs import Design


def private_storage():
    """The storage of print files; a callable, so that migrations do not freeze a location."""
    return storages["private"]


class RenderProject(models.Model):
    """Our durable row for one Hub project: one per personalized order item.

    `reason` is for staff: why it failed, or what holds it up. When it is worked at is its `RenderJob`.

    `creation_sent_at` is set while a request to create the Hub's project has an outcome that nobody knows,
    `missed_at` when the project was looked for since and not found. `surplus_hub_projects` are further
    projects that the Hub has for the same line. `opened_at` is when the shop began to wait for files,
    `overdue_at` when that was found to take too long.

    The Hub also keeps a business status of the project for its own staff; `told_status` is the last one that
    we set. What is still to be told is its `StatusJob`.
    """

    class Making(models.TextChoices):
        """Which pipeline of the Hub makes the print files."""

        PRODUCT = "product", _("By the product’s own pipeline")
        PIPELINE = "pipeline", _("By a given pipeline")
        HIRES = "hires", _("By the Hub’s built-in rendering")

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        CREATING = "creating", _("Creating")
        RENDERING = "rendering", _("Rendering")
        FETCHING = "fetching", _("Fetching files")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    design = models.ForeignKey(
        Design, on_delete=models.PROTECT, related_name="render_projects", verbose_name=_("design")
    )
    order_id = models.CharField(_("order id"), max_length=64, db_index=True)
    order_url = models.URLField(_("order address"), max_length=500, blank=True)
    line_id = models.CharField(_("order line id"), max_length=64, unique=True)
    line_index = models.PositiveIntegerField(_("order line index"), default=0)
    title = models.CharField(_("title"), max_length=255)
    sku = SkuField()
    quantity = models.PositiveIntegerField(_("quantity"))
    making = models.CharField(_("how files are made"), max_length=16, choices=Making, default=Making.PRODUCT)
    pipeline_id = models.BigIntegerField(_("processing pipeline"), null=True, blank=True)
    fields = models.JSONField(_("fields for the pipeline"), default=dict, blank=True)
    expected_width_mm = models.DecimalField(
        _("expected width in mm"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    expected_height_mm = models.DecimalField(
        _("expected height in mm"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    expected_pages = models.PositiveIntegerField(_("expected pages of a design"), null=True, blank=True)

    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.WAITING)
    hub_project_id = models.BigIntegerField(_("Hub project"), null=True, blank=True, unique=True)
    abandoned_hub_projects = models.JSONField(_("abandoned Hub projects"), default=list, blank=True)
    surplus_hub_projects = models.JSONField(_("surplus Hub projects"), default=list, blank=True)
    hub_processing_status = models.CharField(_("processing status in the Hub"), max_length=40, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    waits_for_configuration = models.BooleanField(_("waits for the configuration"), default=False)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now, editable=False)
    overdue_at = models.DateTimeField(_("found overdue"), null=True, blank=True, editable=False)
    creation_sent_at = models.DateTimeField(_("creation sent"), null=True, blank=True, editable=False)
    missed_at = models.DateTimeField(_("looked for in vain"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted to the Hub"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    told_status = models.CharField(_("status told to the Hub"), max_length=16, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("render project")
        verbose_name_plural = _("render projects")
        indexes = [
            models.Index(
                fields=["opened_at"],
                condition=models.Q(status__in=["waiting", "creating", "rendering", "fetching"]),
                name="render_project_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hub_project_id__isnull=False)
                | ~models.Q(status__in=["rendering", "fetching"]),
                name="render_project_has_hub_project",
            ),
            models.CheckConstraint(
                condition=~models.Q(making="pipeline") | models.Q(pipeline_id__isnull=False),
                name="render_project_names_its_pipeline",
            ),
        ]

    def __str__(self) -> str:
        return self.line_id

    @property
    def number_in_hub(self) -> int:
        """`hub_project_id` where there has to be one, as while it is rendered. Raises LookupError."""
        if self.hub_project_id is None:
            raise LookupError(f"{self.line_id} has no project in the Hub")
        return self.hub_project_id


class RenderJob(OutboxRow):
    """The next step of a render project: there is one as long as the shop waits for its files."""

    project = models.OneToOneField(
        RenderProject, primary_key=True, on_delete=models.CASCADE, related_name="job"
    )

    class Meta(OutboxRow.Meta):
        verbose_name = _("render job")
        verbose_name_plural = _("render jobs")

    def __str__(self) -> str:
        return f"{self.project_id}"


class StatusJob(OutboxRow):
    """The Hub is to be told how a render project stands; goes when it has been."""

    project = models.OneToOneField(
        RenderProject, primary_key=True, on_delete=models.CASCADE, related_name="status_job"
    )

    class Meta(OutboxRow.Meta):
        verbose_name = _("status for the Hub")
        verbose_name_plural = _("statuses for the Hub")

    def __str__(self) -> str:
        return f"{self.project_id}"


class ProjectEvent(StatusEvent):
    """A move of a render project."""

    project = models.ForeignKey(RenderProject, on_delete=models.PROTECT, related_name="events")

    class Meta(StatusEvent.Meta):
        verbose_name = _("event of a render project")
        verbose_name_plural = _("events of render projects")


class PrintFile(models.Model):
    """An artifact of a finished project, kept in private storage."""

    project = models.ForeignKey(RenderProject, on_delete=models.CASCADE, related_name="files")
    artifact_id = models.CharField(_("artifact id"), max_length=64)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("content type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)
    file = models.FileField(
        _("file"), storage=private_storage, upload_to="print-files/%Y/%m/", max_length=300
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("print file")
        verbose_name_plural = _("print files")
        constraints = [
            models.UniqueConstraint(fields=["project", "artifact_id"], name="one_print_file_per_artifact"),
        ]

    def __str__(self) -> str:
        return self.name


class HubEvent(models.Model):
    """A call-back of a pipeline: a hint, stored before anything else is done with it."""

    project_id = models.BigIntegerField(_("Hub project"), null=True)
    order_id = models.CharField(_("order id"), max_length=64, blank=True)
    received_at = models.DateTimeField(_("received"), auto_now_add=True, db_index=True)
    processed_at = models.DateTimeField(_("processed"), null=True, blank=True)
    repeats = models.PositiveIntegerField(_("repeats"), default=0, editable=False)

    class Meta:
        ordering = ["-received_at"]
        verbose_name = _("Hub event")
        verbose_name_plural = _("Hub events")

    def __str__(self) -> str:
        return f"{self.project_id} at {self.received_at:%Y-%m-%d %H:%M:%S}"


class ProjectSweep(LeasedRow):
    """How far the bulk look at the Hub's projects has come. One row; its lease keeps two sweeps apart."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    seen_until = models.DateTimeField(_("seen until"), null=True, blank=True)

    class Meta:
        verbose_name = _("project sweep")
        verbose_name_plural = _("project sweeps")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_project_sweep")]

    def __str__(self) -> str:
        return f"seen until {self.seen_until}"
