"""Short-lived links to print files. They come from the shop and name neither the Hub nor the storage."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.core import signing
from django.urls import reverse

from personalization.models import PrintFile

LINK_SECONDS = 15 * 60
SALT = "commerce.print-file"


@dataclass(frozen=True)
class FileLink:
    """The order and the print file that a link is bound to."""

    order_id: int
    file_id: int


def link_to(print_file: PrintFile, *, order_id: int) -> str:
    """A path that opens this file of this order for a quarter of an hour."""
    token = signing.TimestampSigner(salt=SALT).sign(f"{order_id}.{print_file.pk}")
    return reverse("order_download", args=[token])


def read_link(token: str, *, max_age: int | None = LINK_SECONDS) -> FileLink:
    """What a link is bound to. Raises SignatureExpired after its time, BadSignature when it is not ours."""
    order_id, file_id = signing.TimestampSigner(salt=SALT).unsign(token, max_age=max_age).split(".")
    return FileLink(order_id=int(order_id), file_id=int(file_id))


def file_name(print_file: PrintFile) -> str:
    """A name that tells order, line and SKU, such as 7K3M9XQ2-1-OW-BC-MATT.pdf; later files are numbered."""
    item = print_file.project.order_item
    files = list(print_file.project.files.values_list("pk", flat=True))
    number = files.index(print_file.pk) + 1
    suffix = f"-{number}" if number > 1 else ""
    return f"{item.order.code}-{item.position}-{item.sku}{suffix}{PurePath(print_file.name).suffix}"


def etag_of(print_file: PrintFile) -> str:
    """Names the content: it is stored once under a random name, and never changed under it."""
    return hashlib.sha256(f"{print_file.file.name}|{print_file.size}".encode()).hexdigest()[:32]
