"""Projects that take too long: staff hear of each once; it goes on being looked at, ever more rarely."""

import logging

from django.utils import timezone

from personalization.models import RenderProject

from .pauses import deadline
from .states import FINISHED

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 200


def flag_overdue() -> None:
    """Flag every open project that the shop has waited for longer than the deadline, once each."""
    now = timezone.now()
    unflagged = RenderProject.objects.exclude(status__in=FINISHED).filter(overdue_at=None)
    late = unflagged.filter(opened_at__lte=now - deadline()).order_by("opened_at")
    for project in late.only("pk", "line_id", "status", "reason")[:MOST_AT_ONCE]:
        # Conditional: it may have been finished, or flagged by another sweep.
        if unflagged.filter(pk=project.pk).update(overdue_at=now):
            logger.error(
                "The print files of %s take too long: it is still %s. %s",
                project.line_id,
                project.status,
                project.reason or "The Hub gives no reason.",
            )
