"""What the worker does for pages. Every task may be run twice."""

from django.conf import settings
from django.core.management import call_command


def publish_scheduled() -> None:
    """Every minute: pages that are due go live, those that have expired go."""
    call_command("publish_scheduled")


def purge_revisions() -> None:
    """Nightly: versions that nobody needs any more, see REVISIONS_KEPT_DAYS."""
    call_command("purge_revisions", days=settings.REVISIONS_KEPT_DAYS)
