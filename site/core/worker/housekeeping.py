"""What would otherwise grow for ever in the tables of Django and of the queue."""

from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_q.models import Task


def clear_sessions() -> None:
    """Remove expired sessions."""
    call_command("clearsessions")


def clear_failed_tasks() -> int:
    """Remove what failed more than FAILED_TASKS_KEPT_DAYS ago; how many. The queue itself keeps only a number
    of the last successes, but every failure with its traceback.
    """
    before = timezone.now() - timedelta(days=settings.FAILED_TASKS_KEPT_DAYS)
    removed: int = Task.objects.filter(success=False, stopped__lt=before).delete()[0]
    return removed
