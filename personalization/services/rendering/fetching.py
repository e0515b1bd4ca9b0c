"""The files that the Hub rendered, brought into private storage one by one."""

import logging
import re
import tempfile
import uuid
from pathlib import PurePath
from typing import IO

import pikepdf
from django.core.files import File
from django.db import transaction
from PIL import Image

from personalization.hub import HubContractError, OutputFile, ProcessingResults, get_hub
from personalization.models import PrintFile, RenderProject

from .leases import renew
from .states import LeaseLost, Status, move

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
PICTURE_EXTENSIONS = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"})
MAXIMUM_NAME = 120
UNREADABLE = re.compile(r"[^\w.-]+")


def fetch(project: RenderProject, lease: uuid.UUID, results: ProcessingResults) -> RenderProject:
    """Download what is still missing, then the project is ready. What was fetched stays fetched if it is
    cut off.

    Raises HubError (HubContractError for a file that cannot be opened) and LeaseLost.
    """
    known = set(project.files.values_list("artifact_id", flat=True))
    for number, output in enumerate(results.files, start=1):
        key = _key(output)
        if key in known:
            continue
        renew(project.pk, lease)
        _fetch_file(project, lease, output, key, number)
        known.add(key)
    return move(project.pk, Status.READY, lease=lease)


def _fetch_file(project: RenderProject, lease: uuid.UUID, output: OutputFile, key: str, number: int) -> None:
    name = file_name(project, output, number)
    with tempfile.TemporaryFile() as temporary:
        with get_hub().open_artifact(output) as stream:
            for chunk in stream.iter_bytes():
                temporary.write(chunk)
            content_type = stream.content_type
        size = temporary.tell()
        check_opens(temporary, name, size=size)
        temporary.seek(0)
        _keep(
            PrintFile(
                project=project,
                artifact_id=key,
                name=name,
                content_type=CONTENT_TYPES.get(PurePath(name).suffix, content_type),
                size=size,
            ),
            lease,
            File(temporary, name=f"{uuid.uuid4().hex}{PurePath(name).suffix}"),
        )


def _keep(print_file: PrintFile, lease: uuid.UUID, content: File) -> None:
    """Store the file, then the row that names it; storing may go over the network, so not in one
    transaction.
    """
    field = print_file.file.field
    storage = print_file.file.storage
    stored = storage.save(field.generate_filename(print_file, content.name), content)
    try:
        with transaction.atomic():
            held = RenderProject.objects.select_for_update().filter(pk=print_file.project_id, lease=lease)
            if not held.exists():
                raise LeaseLost(print_file.project.line_id)
            print_file.file.name = stored
            print_file.save()
    except BaseException:
        storage.delete(stored)
        raise


def check_opens(content: IO[bytes], name: str, *, size: int) -> None:
    """That a file is what its name says: a PDF opens and has pages, a picture is whole. Raises
    HubContractError.
    """
    if size == 0:
        raise HubContractError(f"{name} is empty")
    content.seek(0)
    suffix = PurePath(name).suffix
    try:
        if suffix == ".pdf":
            with pikepdf.open(content) as pdf:
                pages = len(pdf.pages)
            if not pages:
                raise HubContractError(f"{name} has no pages")
        elif suffix in PICTURE_EXTENSIONS:
            with Image.open(content) as picture:
                picture.verify()
    except (pikepdf.PdfError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise HubContractError(f"{name} cannot be opened") from None


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


def _key(output: OutputFile) -> str:
    """Under which a file is known: the artifact's id; a file without one by its address."""
    return output.artifact_id[:64] or uuid.uuid5(uuid.NAMESPACE_URL, output.url).hex
