"""What rows of an audit have in common."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StatusEvent(models.Model):
    """One move from a status to the next. Append-only: triggers of the database refuse UPDATE and DELETE.

    The actor is "user:<id>", "shopper" or "system:<part>": no foreign key, because a user who is deleted
    must not change what is written here.
    """

    actor = models.CharField(_("who"), max_length=64)
    from_status = models.CharField(_("from"), max_length=16)
    to_status = models.CharField(_("to"), max_length=16)
    reason = models.TextField(_("why"), blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.from_status} to {self.to_status} by {self.actor}"
