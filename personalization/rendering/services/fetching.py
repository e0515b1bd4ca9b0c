"""The files that the Hub rendered, brought into private storage one by one."""

import logging
import re
import tempfile
import uuid
from pathlib import PurePath
from typing import IO

from django.core.files import File
from django.db import transaction

from personalization.hub import OutputFile, ProcessingResults, get_hub
from personalization.models import PrintFile, RenderProject

from .checking import PrintFileUnfit, check_opens, check_pages, check_size
from .states import Status, locked, move
from .stored_files import stored_as

logger = logging.getLogger(__name__)

# By the file's own extension: the Hub's names of formats and content types vary.
CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tiff": "image/tiff",
    ".tif": "image/tiff",
    ".bmp": "image/bmp",
    ".zip": "application/zip",
}
EXTENSIONS = {"pdf": ".pdf", "png": ".png", "jpeg": ".jpg", "jpg": ".jpg", "tiff": ".tif", "bmp": ".bmp"}
MAXIMUM_NAME = 120
UNREADABLE = re.compile(r"[^\w.-]+")


def fetch(project: RenderProject, lease: uuid.UUID | None, results: ProcessingResults) -> None:
    """Download what is still missing, then the project is ready; or failed, if a file is not what was
    ordered. What was fetched stays fetched if it is cut off.

    Raises HubError (HubContractError for a file that cannot be opened) and LeaseLost.
    """
    try:
        _fetch_missing(project, lease, results)
        check_pages(project)
    except PrintFileUnfit as unfit:
        logger.error("A print file of %s did not pass its checks: %s", project.line_id, unfit.message)
        move(project.pk, Status.FAILED, lease=lease, reason=unfit.message)
    else:
        move(project.pk, Status.READY, lease=lease)


def _fetch_missing(project: RenderProject, lease: uuid.UUID | None, results: ProcessingResults) -> None:
    known = set(project.files.values_list("artifact_id", flat=True))
    for number, output in enumerate(results.files, start=1):
        key = artifact_key(output)
        if key in known:
            continue
        fetch_file(project, lease, output, number)
        known.add(key)


def fetch_file(
    project: RenderProject,
    lease: uuid.UUID | None,
    output: OutputFile,
    number: int,
    *,
    replaces: PrintFile | None = None,
) -> None:
    """Download one file, check it, and keep it; in the place of a row whose content is lost, if given.

    Raises HubError, PrintFileUnfit and LeaseLost.
    """
    name = file_name(project, output, number)
    with tempfile.TemporaryFile() as temporary:
        with get_hub().open_artifact(output) as stream:
            for chunk in stream.iter_bytes():
                temporary.write(chunk)
            content_type = stream.content_type
        size = temporary.tell()
        check_opens(temporary, name, size=size)
        pages = check_size(temporary, name, project)
        temporary.seek(0)
        print_file = replaces or PrintFile(project=project, artifact_id=artifact_key(output))
        print_file.name = name
        print_file.content_type = CONTENT_TYPES.get(PurePath(name).suffix, content_type)
        print_file.size = size
        print_file.pages = pages
        _keep(print_file, lease, temporary)


def _keep(print_file: PrintFile, lease: uuid.UUID | None, content: IO[bytes]) -> None:
    """Store the file, then the row that names it; storing may go over the network, so not in one
    transaction.
    """
    storage, name = print_file.file.storage, stored_as(print_file)
    stored = storage.save(name, File(content, name=name))
    try:
        with transaction.atomic():
            locked(print_file.project_id, lease=lease)
            print_file.file.name = stored
            print_file.save()
    except BaseException:
        storage.delete(stored)
        raise


def file_name(project: RenderProject, output: OutputFile, number: int) -> str:
    """What the download is called: the order line, the Hub's name for it, the format's extension."""
    given = PurePath(output.name.replace("\\", "/")).name
    suffix = PurePath(given).suffix.lower()
    if suffix not in CONTENT_TYPES:
        suffix = EXTENSIONS.get(output.format.lower().lstrip("."), ".bin")
        stem = given
    else:
        stem = PurePath(given).stem
    readable = UNREADABLE.sub("_", stem[:MAXIMUM_NAME]).strip("._-") or f"file-{number}"
    return f"{project.line_id}-{readable}{suffix}"


def artifact_key(output: OutputFile) -> str:
    """Under which a file is known: the artifact's id; a file without one by its address."""
    return output.artifact_id[:64] or uuid.uuid5(uuid.NAMESPACE_URL, output.url).hex
