"""What the doctor has found."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DoctorReport(models.Model):
    """What an examination by the doctor found, and what of it is left."""

    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), db_index=True)
    findings = models.JSONField(_("findings"), default=list)
    remaining = models.PositiveIntegerField(_("left to mend"))
    hub_trouble = models.TextField(_("why the Hub could not be compared"), blank=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        verbose_name = _("doctor’s report")
        verbose_name_plural = _("doctor’s reports")

    def __str__(self) -> str:
        return f"{self.remaining} left at {self.finished_at:%Y-%m-%d %H:%M}"

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left to mend and everything could be looked at."""
        return not self.remaining and not self.hub_trouble

    def as_dict(self) -> dict:
        """For programs that read the report."""
        return {
            "started_at": self.started_at.isoformat(),
            "finished_at": self.finished_at.isoformat(),
            "clean": self.is_clean,
            "remaining": self.remaining,
            "hub_trouble": self.hub_trouble,
            "findings": self.findings,
        }
