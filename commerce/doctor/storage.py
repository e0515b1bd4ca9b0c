"""Drift between the rows of print files and the storage that keeps them."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

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
                f"The storage does not have {', '.join(lost)}." if lost else "It is ready without any file.",
                partial(restore_files, project),
            )
