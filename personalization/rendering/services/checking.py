"""What a print file must be like before anybody is offered it."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import PurePath
from typing import IO, Any, BinaryIO, cast

import pikepdf
from django.utils.translation import gettext as _
from PIL import Image

from personalization.hub import HubContractError
from personalization.models import RenderProject

PICTURE_EXTENSIONS = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"})
MM_PER_POINT = Decimal("25.4") / 72
TOLERANCE_MM = Decimal(1)
# Bleed and marks around the trimmed page, on both sides together, where the file has no trim box.
MOST_SURROUNDINGS_MM = Decimal(40)

Size = tuple[Decimal, Decimal]


class PrintFileUnfit(Exception):
    """A whole file that is not what was ordered; to fetch it again would not help. `message` is for staff."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


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
            with _open_pdf(content) as pdf:
                pages = len(pdf.pages)
            if not pages:
                raise HubContractError(f"{name} has no pages")
        elif suffix in PICTURE_EXTENSIONS:
            with Image.open(content) as picture:
                picture.verify()
    except (pikepdf.PdfError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise HubContractError(f"{name} cannot be opened") from None


def check_size(content: IO[bytes], name: str, project: RenderProject) -> int | None:
    """Compare every page of a PDF with the size that the product should have; its number of pages.

    Either way round is fine. Pictures are one page, whose size in millimetres nobody knows; other files have
    none. Raises PrintFileUnfit.
    """
    suffix = PurePath(name).suffix
    if suffix != ".pdf":
        return 1 if suffix in PICTURE_EXTENSIONS else None
    content.seek(0)
    with _open_pdf(content) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            _check_page(page, number, name, project)
        return len(pdf.pages)


def check_pages(project: RenderProject) -> None:
    """Compare the pages of all files together with those that the product's designs should have.

    Not checked when nobody has said how many there should be, or one of the files cannot tell. Raises
    PrintFileUnfit.
    """
    counts = [count for count in project.files.values_list("pages", flat=True) if count is not None]
    if project.expected_pages is None or len(counts) < project.files.count():
        return
    expected = project.expected_pages * len(project.design.state_ids)
    if sum(counts) != expected:
        raise PrintFileUnfit(
            _("The files have %(pages)s pages together; there should be %(expected)s.")
            % {"pages": sum(counts), "expected": expected}
        )


def _open_pdf(content: IO[bytes]) -> pikepdf.Pdf:
    # It reads any file of bytes; its types say less.
    return pikepdf.open(cast(BinaryIO, content))


def _check_page(page: pikepdf.Page, number: int, name: str, project: RenderProject) -> None:
    width, height = project.expected_width_mm, project.expected_height_mm
    if width is None or height is None:
        return
    wanted = width, height
    is_trimmed = "/TrimBox" in page.obj
    found = _size_mm(page, page.trimbox if is_trimmed else page.mediabox)
    fits = _fits if is_trimmed else _fits_with_surroundings
    if any(fits(found, way_round) for way_round in (wanted, (height, width))):
        return
    raise PrintFileUnfit(
        _("Page %(page)s of %(name)s is %(found)s mm; it should be %(wanted)s mm.")
        % {"page": number, "name": name, "found": _words(found), "wanted": _words(wanted)}
    )


def _fits(found: Size, wanted: Size) -> bool:
    return all(abs(one - other) <= TOLERANCE_MM for one, other in zip(found, wanted, strict=True))


def _fits_with_surroundings(found: Size, wanted: Size) -> bool:
    """Bleed and marks add the same to the width and to the height."""
    more = [one - other for one, other in zip(found, wanted, strict=True)]
    return (
        all(-TOLERANCE_MM <= extra <= MOST_SURROUNDINGS_MM for extra in more)
        and abs(more[0] - more[1]) <= 2 * TOLERANCE_MM
    )


def _size_mm(page: pikepdf.Page, box: Iterable[Any]) -> Size:
    left, bottom, right, top = (Decimal(str(number)) for number in box)
    unit = Decimal(str(page.obj.get("/UserUnit", 1))) * MM_PER_POINT
    width, height = abs(right - left) * unit, abs(top - bottom) * unit
    return (height, width) if int(page.rotation) % 180 else (width, height)


def _words(size: Size) -> str:
    return " × ".join(f"{number.quantize(Decimal('0.1'))}" for number in size)
