"""Drift between the rows of print files and the storage that keeps them."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _

from personalization.models import PrintFile, RenderProject
from personalization.rendering.services import restore_files
from personalization.rendering.services.stored_files import is_stored

from .findings import Finding, Kind, NotMended

FILE = PrintFile._meta.get_field("file")
# A file is stored a moment before its row is written; by then nobody is at it any more.
SETTLED = timedelta(days=2)


def missing_files(since: datetime) -> Iterator[Finding]:
    """Ready projects with a file that the storage does not have, or with no file at all."""
    ready = RenderProject.objects.filter(status=RenderProject.Status.READY, created_at__gte=since)
    for project in ready.prefetch_related("files").iterator(chunk_size=200):
        files = list(project.files.all())
        lost = [kept.name for kept in files if not is_stored(kept)]
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


def stray_files(since: datetime) -> Iterator[Finding]:
    """Stored print files that no row names, because a worker was killed between storing one and writing it
    down.
    """
    settled_before = timezone.now() - SETTLED
    for folder in _folders(since):
        named = set(PrintFile.objects.filter(file__startswith=folder).values_list("file", flat=True))
        for name in _stored_in(folder):
            if name not in named and FILE.storage.get_modified_time(name) < settled_before:
                detail = _("No print file of any order has this content.")
                yield Finding(Kind.STRAY_FILE, name, detail, partial(_remove, name))


def _folders(since: datetime) -> list[str]:
    """Where print files have been stored since: a folder for each month."""
    days = range((timezone.now() - since).days + 2)
    return sorted({(since + timedelta(days=day)).strftime(FILE.upload_to) for day in days})


def _stored_in(folder: str) -> list[str]:
    with suppress(FileNotFoundError):
        return [f"{folder}{name}" for name in FILE.storage.listdir(folder)[1]]
    return []


def _remove(name: str) -> None:
    if PrintFile.objects.filter(file=name).exists():
        raise NotMended(_("The file has just been given to an order. Look again."))
    FILE.storage.delete(name)
