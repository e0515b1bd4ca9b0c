"""Drift between the rows of print files and the storage that keeps them."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from personalization.models import RenderProject
from personalization.services.rendering import restore_files

from .findings import Finding, Kind


def missing_files(since: datetime) -> Iterator[Finding]:
    """Ready projects with a file that the storage does not have, or with no file at all."""
    ready = RenderProject.objects.filter(status=RenderProject.Status.READY, created_at__gte=since)
    for project in ready.prefetch_related("files").iterator(chunk_size=200):
        files = list(project.files.all())
        lost = [kept.name for kept in files if not kept.file.storage.exists(kept.file.name)]
        if lost or not files:
            yield Finding(
                Kind.MISSING_FILE,
                project.line_id,
                _detail(lost),
                partial(restore_files, project),
            )


def _detail(lost: list[str]) -> str:
    if not lost:
        return _("It is ready without any file.")
    return _("The storage does not have %(names)s.") % {"names": ", ".join(lost)}
