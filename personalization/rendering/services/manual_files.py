"""Print files that staff bring along, in place of those that the Hub rendered or could not render."""

import uuid
from pathlib import PurePath

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from core.audit.actors import Actor
from personalization.hub import HubContractError
from personalization.models import PrintFile, RenderProject

from .checking import PrintFileUnfit, check_opens, check_pages, check_size
from .fetching import CONTENT_TYPES, MAXIMUM_NAME, UNREADABLE
from .repair import RepairNotPossible
from .states import Status, move
from .stored_files import delete_files, stored_as

MAXIMUM_BYTES = 500 * 1024 * 1024


def replace_file(
    project: RenderProject, *, upload: File[bytes], replaces: PrintFile | None, by: Actor, why: str
) -> PrintFile:
    """Keep an uploaded file as a print file of a failed or ready project, after the checks that rendered ones
    pass.

    Of a ready project it takes the place of `replaces`, or joins the others. A failed project becomes ready
    with this file alone. Raises RepairNotPossible, and then nothing has changed.
    """
    name = _name(upload, project)
    pages = _check(upload, name, project)
    print_file = PrintFile(
        project=project,
        artifact_id=f"manual-{uuid.uuid4().hex}",
        name=name,
        content_type=CONTENT_TYPES[PurePath(name).suffix],
        size=upload.size,
        pages=pages,
    )
    upload.seek(0)
    # Storing may go over the network, so it comes before the transaction.
    storage = print_file.file.storage
    stored = storage.save(stored_as(print_file), upload)
    print_file.file.name = stored
    try:
        _keep(print_file, replaces=replaces, by=by, why=why)
    except BaseException:
        storage.delete(stored)
        raise
    return print_file


def _name(upload: File[bytes], project: RenderProject) -> str:
    given = PurePath((upload.name or "").replace("\\", "/"))
    suffix = given.suffix.lower()
    if suffix not in CONTENT_TYPES:
        known = ", ".join(sorted(CONTENT_TYPES))
        raise RepairNotPossible(_("Upload a file of one of these kinds: %(kinds)s.") % {"kinds": known})
    if upload.size > MAXIMUM_BYTES:
        raise RepairNotPossible(_("The file is larger than 500 MB. Make it smaller first."))
    stem = UNREADABLE.sub("_", given.stem[:MAXIMUM_NAME]).strip("._-") or "file"
    return f"{project.line_id}-{stem}{suffix}"


def _check(upload: File[bytes], name: str, project: RenderProject) -> int | None:
    if upload.file is None:
        raise RepairNotPossible(_("Choose the file to upload."))
    try:
        check_opens(upload.file, name, size=upload.size)
        return check_size(upload.file, name, project)
    except HubContractError as fault:
        message = _("The file did not pass the check of print files: %(fault)s.") % {"fault": fault}
        raise RepairNotPossible(message) from None
    except PrintFileUnfit as unfit:
        raise RepairNotPossible(unfit.message) from None


@transaction.atomic
def _keep(print_file: PrintFile, *, replaces: PrintFile | None, by: Actor, why: str) -> None:
    project = RenderProject.objects.select_for_update().get(pk=print_file.project_id)
    if project.status not in (Status.READY, Status.FAILED):
        raise RepairNotPossible(_("The Hub is at work on this file. Wait until it is ready or has failed."))
    going = project.files.filter(pk=replaces.pk) if replaces else project.files.none()
    if project.status == Status.FAILED:
        going = project.files.all()
    delete_files(going)
    print_file.save()
    try:
        check_pages(project)
    except PrintFileUnfit as unfit:
        raise RepairNotPossible(unfit.message) from None
    if project.status == Status.FAILED:
        move(project.pk, Status.READY, lease=None, by=by, why=why)
