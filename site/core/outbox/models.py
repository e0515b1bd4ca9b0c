"""What rows of an outbox have in common."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LeasedRow(models.Model):
    """What one process at most works at: `leased_until` ahead, the one that has the `lease` is at it."""

    lease = models.UUIDField(_("lease"), null=True, blank=True, editable=False)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class OutboxRow(LeasedRow):
    """Something that must be done. The row is the truth, the queue only a wake-up call.

    Waiting and `due_at` past: due, unless it is leased.
    `attempts` are those that failed in a row for reasons that pass; `errors` those that ended in a defect of
    ours, or in the death of the worker. `reason` is for staff: what holds it up, or why it was given up.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        GIVEN_UP = "given_up", _("Given up")

    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.WAITING)
    due_at = models.DateTimeField(_("due"), default=timezone.now, db_index=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0, editable=False)
    errors = models.PositiveIntegerField(_("unexpected errors"), default=0, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["pk"]
